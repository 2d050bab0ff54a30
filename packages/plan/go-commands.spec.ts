import type { BuildOptions, GoSurroundings } from '#plan';
import { goArtifactNames, goTags, planGo, renderCommand } from '#plan';
import type { AbsolutePath, WorkspacePath } from '#paths';
import { modelOf } from '#testing';

const project = (files: Record<string, string> = {}): Parameters<typeof planGo>[1] => {
  const model = modelOf({ 'apps/a/go.mod': 'module example.com/a\n', 'apps/a/main.go': 'package main\n', ...files });
  const [found] = model.projects;
  if (found === undefined) throw new Error('no project');
  return found;
};
const library = { crate: 'rs' as WorkspacePath, path: 'dist/rs/libr.a' as WorkspacePath, digest: 'd' };
const around = (more: Partial<GoSurroundings> = {}): GoSurroundings => ({
  root: '/ws' as AbsolutePath,
  goflags: '',
  libraries: [],
  companions: [],
  executableSuffix: '',
  staging: '/ws/dist/apps/a/.staging-1' as AbsolutePath,
  ...more,
});
const argsOf = (options: BuildOptions, more: Partial<GoSurroundings> = {}, files = {}): string =>
  planGo('build', project(files), options, around(more)).args.join(' ');

describe('a Go build', () => {
  it('is reproducible by default and puts its binaries where they are staged', () => {
    expect(argsOf({})).toBe('build -trimpath -buildvcs=false -o=/ws/dist/apps/a/.staging-1/ ./...');
  });

  it('only compiles a module without commands', () => {
    expect(argsOf({}, {}, { 'apps/a/main.go': 'package a\n' })).toBe('build -trimpath -buildvcs=false ./...');
  });

  it('links libraries by relative paths, what stood behind them following', () => {
    expect(argsOf({}, { libraries: [library], companions: ['-lm'] })).toContain(
      "-ldflags=-extldflags '../../dist/rs/libr.a -lm'",
    );
    expect(argsOf({}, { libraries: [library], companions: ['-Lnative', '-L/opt/lib', '-lx'] })).toContain(
      "-extldflags '../../dist/rs/libr.a -L../../native -L/opt/lib -lx'",
    );
  });

  it('adds tags to those of GOFLAGS, which the command line would replace', () => {
    expect(argsOf({ features: 'x', tags: ['y'] }, { goflags: '-tags=a,b -race' })).toContain('-tags=a,b,y,x');
    expect(argsOf({}, { goflags: '-tags=a' })).not.toContain('-tags');
  });

  it('is of mocks on request, whatever other tags are asked for', () => {
    expect(argsOf({ mock: true, tags: 'integration' })).toContain('-tags=integration,grout_mock');
  });

  it('runs benchmarks without the tests beside them', () => {
    const { args } = planGo('bench', project(), { profile: 'release', args: '-benchtime=3s' }, around());
    expect(args.join(' ')).toBe('test -run=^$ -bench=. -benchmem -ldflags=-s -w -benchtime=3s ./...');
  });

  it('takes arguments for go, and refuses those that an option is there for', () => {
    expect(argsOf({ args: '-v', goArgs: ['-p=1'], cargoArgs: '--locked' })).toContain('-buildvcs=false -v -p=1 -o=');
    expect(() => argsOf({ goArgs: '-ldflags=-s' })).toThrow('use the option ldflags');
    expect(() => argsOf({ args: '-tags fancy' })).toThrow('use the option tags');
  });

  it('knows the tags in force, the race detector’s among them', () => {
    expect(goTags({ tags: 'x', race: true }, '-tags=a')).toEqual(['a', 'x', 'race']);
    expect(goTags({}, '-mod=mod -race')).toEqual(['race']);
    expect(goTags({}, '-mod=mod')).toEqual([]);
  });

  it.each([
    ['the option', { ldflags: "-X main.v=1 -extldflags '-static -lz'" }, ''],
    ['GOFLAGS', {}, `"-ldflags=-X main.v=1 -extldflags '-static -lz'"`],
  ])('keeps linker flags given by %s and merges their -extldflags', (_name, options, goflags) => {
    expect(argsOf(options, { libraries: [library], goflags })).toContain(
      "-ldflags=-extldflags '-static -lz ../../dist/rs/libr.a' -X main.v=1",
    );
  });

  it('keeps a package pattern of linker flags, and still links packages outside it', () => {
    const args = planGo('build', project(), { ldflags: 'all=-s' }, around({ libraries: [library] })).args;
    expect(args.filter((word) => word.startsWith('-ldflags'))).toEqual([
      '-ldflags=-extldflags ../../dist/rs/libr.a',
      '-ldflags=all=-extldflags ../../dist/rs/libr.a -s',
    ]);
  });

  it('strips symbols in a release, unless the linker flags are given', () => {
    expect(argsOf({ profile: 'release' })).toContain('-ldflags=-s -w');
    expect(argsOf({ profile: 'release', ldflags: '-w' })).toContain('-ldflags=-w');
  });

  it('takes its platform from the Rust target and switches cgo on where it links crates', () => {
    const env = (options: BuildOptions): object =>
      planGo('build', project(), options, around({ libraries: [library] })).env;
    expect(env({ target: 'aarch64-unknown-linux-gnu' })).toEqual({ GOOS: 'linux', GOARCH: 'arm64', CGO_ENABLED: '1' });
    expect(() => env({ target: 'sparc-unknown-none' })).toThrow('--goos');
  });

  it('leaves a go.work alone that does not list the module', () => {
    const files = { 'go.work': 'go 1.26\n' };
    expect(planGo('test', project(files), {}, around()).env).toEqual({ GOWORK: 'off' });
  });

  it('makes one library of one command in a library build mode', () => {
    const second = { 'apps/a/cmd/b/main.go': 'package main\n' };
    expect(argsOf({ buildmode: 'c-archive' })).toContain('-o=/ws/dist/apps/a/.staging-1/liba.a .');
    expect(argsOf({ buildmode: 'c-shared', main: 'cmd/b' }, {}, second)).toContain('.staging-1/libb.so ./cmd/b');
    expect(() => argsOf({ buildmode: 'c-archive' }, {}, second)).toThrow('2 main packages');
  });

  it('refuses commands that would overwrite each other', () => {
    const twins = { 'apps/a/x/srv/main.go': 'package main\n', 'apps/a/y/srv/main.go': 'package main\n' };
    expect(() => argsOf({}, {}, twins)).toThrow('x/srv, y/srv');
    const files = { ...twins, 'apps/a/z/main.go': 'package main\n' };
    expect(argsOf({ main: 'x/srv' }, {}, files)).toContain('-o=/ws/dist/apps/a/.staging-1/x-srv ./x/srv');
    expect(argsOf({ main: 'x/srv' }, { executableSuffix: '.exe' }, files)).toContain('/x-srv.exe ./x/srv');
    expect(argsOf({ main: 'z' }, {}, files)).toContain('-o=/ws/dist/apps/a/.staging-1/ ./z');
  });
});

