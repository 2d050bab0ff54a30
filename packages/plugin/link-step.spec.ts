import type { TargetConfiguration } from '@nx/devkit';
import { danglingInputs } from '../testing/dangling-inputs.js';
import { nodesOf } from '../testing/nodes-of.js';
import type { PluginOptions } from './options.js';

const crate = (name: string): string => `[package]\nname = "${name}"\n[lib]\ncrate-type = ["staticlib", "rlib"]\n`;
const goFile = (name: string, ...crates: string[]): string =>
  `package ${name}\n\n/*\n${crates.map((each) => `#cgo LDFLAGS: -l${each}\n`).join('')}*/\nimport "C"\n`;

const ONE = {
  'a/Cargo.toml': crate('a'),
  'a/src/lib.rs': '',
  'app/go.mod': 'module example.com/app\n',
  'app/main.go': `${goFile('main', 'a')}\nfunc main() {}\n`,
};
const TWO = { ...ONE, 'b/Cargo.toml': crate('b'), 'b/src/lib.rs': '', 'app/main.go': goFile('main', 'a', 'b') };

const targetsOf = (
  texts: Readonly<Record<string, string>>,
  options: PluginOptions = {},
): Record<string, TargetConfiguration> => nodesOf(texts, options)['app']?.targets ?? {};

const projectJson = (build: object): Record<string, string> => ({
  'app/project.json': JSON.stringify({ targets: { build } }),
});

describe('a link step', () => {
  it('is there where a target links several crates, and takes the place of their builds', () => {
    const targets = targetsOf(TWO);
    expect(targets['link']).toMatchObject({
      executor: 'nx-grout:cargo-link',
      outputs: ['{workspaceRoot}/dist/app/.link'],
      options: { linkFor: 'build', linkCrates: ['a', 'b'], linkFolder: 'dist/app/.link' },
    });
    expect(targets['build']).toMatchObject({
      dependsOn: [{ target: 'link', params: 'forward' }],
      options: { linkFolder: 'dist/app/.link' },
    });
    expect(targets['test']?.dependsOn).toEqual([{ target: 'link-test', params: 'forward' }]);
    expect(targets['link']?.inputs).toContainEqual({ input: 'rust', projects: ['a', 'b'] });
    expect(danglingInputs(Object.values(nodesOf(TWO)))).toEqual([]);
  });

  it('is not there for one crate, whose own build does', () => {
    const targets = targetsOf(ONE);
    expect(Object.keys(targets)).not.toContain('link');
    expect(targets['build']?.dependsOn).toEqual([{ projects: ['a'], target: 'build', params: 'forward' }]);
  });

  it.each([
    ['features', { options: { features: ['simd'] } }],
    ['a profile', { options: { profile: 'release' } }],
    ['features in a configuration', { configurations: { fast: { features: 'simd' } } }],
  ])('is there for one crate where project.json sets %s', (_what, build) => {
    const targets = targetsOf({ ...ONE, ...projectJson(build) });
    expect(targets['build']?.dependsOn).toEqual([{ target: 'link', params: 'forward' }]);
    expect(Object.keys(targets['link']?.configurations ?? {})).toContain('production');
    if ('configurations' in build) expect(targets['link']?.configurations).toHaveProperty('fast', {});
    expect(targets['test']?.dependsOn).toEqual([{ projects: ['a'], target: 'build', params: 'forward' }]);
  });

  it.each([{ options: { tags: ['x'] } }, { outputs: [] }, 3])('is not there for other settings: %j', (build) => {
    expect(targetsOf({ ...ONE, ...projectJson(build as object) })).not.toHaveProperty('link');
  });

  it.each(['bench_test.go', 'parse_benchmark_test.go', 'x/bench.gen_test.go'])(
    'makes release libraries for benchmarks, however few crates there are: %s',
    (file) => {
      const targets = targetsOf({ ...ONE, [`app/${file}`]: 'package app\n' });
      expect(targets['bench']).toMatchObject({
        executor: 'nx-grout:go-bench',
        cache: false,
        parallelism: false,
        dependsOn: [{ target: 'link-bench', params: 'forward' }],
        options: { profile: 'release', linkFolder: 'dist/app/.link-bench' },
      });
      expect(targets['link-bench']?.options).toMatchObject({ linkFor: 'bench', linkCrates: ['a'] });
      expect(targets['test']?.dependsOn).toEqual([{ projects: ['a'], target: 'build', params: 'forward' }]);
    },
  );

  it.each(['app_test.go', 'bench.go', 'workbench_test.go'])('sees no benchmarks in %s', (file) => {
    expect(targetsOf({ ...ONE, [`app/${file}`]: 'package app\n' })).not.toHaveProperty('bench');
  });

  it('is one for each command of a module', () => {
    const targets = targetsOf({
      ...TWO,
      'app/main.go': '',
      'app/cmd/x/main.go': goFile('main', 'a', 'b'),
      'app/cmd/y/main.go': goFile('main', 'a'),
    });
    expect(targets['link-x']?.options).toMatchObject({ linkFor: 'build-x', linkFolder: 'dist/app/.link-x' });
    expect(targets['build-x']?.options).toEqual({ linkFolder: 'dist/app/.link-x', main: 'cmd/x' });
    expect(targets).not.toHaveProperty('link-y');
    expect(targets['build-y']?.options).toEqual({ main: 'cmd/y' });
  });

  it('goes by another name, or not at all', () => {
    expect(targetsOf(TWO, { linkTargetName: 'rust' })).toHaveProperty('rust');
    const targets = targetsOf(TWO, { linkTargetName: false });
    expect(targets['build']?.dependsOn).toEqual([{ projects: ['a', 'b'], target: 'build', params: 'forward' }]);
  });
});

describe('a feature of grout.toml', () => {
  it('is a configuration of every target, so that it travels', () => {
    const nodes = nodesOf({ ...TWO, 'grout.toml': '[features.simd]\ncargo = []\ngo-tags = []\n' });
    for (const [root, name] of [
      ['app', 'build'],
      ['app', 'test'],
      ['a', 'build'],
      ['a', 'lint'],
    ] as const) {
      expect(nodes[root]?.targets?.[name]?.configurations).toEqual({
        simd: { features: ['simd'] },
        production: { profile: 'release' },
      });
    }
    // What a configuration means to a link step is what it means to the target that it is for.
    expect(nodes['app']?.targets?.['link']?.configurations).toEqual({ simd: {}, production: {} });
  });
});
