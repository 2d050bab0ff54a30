import { workspacePath } from '#paths';
import { cgoFile, crateToml, goMod, locksOf, modelOf } from '#testing';
import { explainTask } from './explain-task.js';
import type { NxGraph } from './needs.js';
import type { Reason, Verdict } from './verdict.js';

type Texts = Readonly<Record<string, string>>;

const crate = (name: string, ...needs: readonly string[]): string =>
  crateToml(name, [], `[dependencies]\n${needs.map((need) => `${need} = { path = "../${need}" }\n`).join('')}`);

/** A program that imports a bridge, whose Go side links its Rust side, which depends on a crate. */
const WORKSPACE: Texts = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
  'go.work': 'go 1.26\nuse (\n./app\n./bridge\n)\n',
  'app/go.mod': goMod('example.com/app', 'require example.com/bridge v0.0.0\n'),
  'app/main.go': 'package main\n\nimport "example.com/bridge"\n\nfunc main() { bridge.Call() }\n',
  'bridge/go.mod': goMod('example.com/bridge'),
  'bridge/bridge.go': cgoFile('#cgo LDFLAGS: -lffi'),
  'crates/ffi/Cargo.toml': crateToml('ffi', ['staticlib'], '[dependencies]\ncore = { path = "../core" }\n'),
  'crates/ffi/src/lib.rs': '',
  'crates/core/Cargo.toml': crate('core'),
  'crates/core/src/lib.rs': '',
  'crates/lone/Cargo.toml': crate('lone'),
  'crates/lone/src/lib.rs': '',
};

interface Asked {
  readonly project?: string;
  readonly target?: string;
  readonly changed?: readonly string[];
  readonly verdict?: Partial<Verdict>;
  readonly before?: Texts;
  readonly after?: Texts;
  /** Inputs of every `build`. */
  readonly inputs?: readonly unknown[];
}

function explain(asked: Asked): string {
  const { before = WORKSPACE, after = before, changed = [] } = asked;
  const model = modelOf(after);
  const graph: NxGraph = {
    projects: model.projects.map(({ name, root }) => ({
      name,
      root,
      targets: new Map([['build', asked.inputs ?? []]]),
    })),
    dependencies: model.edges.map(({ from, to }) => ({ from, to })),
  };
  return explainTask({
    root: workspacePath(asked.project ?? 'app'),
    target: asked.target ?? 'build',
    when: 'since',
    verdict: { affected: {}, upstream: {}, ...asked.verdict },
    changed: changed.map(workspacePath),
    before: { model: modelOf(before), locks: locksOf(before) },
    after: { model, locks: locksOf(after) },
    model,
    graph,
  });
}

const input = (file: string, pattern = '**'): Reason => ({ kind: 'input-file', file, pattern });
const made = (producer: string): Reason => ({ kind: 'dependent-output', producer });