it('renders a command so that a shell would take it back', () => {
  const env = { GOOS: 'linux', GONE: undefined };
  expect(renderCommand({ program: 'go', args: ['build', "-ldflags=-extldflags 'a b'"], env })).toBe(
    `GOOS=linux go build '-ldflags=-extldflags '\\''a b'\\'''`,
  );
});

describe('a shared library', () => {
  const shared = { crate: 'rs' as WorkspacePath, path: 'dist/rs/libr.so' as WorkspacePath, digest: 'd' };

  it('is linked by name and found beside the program, so that it runs from any folder', () => {
    expect(argsOf({}, { libraries: [shared] })).toContain(
      "-ldflags=-extldflags '-L../../dist/rs -lr -Wl,-rpath,$ORIGIN/../../rs'",
    );
  });

  it('is found by a test, which go runs elsewhere', () => {
    const args = planGo('test', project(), {}, around({ libraries: [shared] })).args.join(' ');
    expect(args).toContain("-extldflags '-L../../dist/rs -lr -Wl,-rpath,/ws/dist/rs'");
  });
});

describe('a Go build beside a crate', () => {
  const crate = (type: string): Record<string, string> => ({
    'apps/a/Cargo.toml': `[package]\nname = "a"\n[lib]\ncrate-type = ["${type}"]\n`,
    'apps/a/src/lib.rs': '',
  });

  it('leaves the files that the crate hands out to the crate', () => {
    const names = (of: ReturnType<typeof project>): string[] => goArtifactNames(of, of.go?.mains ?? []);
    expect(names(project())).toContain('liba.a');
    expect(names(project(crate('staticlib')))).not.toContain('liba.a');
    expect(names(project(crate('staticlib')))).toEqual(expect.arrayContaining(['a', 'liba.so']));
  });

  it('is refused when both would make the same file', () => {
    expect(() => argsOf({ buildmode: 'c-archive' }, {}, crate('staticlib'))).toThrow(
      'would both make dist/apps/a/liba.a\n  --> apps/a/go.mod:1:1',
    );
    const binary = { 'apps/a/Cargo.toml': '[package]\nname = "a"\n', 'apps/a/src/main.rs': '' };
    expect(() => argsOf({}, {}, binary)).toThrow('would both make dist/apps/a/a');
    expect(argsOf({ buildmode: 'c-archive' }, {}, crate('cdylib'))).toContain('/liba.a');
  });
});
