import { joinPath, relativePath, type AbsolutePath } from '#paths';
import { NodeProcesses, type Ended } from '#workspace';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { propertyLibraries, type BridgeFeature, type BridgeLayout } from './index.js';

/**
 * Makes one workspace of all lessons and both runtimes, and judges it with the tools of both languages: the lessons'
 * own tests call Rust through cgo. Everything happens in a temporary folder; rapid and proptest come from their
 * registries, or from what go and cargo keep of these.
 */

const room = import.meta.dirname;
const processes = new NodeProcesses();
const lessons = readdirSync(join(room, 'testdata'))
  .sort()
  .map((lesson) => ({ lesson, layout: readLayout(lesson) }));

const hosted = lessons.filter(({ lesson }) => isHosted(lesson));
const exporting = lessons.filter(({ lesson }) => isExporting(lesson));

let root = '' as AbsolutePath;

function readLayout(lesson: string): BridgeLayout {
  return JSON.parse(readFileSync(join(room, 'testdata', lesson, 'layout.json'), 'utf8')) as BridgeLayout;
}

function readFeatures(lesson: string): BridgeFeature[] {
  const path = join(room, 'testdata', lesson, 'features.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BridgeFeature[]) : [];
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** The lessons whose messages a lesson uses. */
function sharingWith({ sharing = {} }: BridgeLayout): BridgeLayout[] {
  return lessons.map(({ layout }) => layout).filter(({ name }) => name in sharing);
}

/** What a lesson with property tests requires of outside, as a line of go.mod. */
function goLibraries({ propertyTests }: BridgeLayout): string[] {
  const { module, version } = propertyLibraries.go;
  return propertyTests === true ? [`require ${module} ${version}`] : [];
}

function goMod({ go, ...layout }: BridgeLayout): string {
  const runtime = relativePath(go.folder, joinPath(go.folder, '../../grout/go'));
  const others = sharingWith({ go, ...layout });
  return [
    `module ${go.modulePath}`,
    'go 1.26',
    ...[go.runtimeModule, ...others.map((other) => other.go.modulePath)].map((path) => `require ${path} v0.0.0`),
    ...goLibraries({ go, ...layout }),
    `replace ${go.runtimeModule} => ${runtime}`,
    ...others.map((other) => `replace ${other.go.modulePath} => ${relativePath(go.folder, other.go.folder)}`),
    '',
  ].join('\n\n');
}

/** Whether Rust implements the lesson's service: its crate is linked into programs of Go. */
function isExporting(lesson: string): boolean {
  return existsSync(join(room, 'testdata', lesson, 'rust/src/generated/exports.rs'));
}

/** Whether Go implements the lesson's service: its crate links an archive of Go instead of being one. */
function isHosted(lesson: string): boolean {
  return existsSync(join(room, 'testdata', lesson, 'rust/build.rs'));
}

function cargoToml(lesson: string, { rust, ...layout }: BridgeLayout): string {
  const features = [
    ...(isHosted(lesson) ? ['default = ["archive"]\n', 'archive = []\n'] : []),
    ...readFeatures(lesson).flatMap(({ cargo }) => cargo.map((name) => `${name} = []\n`)),
  ];
  const path = relativePath(rust.folder, rust.runtimeFolder);
  const others = sharingWith({ rust, ...layout }).map(
    (other) => `${other.rust.packageName} = { path = "${relativePath(rust.folder, other.rust.folder)}" }\n`,
  );
  return `[package]
name = "${rust.packageName}"
version = "0.1.0"
edition = "2024"

[lib]
name = "${rust.libName}"
crate-type = [${isExporting(lesson) ? '"staticlib", "rlib"' : '"rlib"'}]

[dependencies]
grout = { package = "${rust.runtimePackage}", path = "${path}" }
${others.join('')}${features.length === 0 ? '' : `\n[features]\n${features.join('')}`}${
    layout.propertyTests === true ? `\n[dev-dependencies]\n${propertyLibraries.rust.dependency}\n` : ''
  }`;
}

/** The runtimes as a workspace gets them: only the first name of each manifest differs. */
function placeRuntimes({ go, rust }: BridgeLayout): void {
  for (const language of ['go', 'rust']) {
    cpSync(join(room, language, 'runtime'), join(root, 'libs/grout', language), { recursive: true });
  }
  const module = readFileSync(join(root, 'libs/grout/go/go.mod'), 'utf8');
  write('libs/grout/go/go.mod', module.replace(/^module .*$/m, `module ${go.runtimeModule}`));
  const manifest = readFileSync(join(root, 'libs/grout/rust/Cargo.toml'), 'utf8');
  write('libs/grout/rust/Cargo.toml', manifest.replace(/^name = .*$/m, `name = "${rust.runtimePackage}"`));
}

function placeLesson(lesson: string, layout: BridgeLayout): void {
  for (const [language, folder] of [
    ['go', layout.go.folder],
    ['rust', layout.rust.folder],
  ] as const) {
    cpSync(join(room, 'testdata', lesson, language), join(root, folder), { recursive: true });
  }
  cpSync(join(room, 'testdata', lesson, 'contract'), join(root, layout.root, 'contract'), { recursive: true });
  write(joinPath(layout.go.folder, 'go.mod'), goMod(layout));
  if (layout.propertyTests === true) {
    write(joinPath(layout.go.folder, 'go.sum'), `${propertyLibraries.go.sums.join('\n')}\n`);
  }
  write(joinPath(layout.rust.folder, 'Cargo.toml'), cargoToml(lesson, layout));
}

/** Places the library where the build of a workspace would, so that the committed `#cgo` lines find it. */
function placeArchive({ archive, rust }: BridgeLayout, profile: 'debug' | 'release' = 'debug'): void {
  mkdirSync(join(root, dirname(archive)), { recursive: true });
  cpSync(join(root, 'target', profile, `lib${rust.libName}.a`), join(root, archive));
}

/** Builds the archive of Go that a hosted lesson's crate links, where its build script looks for it. */
async function buildArchive({ name, go }: BridgeLayout): Promise<void> {
  const archive = `dist/${go.folder}/lib${name}-archive.a`;
  const args = ['-buildmode=c-archive', '-o', archive, `./${go.folder}/cmd/${name}-archive`];
  await expectSuccess('go', ['build', ...args]);
}

async function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const own = { GOFLAGS: '-buildvcs=false', GOWORK: undefined, CARGO_TARGET_DIR: undefined, RUSTFLAGS: undefined };
  return processes.capture({ program, args, cwd: root, env: { ...own, ...env } });
}

/** Runs a tool that must succeed; its output is the reason when it does not. */
async function expectSuccess(program: string, args: readonly string[], env?: Record<string, string>): Promise<string> {
  const { exitCode, stdout, stderr, spawnError } = await run(program, args, env);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}\n${spawnError ?? ''}${stdout}${stderr}`);
  return stdout;
}

const goModules = ['./libs/grout/go/...', ...lessons.map(({ layout }) => `./${layout.go.folder}/...`)];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'grout-goldens-')) as AbsolutePath;
  const [first] = lessons;
  if (first === undefined) throw new Error('no lessons');
  placeRuntimes(first.layout);
  for (const { lesson, layout } of lessons) placeLesson(lesson, layout);
  const crates = [first.layout.rust.runtimeFolder, ...lessons.map(({ layout }) => layout.rust.folder)];
  write('Cargo.toml', `[workspace]\nresolver = "3"\nmembers = ${JSON.stringify(crates)}\n`);
  const modules = ['libs/grout/go', ...lessons.map(({ layout }) => layout.go.folder)];
  write('go.work', `go 1.26\n\nuse (\n${modules.map((folder) => `\t./${folder}\n`).join('')})\n`);
  for (const { layout } of hosted) await buildArchive(layout);
  await expectSuccess('cargo', ['fetch']);
  await expectSuccess('cargo', ['build', '--offline', '--workspace']);
  for (const { layout } of exporting) placeArchive(layout);
}, 300_000);

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('the goldens and the runtimes', () => {
  it('are formatted as gofmt and rustfmt would', async () => {
    expect(await expectSuccess('gofmt', ['-l', 'libs'])).toBe('');
    await expectSuccess('cargo', ['fmt', '--all', '--check']);
  }, 60_000);

  it('please go vet in all three ways to connect', async () => {
    await expectSuccess('go', ['vet', ...goModules]);
    await expectSuccess('go', ['vet', '-tags=grout_mock', ...goModules], { CGO_ENABLED: '0' });
    await expectSuccess('go', ['vet', ...goModules], { CGO_ENABLED: '0' });
  }, 300_000);

  it('please clippy', async () => {
    await expectSuccess('cargo', ['clippy', '--offline', '--workspace', '--all-targets', '--', '-D', 'warnings']);
  }, 300_000);

  it('pass their Rust tests', async () => {
    expect(await expectSuccess('cargo', ['test', '--offline', '--workspace'])).toContain('test result: ok');
  }, 300_000);

  it('pass their Go tests, which call Rust', async () => {
    const output = await expectSuccess('go', ['test', ...goModules]);
    for (const { layout } of lessons) expect(output).toContain(`ok  \t${layout.go.modulePath}`);
  }, 300_000);

  it('have benchmarks that call each method, and are held to no budget in debug builds', async () => {
    const args = ['test', '-run=^$', '-bench=.', '-benchtime=1x', '-v', ...goModules];
    const output = await expectSuccess('go', args);
    for (const method of ['Add', 'Greet', 'Inspect']) expect(output).toMatch(`BenchmarkBoundary${method}`);
    expect(output).toContain('Pricing.Add is measured, but not held to its budget');
    expect(output).toMatch(/BenchmarkBoundaryIndexGet-\d+\s+1\s/);
  }, 300_000);

  it('pass their Go tests with the fake, and without any way to connect, when there is no C compiler', async () => {
    const withoutC = { CGO_ENABLED: '0', CC: '/nonexistent' };
    const mocked = await expectSuccess('go', ['test', '-tags=grout_mock', ...goModules], withoutC);
    expect(mocked).toMatch(/ok\s+example\.com\/acme\/pricing-go\b/);
    expect(await expectSuccess('go', ['test', './libs/vault/go'], withoutC)).toMatch(
      /ok\s+example\.com\/acme\/vault-go/,
    );
  }, 300_000);
});

/** `npm run test:slow` asks for more of what only time can show. */
const isSlow = process.env['GROUT_SLOW_TESTS'] === '1';

describe('what only many calls show', () => {
  const mixed = (args: readonly string[], calls: number, env: Record<string, string> = {}): Promise<string> =>
    expectSuccess(
      'go',
      ['test', '-count=1', '-timeout=55m', '-run=^TestMixedCalls$', '-v', ...args, './libs/scoring/go'],
      {
        ...env,
        GROUT_SOAK_CALLS: String(calls),
      },
    );

  it(
    'is right under the race detector: calls, closes, callbacks, errors and panics of both sides at once',
    async () => {
      const output = await mixed(['-race'], isSlow ? 10_000_000 : 1_000_000);
      expect(output).toContain('--- PASS: TestMixedCalls');
    },
    isSlow ? 3_600_000 : 300_000,
  );

  it(
    'breaks no rule of cgo',
    async () => {
      const output = await mixed([], isSlow ? 1_000_000 : 50_000, { GOEXPERIMENT: 'cgocheck2' });
      expect(output).toContain('--- PASS: TestMixedCalls');
    },
    isSlow ? 600_000 : 300_000,
  );

  const cases = isSlow ? '100000' : '1000';

  it(
    'is right of values that nobody chose, of every type, in Go and from there to Rust and back',
    async () => {
      const tests = ['TestRandomProductsCross', 'TestBoundaryRoundTrips', 'TestBoundaryLimits'];
      const args = ['-count=1', '-timeout=50m', `-run=^(?:${tests.join('|')})$`, '-v', './libs/catalog/go'];
      const output = await expectSuccess('go', ['test', ...args, `-rapid.checks=${cases}`]);
      for (const test of tests) expect(output).toContain(`--- PASS: ${test}`);
      expect(output).toContain(`OK, passed ${cases} tests`);
    },
    isSlow ? 3_600_000 : 300_000,
  );

  it(
    'is right of them in Rust',
    async () => {
      const args = ['test', '--offline', '-p', 'catalog-rust', 'property_tests', ...(isSlow ? ['--release'] : [])];
      expect(await expectSuccess('cargo', args, { PROPTEST_CASES: cases })).toMatch(/product_comes_back \.\.\. ok/);
    },
    isSlow ? 3_600_000 : 300_000,
  );

  it(
    'is right of bytes that nobody wrote: the decoder is fuzzed',
    async () => {
      const folder = './libs/catalog/go';
      const listed = await expectSuccess('go', ['test', '-list=^Fuzz', folder]);
      const targets = listed.split('\n').filter((line) => line.startsWith('Fuzz'));
      expect(targets).toContain('FuzzBoundaryProduct');
      for (const target of isSlow ? targets : ['FuzzBoundaryProduct']) {
        const args = ['test', '-run=^$', `-fuzz=^${target}$`, `-fuzztime=${isSlow ? '20s' : '20000x'}`, folder];
        expect(await expectSuccess('go', args)).toMatch(/^ok/m);
      }
    },
    isSlow ? 1_800_000 : 180_000,
  );

  // miri knows no Go, and is a thousand times slower: `calls_of_c` of three lessons stands for the Go side.
  (isSlow ? it : it.skip)(
    'breaks no rule of unsafe Rust, and leaks nothing: miri runs what Rust does without Go',
    async () => {
      const toolchain = 'nightly-2026-10-30';
      const components = ['--component', 'miri', '--component', 'rust-src'];
      await expectSuccess('rustup', ['toolchain', 'install', toolchain, '--profile', 'minimal', ...components]);
      const lessonsOf = ['strings-and-bytes', 'moves', 'handles'].map(readLayout);
      const miri = (...args: readonly string[]): Promise<string> =>
        expectSuccess('cargo', [`+${toolchain}`, 'miri', 'test', '--offline', ...args], {
          MIRIFLAGS: '-Zmiri-disable-isolation -Zmiri-permissive-provenance',
          RUST_BACKTRACE: '0',
        });
      const calls = await miri('--test=calls_of_c', ...lessonsOf.flatMap(({ rust }) => ['-p', rust.packageName]));
      expect(calls).toContain('test bytes_move_in_and_are_viewed_where_they_lie ... ok');
      const runtime = await miri('--lib', '-p', lessonsOf[0]?.rust.runtimePackage ?? '');
      expect(runtime).toContain('test handles::tests::every_object_is_dropped_once_however_threads_race ... ok');
    },
    2_400_000,
  );
});

describe('a codec that is wrong', () => {
  const catalog = readLayout('every-type');

  /** Changes a generated file while a test looks at what comes of that. */
  const damaged = async (path: string, right: string, wrong: string, look: () => Promise<void>): Promise<void> => {
    const file = join(root, path);
    const committed = readFileSync(file, 'utf8');
    expect(committed).toContain(right);
    writeFileSync(file, committed.replace(right, wrong));
    try {
      await look();
    } finally {
      writeFileSync(file, committed);
    }
  };

  it.each([
    ['pack.gen.go', 'p.At("sku").Text(v.Sku)', 'p.At("sku").Text("")', 'catalog.ProductPart{Sku: "A"} is packed to'],
    ['copy.gen.go', 'Limit(len(v.Holder), 8)', 'Limit(len(v.Holder), 80)', '{Holder: "xxxxxxxxx"} is refused with ""'],
  ])(
    'in %s fails the property tests of Go, which show the smallest message: %s',
    async (name, right, wrong, says) => {
      await damaged(joinPath(catalog.go.folder, name), right, wrong, async () => {
        const args = ['test', '-run=^(?:TestBoundaryRoundTrips|TestBoundaryLimits)$', `./${catalog.go.folder}`];
        const { exitCode, stdout } = await run('go', args, { RAPID_NOFAILFILE: 'true' });
        expect(exitCode).not.toBe(0);
        expect(stdout).toContain(says);
      });
    },
    300_000,
  );

  it.each([
    [
      'packer.field("digits", &self.digits)',
      'packer.field("digits", &0_u32)',
      'message = BreakRequest {\n    holder: 0,\n    digits: 1,\n}',
    ],
    ['limited("holder", &self.holder, 8)', 'limited("holder", &self.holder, 80)', 'value = "xxxxxxxxx"'],
  ])(
    'in pack.rs fails the property tests of Rust, which show the smallest message: %s',
    async (right, wrong, says) => {
      const path = joinPath(catalog.rust.folder, 'src/generated/pack.rs');
      await damaged(path, right, wrong, async () => {
        const { exitCode, stdout } = await run('cargo', ['test', '--offline', '-p', 'catalog-rust', 'property_tests']);
        expect(exitCode).not.toBe(0);
        expect(stdout).toContain(says);
      });
    },
    300_000,
  );
});

describe('a library with other features', () => {
  const gears = readLayout('features');
  const meter = readLayout('features-and-objects');
  const pump = readLayout('features-alone');

  const testWith = async ({ rust, go, ...rest }: BridgeLayout, features: string, tags: string): Promise<Ended> => {
    await expectSuccess('cargo', ['build', '--offline', '-p', rust.packageName, '--features', features]);
    placeArchive({ rust, go, ...rest });
    return run('go', ['test', '-v', '-count=1', `-tags=${tags}`, `./${go.folder}`]);
  };

  afterAll(async () => {
    await expectSuccess('cargo', ['build', '--offline', '-p', gears.rust.packageName, '-p', meter.rust.packageName]);
    for (const layout of [gears, meter]) placeArchive(layout);
  }, 300_000);

  it('that has all of the program, or more, is welcome', async () => {
    expect(await testWith(gears, 'simd,tracing,otel', 'simd')).toMatchObject({ exitCode: 0 });
    expect(await testWith(gears, 'simd,tracing,otel', 'simd,tracing,otel')).toMatchObject({ exitCode: 0 });
  }, 300_000);

  it('that lacks one does not start, and the message says which, though methods belong to it', async () => {
    const { exitCode, stdout } = await testWith(gears, 'simd,tracing', 'simd,tracing,otel');
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('HANDSHAKE: the Go package example.com/acme/gears-go (contract ');
    expect(stdout).toContain(
      'this program was built with windows-tracing, the library without (build both sides with the same features: nx build with --features=windows-tracing)',
    );
  }, 300_000);

  it.each([
    ['simd', ['TestAMethodOfAnObjectIsThereWithItsFeature']],
    ['tracing', ['TestAnObjectIsThereWithItsFeature']],
    [
      'simd,tracing',
      [
        'TestAMethodOfAnObjectIsThereWithItsFeature',
        'TestAnObjectIsThereWithItsFeature',
        'TestAMethodIsThereWithItsFeatureAndThatOfItsObject',
      ],
    ],
  ])(
    'has the methods and objects of %s',
    async (features, tests) => {
      const { exitCode, stdout } = await testWith(meter, features, features);
      for (const test of tests) expect(stdout).toContain(`--- PASS: ${test}`);
      expect(exitCode).toBe(0);
    },
    300_000,
  );

  it('is judged by gofmt, vet and clippy as well', async () => {
    for (const [{ go, rust }, all] of [
      [gears, ['simd', 'tracing,otel', 'simd,tracing,otel']],
      [meter, ['simd', 'tracing', 'simd,tracing']],
      [pump, ['pressure', 'alarms', 'pressure,alarms']],
    ] as const) {
      for (const features of all) {
        await expectSuccess('go', ['vet', `-tags=${features}`, `./${go.folder}`]);
        await expectSuccess('go', ['vet', `-tags=grout_mock,${features}`, `./${go.folder}`], { CGO_ENABLED: '0' });
        const clippy = ['clippy', '--offline', '-p', rust.packageName, '--all-targets', '--features', features];
        await expectSuccess('cargo', [...clippy, '--', '-D', 'warnings']);
      }
    }
  }, 300_000);

  it('has a mock with the methods, without Rust', async () => {
    const args = ['test', '-v', '-tags=grout_mock,tracing,otel', `./${gears.go.folder}`];
    const { exitCode } = await run('go', args, { CGO_ENABLED: '0', CC: '/nonexistent' });
    expect(exitCode).toBe(0);
  }, 300_000);
});

describe('release builds of the libraries of the lessons on errors', () => {
  const layouts = ['errors', 'disclosure'].map(readLayout);

  it('withhold what the contract does not let cross', async () => {
    const packages = layouts.flatMap(({ rust }) => ['-p', rust.packageName]);
    await expectSuccess('cargo', ['build', '--offline', '--release', ...packages]);
    for (const layout of layouts) placeArchive(layout, 'release');
    const modules = layouts.map(({ go }) => `./${go.folder}`);
    await expectSuccess('go', ['vet', '-tags=release_library', ...modules]);
    const output = await expectSuccess('go', ['test', '-v', '-count=1', '-tags=release_library', ...modules]);
    expect(output).toContain('--- PASS: TestAReleaseBuildTellsNothingThatNobodyWroteForTheCaller');
    expect(output).toContain('--- PASS: TestARedactedMessageStaysInAReleaseBuild');
  }, 300_000);

  it('fail the tests of debug builds, so that these tell the two apart', async () => {
    const { exitCode, stdout } = await run('go', ['test', '-count=1', ...layouts.map(({ go }) => `./${go.folder}`)]);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('--- FAIL: TestADebugBuildTellsEverything');
    expect(stdout).toContain('--- FAIL: TestARedactedMessageCrossesInADebugBuild');
    for (const layout of layouts) placeArchive(layout);
  }, 300_000);

  it('have a runtime that passes its tests as well', async () => {
    const [first] = layouts;
    const args = ['test', '--offline', '--release', '-p', first?.rust.runtimePackage ?? ''];
    expect(await expectSuccess('cargo', args)).toContain('test result: ok');
  }, 300_000);
});

// Rule C6
describe('a library with another ABI', () => {
  const calc = readLayout('scalars');

  it('does not link: the linker misses the symbol that carries the hash', async () => {
    const exports = join(root, calc.rust.folder, 'src/generated/exports.rs');
    const committed = readFileSync(exports, 'utf8');
    writeFileSync(exports, committed.replaceAll(/_abi_[0-9a-f]{16}/g, '_abi_0123456789abcdef'));
    try {
      await expectSuccess('cargo', ['build', '--offline', '-p', calc.rust.packageName]);
      placeArchive(calc);
      const { exitCode, stdout, stderr } = await run('go', ['test', '-count=1', `./${calc.go.folder}`]);
      expect(exitCode).not.toBe(0);
      expect(`${stdout}${stderr}`).toMatch(/undefined (?:reference|symbol).*calc_v1_abi_[0-9a-f]{16}/is);
    } finally {
      writeFileSync(exports, committed);
    }
  }, 300_000);

  it('that has the symbol all the same is refused by the handshake, which names both sides', async () => {
    const exports = join(root, calc.rust.folder, 'src/generated/exports.rs');
    const committed = readFileSync(exports, 'utf8');
    writeFileSync(exports, committed.replace(/abi_major: \d+/, 'abi_major: 99'));
    try {
      await expectSuccess('cargo', ['build', '--offline', '-p', calc.rust.packageName]);
      placeArchive(calc);
      const { stdout } = await run('go', ['test', '-count=1', `./${calc.go.folder}`]);
      expect(stdout).toContain('HANDSHAKE: the Go package example.com/acme/calc-go (contract ');
      expect(stdout).toContain('the Rust library calc_rust (debug build, contract ');
      expect(stdout).toContain('abi_major: 0x3 here, 0x63 there (run nx sync, then build both sides again)');
    } finally {
      writeFileSync(exports, committed);
    }
  }, 300_000);
});

describe('a service that Go implements', () => {
  const ledger = readLayout('hosted-in-rust');
  const cargo = (...args: readonly string[]): Promise<Ended> =>
    run('cargo', [...args, '--offline', '-p', ledger.rust.packageName]);

  it('passes the same suite as its mock, which needs no archive', async () => {
    const names = ['starts_nothing_for_a_context_that_is_done', 'refuses_what_the_contract_does_not_allow'];
    const tested = await cargo('test');
    expect(tested).toMatchObject({ exitCode: 0 });
    for (const name of [...names, 'go_answers']) expect(tested.stdout).toMatch(`${name} ... ok`);
    const archive = join(root, `dist/${ledger.go.folder}/lib${ledger.name}-archive.a`);
    rmSync(archive);
    const mocked = await cargo('test', '--no-default-features');
    expect(mocked).toMatchObject({ exitCode: 0 });
    for (const name of names) expect(mocked.stdout).toMatch(`${name} ... ok`);
    expect(mocked.stdout).not.toContain('go_answers');
    await expectSuccess('cargo', [
      ...['clippy', '--offline', '-p', ledger.rust.packageName, '--all-targets', '--no-default-features'],
      ...['--', '-D', 'warnings'],
    ]);
    await buildArchive(ledger);
  }, 300_000);

  it('of another ABI does not link, and one with the symbol all the same is refused by name', async () => {
    const path = join(root, ledger.go.folder, 'server.gen.go');
    const exports = join(root, ledger.go.folder, `cmd/${ledger.name}-archive/exports.gen.go`);
    const [server, symbols] = [path, exports].map((file) => readFileSync(file, 'utf8'));
    try {
      writeFileSync(exports, (symbols ?? '').replaceAll(/_abi_[0-9a-f]{16}/g, '_abi_0123456789abcdef'));
      await buildArchive(ledger);
      const unlinked = await cargo('test', '--test', 'ledger');
      expect(unlinked.exitCode).not.toBe(0);
      expect(unlinked.stderr).toMatch(/undefined (?:reference|symbol).*ledger_v1_abi_[0-9a-f]{16}/is);
      writeFileSync(exports, symbols ?? '');
      writeFileSync(path, (server ?? '').replace(/ABIMajor: \d+/, 'ABIMajor: 99'));
      await buildArchive(ledger);
      const { stdout } = await cargo('test', '--test', 'ledger', 'go_answers');
      expect(stdout).toContain('the Rust crate ledger-rust (contract ');
      expect(stdout).toContain('the Go package example.com/acme/ledger-go (contract ');
      expect(stdout).toContain('abi_major: 0x2 here, 0x63 there');
    } finally {
      writeFileSync(path, server ?? '');
      writeFileSync(exports, symbols ?? '');
      await buildArchive(ledger);
    }
  }, 300_000);

  it('that cannot be made says why, to whoever connects', async () => {
    const args = ['test', '--offline', '-p', ledger.rust.packageName, '--test', 'ledger', 'go_answers'];
    const { exitCode, stdout } = await run('cargo', args, { LEDGER_IS_SHUT: '1' });
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('LEDGER_IS_SHUT is set');
  }, 300_000);

  // Rule G9
  it('that cannot be made leaves the others of its archive alone', async () => {
    const larder = readLayout('several-hosted');
    const test = (name: string): Promise<Ended> =>
      run('cargo', ['test', '--offline', '-p', larder.rust.packageName, name], { LARDER_TAKES_NO_ORDERS: '1' });
    const orders = await test('conformance_orders::starts_nothing');
    expect(orders.exitCode).not.toBe(0);
    expect(orders.stdout).toContain('LARDER_TAKES_NO_ORDERS is set');
    expect(await test('conformance_stock')).toMatchObject({ exitCode: 0 });
  }, 300_000);
});