describe('a task that is affected', () => {
  it('says by which edges a change of a source reaches it, over the seam and through tasks whose outputs it reads', () => {
    const text = explain({
      changed: ['crates/core/src/lib.rs'],
      verdict: {
        affected: { 'app:build': [made('ffi:build')] },
        upstream: { 'ffi:build': [input('crates/core/src/lib.rs')] },
      },
    });
    expect(text).toBe(
      [
        'app:build is affected by what changed since:',
        '  crates/core/src/lib.rs changed, a source of core',
        '    app imports bridge (app/main.go:3), bridge links ffi (bridge/bridge.go:4), ffi depends on core (crates/ffi/Cargo.toml:8)',
      ].join('\n'),
    );
  });

  it('names the nearest cause first, and files of one project together', () => {
    const files = ['crates/core/src/a.rs', 'crates/core/src/b.rs', 'app/main.go'];
    const text = explain({ changed: files, verdict: { affected: { 'app:build': files.map((file) => input(file)) } } });
    const causes = text.split('\n').filter((line) => line.includes(' changed, '));
    expect(causes).toEqual([
      '  app/main.go changed, a source of app',
      '  crates/core/src/a.rs, crates/core/src/b.rs changed, sources of core',
    ]);
  });

  it('is found by the name that Nx gives it where a default configuration is set', () => {
    const verdict = { affected: { 'app:build:production': [input('app/main.go')] } };
    expect(explain({ changed: ['app/main.go'], verdict })).toContain('app:build is affected');
  });

  it('says who reads a file that lies elsewhere, and where', () => {
    const workspace = {
      ...WORKSPACE,
      'crates/core/src/lib.rs': 'const A: &str = include_str!("../../../idl/a.txt");\n',
      'idl/a.txt': '',
    };
    const reason = input('idl/a.txt', 'idl/a.txt');
    const text = explain({
      before: workspace,
      changed: ['idl/a.txt'],
      verdict: { affected: { 'app:build': [reason] } },
    });
    expect(text).toContain('idl/a.txt changed, which core reads (crates/core/src/lib.rs:1)\n    app imports bridge');
  });

  it('tells a file that one project reads where another has it from a source of the latter', () => {
    const before = {
      ...WORKSPACE,
      'crates/ffi/src/lib.rs': 'const A: &str = include_str!("../../core/README.md");\n',
      'crates/core/README.md': '',
    };
    const file = 'crates/core/README.md';
    const verdict = { affected: { 'app:build': [made('ffi:build')] }, upstream: { 'ffi:build': [input(file, file)] } };
    expect(explain({ before, changed: [file], verdict })).toContain(
      'crates/core/README.md changed, which ffi reads (crates/ffi/src/lib.rs:1)',
    );
  });

  it.each<[string, Reason, string]>([
    [
      'a manifest that makes the project',
      { kind: 'project-configuration', file: 'crates/core/Cargo.toml' },
      'crates/core/Cargo.toml changed, which makes projects and their targets\n    app imports',
    ],
    [
      'a manifest that is gone',
      { kind: 'deleted-project-configuration', file: 'old/Cargo.toml' },
      'old/Cargo.toml is gone, and the loss of a file that makes projects counts for every task',
    ],
    ['a file that nobody owns', input('.cargo/config.toml'), '.cargo/config.toml changed, an input of app:build'],
    ['a package of npm', { kind: 'npm-package', package: 'left-pad' }, 'the package left-pad changed'],
    ['what a later Nx may say', { kind: 'moon-phase', file: 'sky' }, 'Nx names a reason (moon-phase) in sky'],
  ])('puts %s into words', (_, reason, words) => {
    expect(explain({ verdict: { affected: { 'app:build': [reason] } } })).toContain(`  ${words}`);
  });

  it('says a file once when it counts both for what is in it and for what it is', () => {
    const reasons = [{ kind: 'project-configuration', file: 'app/main.go' }, input('app/main.go')];
    const text = explain({ changed: ['app/main.go'], verdict: { affected: { 'app:build': reasons } } });
    expect(text.match(/app\/main\.go changed/g)).toHaveLength(1);
  });
});

describe('locked dependencies', () => {
  const lock = (itoa: string, ryu: string): string =>
    [
      'version = 4\n',
      '[[package]]\nname = "core"\nversion = "0.1.0"\ndependencies = ["itoa"]\n',
      '[[package]]\nname = "ffi"\nversion = "0.1.0"\ndependencies = ["core", "ryu"]\n',
      ...Object.entries({ itoa, ryu }).map(
        ([name, version]) =>
          `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+x"\nchecksum = "${version}"\n`,
      ),
    ].join('\n');
  const workspace = (itoa: string, ryu: string): Texts => ({
    ...WORKSPACE,
    'crates/core/Cargo.toml': crateToml('core', [], '[dependencies]\nitoa = "1"\n'),
    'crates/ffi/Cargo.toml': crateToml(
      'ffi',
      ['staticlib'],
      '[dependencies]\ncore = { path = "../core" }\nryu = "1"\n',
    ),
    'Cargo.lock': lock(itoa, ryu),
  });
  const before = workspace('1.0.9', '1.0.0');
  const verdict = {
    affected: { 'app:build': [made('ffi:build')] },
    upstream: { 'ffi:build': [input('grout.lock.json', '{workspaceRoot}/grout.lock.json')] },
  };
  const changed = ['Cargo.lock', 'grout.lock.json'];

  it('says what was bumped, and by which project it comes in', () => {
    const text = explain({ before, after: workspace('1.0.10', '1.0.0'), changed, verdict });
    expect(text).toMatch(/locked dependencies of core changed: crate itoa 1\.0\.9 -> 1\.0\.10\n {4}app imports bridge/);
    expect(text).toContain('Cargo.lock: counts by what grout.lock.json makes of it');
  });

  it('tells apart what different projects bring in', () => {
    const text = explain({ before, after: workspace('1.0.10', '1.0.1'), changed, verdict });
    expect(text).toContain('locked dependencies of ffi changed: crate ryu 1.0.0 -> 1.0.1');
    expect(text).toContain('locked dependencies of core changed: crate itoa 1.0.9 -> 1.0.10');
  });

  it('says so when a whole lockfile counts for want of a digest', () => {
    const whole = {
      affected: { 'ffi:build': [input('Cargo.lock', 'Cargo.lock')] },
    };
    const text = explain({
      project: 'crates/ffi',
      before,
      after: workspace('1.0.10', '1.0.0'),
      changed: ['Cargo.lock'],
      verdict: whole,
    });
    expect(text).toContain(
      'Cargo.lock changed, all of which counts, as grout.lock.json does not follow it (run `nx sync`)',
    );
    expect(text).toContain('itoa 1.0.9 -> 1.0.10');
  });

  it('does not make up a bump where the digest alone changed', () => {
    const text = explain({ before, changed: ['grout.lock.json'], verdict });
    expect(text).toContain('grout.lock.json has another digest for ffi:build, though the lockfiles say the same');
  });

  it('keeps silent about test dependencies when the task follows the digest of its build', () => {
    const withTests = (version: string): Texts => {
      const texts = workspace('1.0.9', '1.0.0');
      return {
        ...texts,
        'crates/core/Cargo.toml': crateToml('core', [], '[dependencies]\nitoa = "1"\n[dev-dependencies]\nryu = "1"\n'),
        'Cargo.lock': lock('1.0.9', version).replace('["itoa"]', '["itoa", "ryu"]'),
      };
    };
    const text = explain({
      project: 'crates/core',
      before: withTests('1.0.0'),
      after: withTests('1.0.1'),
      changed,
      inputs: [{ json: '{workspaceRoot}/grout.lock.json', fields: ['projects.crates/core.rustBuild'] }],
      verdict: { affected: { 'core:build': [input('grout.lock.json')] } },
    });
    expect(text).not.toContain('ryu');
  });
});

