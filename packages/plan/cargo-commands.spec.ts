import type { Project, RustSide } from '#graph';
import { isCompleteBuild, linkableLibrary, parseCargoArtifacts, parseCompiledFolders, planCargo } from '#plan';
import { modelOf } from '#testing';

const MANIFEST = `[package]
name = "my-core"
version = "1.2.0"
[lib]
crate-type = ["staticlib", "cdylib", "rlib"]
[features]
simd = []
`;

function crate(): Project {
  const [project] = modelOf({ 'rs/Cargo.toml': MANIFEST, 'rs/src/lib.rs': '', 'rs/src/main.rs': '' }).projects;
  if (project === undefined) throw new Error('no project');
  return project;
}

describe('a cargo call', () => {
  it('names the package by version and runs in the Cargo workspace', () => {
    const plan = planCargo('build', crate(), {});
    expect(plan.args.join(' ')).toBe('build --package my-core@1.2.0 --message-format json-render-diagnostics');
    expect(plan.cwd).toBe('rs');
  });

  it('switches on only features that the crate declares', () => {
    expect(planCargo('test', crate(), { features: 'simd,other' }).args).toEqual(
      expect.arrayContaining(['--features', 'simd']),
    );
    expect(planCargo('test', crate(), { features: 'other' }).args).not.toContain('--features');
  });

  it('leaves out default features when told to', () => {
    expect(planCargo('test', crate(), { defaultFeatures: false }).args).toContain('--no-default-features');
    expect(planCargo('test', crate(), { defaultFeatures: true }).args).not.toContain('--no-default-features');
  });

  it.each([
    ['dev', undefined],
    ['debug', undefined],
    ['release', '--release'],
    ['bench', '--profile'],
  ])('maps profile %s', (profile, flag) => {
    const { args } = planCargo('build', crate(), { profile });
    expect(args.find((word) => word === '--release' || word === '--profile')).toBe(flag);
  });

  it('takes its target from GOOS and GOARCH', () => {
    expect(planCargo('build', crate(), { goos: 'windows', goarch: 'amd64' }).args).toContain('x86_64-pc-windows-gnu');
    expect(() => planCargo('build', crate(), { goos: 'linux' })).toThrow('--goarch');
  });

  it('passes tool arguments split like a shell, and denies warnings on request', () => {
    expect(planCargo('build', crate(), { args: `--locked --config 'a="b c"'` }).args.slice(-3)).toEqual([
      '--locked',
      '--config',
      'a="b c"',
    ]);
    expect(planCargo('clippy', crate(), { denyWarnings: true }).args.slice(-3)).toEqual(['--', '-D', 'warnings']);
  });
});

describe('artifacts', () => {
  const { rust } = crate();
  const message = (manifest: string, ...filenames: string[]): string =>
    JSON.stringify({ reason: 'compiler-artifact', manifest_path: manifest, filenames });

  it('are those files of this crate that its manifest lets expect', () => {
    const messages = [
      message('/ws/other/Cargo.toml', '/t/debug/libmy_core.a'),
      'a build script says hello',
      message('/ws/rs/Cargo.toml', '/t/debug/libmy_core.a', '/t/debug/libmy_core.rlib', '/t/debug/libmy_core.so'),
      message('/ws/rs/Cargo.toml', '/t/debug/my-core'),
      '{"reason":"build-finished"}',
    ].join('\n');
    expect(rust && parseCargoArtifacts(messages, '/ws/rs/Cargo.toml', rust).map(({ fileName }) => fileName)).toEqual([
      'libmy_core.a',
      'libmy_core.so',
      'my-core',
    ]);
  });

  it.each([
    ['library and program', ['staticlib', 'rlib'], ['bin'], true],
    ['only the library of one name', ['staticlib', 'rlib'], ['custom-build'], false],
    ['only the program of one name', ['bin'], ['example'], false],
  ])('are complete with the library and every program: %s', (_what, first, second, isComplete) => {
    const rust = {
      ...crate().rust,
      library: { name: 'app', crateTypes: [] },
      binaries: ['app'],
    } as unknown as RustSide;
    const messages = [first, second].map((kind) =>
      JSON.stringify({
        reason: 'compiler-artifact',
        manifest_path: '/ws/rs/Cargo.toml',
        target: { name: 'app', kind, crate_types: kind },
        filenames: [],
      }),
    );
    expect(isCompleteBuild(messages.join('\n'), '/ws/rs/Cargo.toml', rust)).toBe(isComplete);
  });

  it('have the folders of compiled crates, in the manner of any platform', () => {
    const messages = [
      message('/ws/a/Cargo.toml', '/build/debug/deps/liba-1.rlib', '/build/debug/deps/liba-1.rmeta'),
      message('C:\\b\\Cargo.toml', 'C:\\t\\deps\\libb-1.rlib'),
      message('/ws/c/Cargo.toml', '/t/debug/libc.so'),
    ];
    expect(parseCompiledFolders(messages.join('\n'))).toEqual(['/build/debug/deps', 'C:\\t\\deps']);
  });

  it('offer the archive to the linker before the shared library', () => {
    expect(rust && linkableLibrary(rust, () => true)).toBe('libmy_core.a');
    expect(rust && linkableLibrary(rust, (name) => name.endsWith('.so'))).toBe('libmy_core.so');
    expect(rust && linkableLibrary(rust, () => false)).toBeUndefined();
  });
});
