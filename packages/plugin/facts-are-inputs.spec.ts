import type { TargetConfiguration } from '@nx/devkit';
import { modelOf } from '#testing';
import { readPluginOptions } from './options.js';
import { inferTargets } from './targets.js';

type Texts = Readonly<Record<string, string>>;

const WORKSPACE: Texts = {
  'go.work': 'go 1.26\nuse ./app\nuse ./lib\nuse ./beside\n',
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': 'package main\n\nimport _ "example.com/lib"\n',
  'app/main_test.go': 'package main\n',
  'lib/go.mod': 'module example.com/lib\n',
  'lib/lib.go':
    '//go:build !grout_mock\n\npackage lib\n\n// #cgo LDFLAGS: -lrs\nimport "C"\nimport _ "example.com/x"\n',
  'x/go.mod': 'module example.com/x\n',
  'beside/go.mod': 'module example.com/beside\n',
  'Cargo.toml': '[workspace]\nmembers = ["rs"]\n[workspace.package]\nversion = "1.0.0"\nrust-version = "1.80"\n',
  'rs/Cargo.toml':
    '[package]\nname = "rs"\nversion.workspace = true\nrust-version.workspace = true\n[lib]\ncrate-type = ["staticlib"]\n',
  'rs/src/lib.rs': '',
};

/** Every fact of a project that executors can read, and the configuration of one of its targets. */
function stateOf(texts: Texts, root: string, target: string): { facts: string; configuration: TargetConfiguration } {
  const projects = new Map(modelOf(texts).projects.map((project) => [project.root, project]));
  const project = [...projects.values()].find((candidate) => candidate.root === root);
  if (project === undefined) throw new Error(`no project in ${root}`);
  const fingerprint = { command: (language: string, folder: string) => `fp ${language} ${folder}` };
  const configuration = inferTargets(project, { shape: readPluginOptions({}), projects, fingerprint })[target];
  return { facts: factsOf(project), configuration: configuration ?? {} };
}

/** Without line numbers: a fact that only moves is the same fact. */
function factsOf(project: object): string {
  return JSON.stringify(project).replace(/"(?:line|column|endColumn)":\d+,?/g, '');
}

function covers({ inputs = [] }: TargetConfiguration, root: string, file: string): boolean {
  return inputs.some((input) => {
    if (typeof input !== 'string' || /^[!^]/.test(input)) return false;
    return matcher(input.replace('{workspaceRoot}/', '').replace('{projectRoot}', root)).test(file);
  });
}

/** As much of Nx's globs as the inputs use. */
function matcher(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace('!\\(*_test\\)', '(?![^/]*_test\\.)[^/]#')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replaceAll('**/', '(?:.#/)?')
    .replaceAll('*', '[^/]#')
    .replaceAll('#', '*');
  return new RegExp(`^${source}$`);
}

describe('whatever changes a fact of a project is an input of its tasks', () => {
  it.each([
    ['app', 'build', 'imports', 'app/main.go', 'package main\n'],
    ['app', 'build', 'commands', 'app/cmd/more/main.go', 'package main\n'],
    ['app', 'build', 'the module path', 'app/go.mod', 'module example.com/other\n\ngo 1.26\n'],
    ['app', 'build', 'the lowest toolchain', 'app/go.mod', 'module example.com/app\n\ngo 1.27\n'],
    ['app', 'build', 'the go.work', 'go.work', 'go 1.26\nuse ./lib\n'],
    ['app', 'build', 'tags', 'app/tagged.go', '//go:build extra\n\npackage main\n'],
    ['app', 'build', 'embeds', 'app/e.go', 'package main\n\nimport _ "embed"\n\n//go:embed data\nvar s string\n'],
    ['app', 'build', 'headers', 'app/c.go', 'package main\n\n// #include "../rs/rs.h"\nimport "C"\n'],
    ['app', 'build', 'crates linked through a module', 'lib/lib.go', 'package lib\n'],
    [
      'app',
      'build',
      'whether the mock takes all links away',
      'lib/lib.go',
      (WORKSPACE['lib/lib.go'] ?? '').replace('!grout_mock', 'cgo'),
    ],
    ['app', 'build', 'what an import means', 'lib/go.mod', 'module example.com/elsewhere\n'],
    ['app', 'test', 'imports of tests', 'app/main_test.go', 'package main\n\nimport _ "example.com/beside"\n'],
    [
      'lib',
      'build',
      'another module’s replace',
      'beside/go.mod',
      'module example.com/beside\n\nreplace example.com/x => ../x\n',
    ],
    ['rs', 'build', 'the package name', 'rs/Cargo.toml', (WORKSPACE['rs/Cargo.toml'] ?? '').replace('"rs"', '"sr"')],
    ['rs', 'build', 'features', 'rs/Cargo.toml', `${WORKSPACE['rs/Cargo.toml'] ?? ''}[features]\nmore = []\n`],
    ['rs', 'build', 'what is inherited', 'Cargo.toml', (WORKSPACE['Cargo.toml'] ?? '').replace('1.0.0', '2.0.0')],
    ['rs', 'build', 'binaries', 'rs/src/bin/tool.rs', 'fn main() {}\n'],
    ['rs', 'build', 'the library', 'rs/Cargo.toml', '[package]\nname = "rs"\n'],
  ])('%s:%s: %s', (root, target, _fact, file, text) => {
    const before = stateOf(WORKSPACE, root, target);
    const after = stateOf({ ...WORKSPACE, [file]: text }, root, target);
    expect(after.facts).not.toBe(before.facts);
    expect([before, after].some(({ configuration }) => covers(configuration, root, file))).toBe(true);
  });

  it('but for which crate a library name means: that is part of the targets themselves', () => {
    const before = stateOf(WORKSPACE, 'app', 'build');
    const twin = {
      'twin/Cargo.toml': '[package]\nname = "rs"\n[lib]\ncrate-type = ["staticlib"]\n',
      'twin/src/lib.rs': '',
    };
    const after = stateOf({ ...WORKSPACE, ...twin }, 'app', 'build');
    expect(after.facts).not.toBe(before.facts);
    expect(covers(after.configuration, 'app', 'twin/Cargo.toml')).toBe(false);
    expect(after.configuration.dependsOn).not.toEqual(before.configuration.dependsOn);
    expect(after.configuration.inputs).not.toEqual(before.configuration.inputs);
  });
});