describe('a task that is not affected', () => {
  it.each([
    ['crates/core/README.md', 'Markdown, which no build of a dependent reads'],
    ['crates/core/tests/t.rs', 'cargo compiles it for tests, benchmarks and examples alone'],
    ['bridge/bridge_test.go', 'a Go test, which no build takes in'],
    ['bridge/other/other.go', 'app:build is not made from the package other of bridge'],
    ['bridge/notes.txt', 'app:build does not read it'],
    ['Cargo.lock', 'what it says to app:build is the same'],
    ['go.work', 'what it says to app:build is the same'],
  ])('says of %s why it does not count', (file, why) => {
    expect(explain({ changed: [file] })).toBe(
      `app:build is not affected: nothing that it reads changed since\n\nWhat else changed:\n  ${file}: ${why}`,
    );
  });

  it('says that only tests need a project', () => {
    const before = {
      ...WORKSPACE,
      'crates/core/Cargo.toml': crateToml('core', [], '[dev-dependencies]\nlone = { path = "../lone" }\n'),
    };
    expect(explain({ before, changed: ['crates/lone/src/lib.rs'] })).toContain(
      'crates/lone/src/lib.rs: only tests need lone',
    );
  });

  it('says that only tests read a file', () => {
    const before = {
      ...WORKSPACE,
      'crates/core/tests/t.rs': 'const A: &str = include_str!("../../../idl/a.txt");\n',
      'idl/a.txt': '',
    };
    expect(explain({ before, changed: ['idl/a.txt'] })).toContain('idl/a.txt: only tests of core read it');
  });

  it('counts what lies elsewhere, and caps a long list', () => {
    const many = Array.from({ length: 30 }, (_, index) => `crates/core/docs/${index}.md`);
    const text = explain({ changed: [...many, 'crates/lone/src/lib.rs', 'web/index.ts'] });
    expect(text).toContain('\n  and 20 more\n');
    expect(text).toContain('2 other changed files lie outside app and all that it needs.');
  });

  it('says when nothing changed at all', () => {
    expect(explain({})).toBe('app:build is not affected: nothing changed since');
  });
});

describe('edges that changed', () => {
  const alone = { ...WORKSPACE, 'app/main.go': 'package main\n\nfunc main() {}\n' };

  it('are named with the line that shows them, and not what lies behind them', () => {
    const reasons = { affected: { 'app:build': [input('app/main.go')] } };
    const joined = explain({ before: alone, after: WORKSPACE, changed: ['app/main.go'], verdict: reasons });
    expect(joined).toContain('Edges that changed:\n  new: app imports bridge (app/main.go:3)');
    const parted = explain({ before: WORKSPACE, after: alone, changed: ['app/main.go'], verdict: reasons });
    expect(parted).toMatch(/Edges that changed:\n {2}gone: app imports bridge \(app\/main\.go:3\)$/);
    expect(parted).not.toContain('ffi');
  });

  it('are the same when only the line moved', () => {
    const moved = { ...WORKSPACE, 'app/main.go': `// moved\n${WORKSPACE['app/main.go'] ?? ''}` };
    expect(explain({ before: WORKSPACE, after: moved })).not.toContain('Edges that changed');
  });

  it('are not listed one by one for a project that is new', () => {
    const { 'app/go.mod': mod, ...earlier } = WORKSPACE;
    expect(mod).toBeDefined();
    expect(explain({ before: earlier, after: WORKSPACE })).toContain('Edges that changed:\n  app is new');
  });
});
