import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { GroutMetadata } from '#graph';
import { nodesOf } from '../testing/nodes-of.js';

type Texts = Readonly<Record<string, string>>;

const RULES = '[lint]\nbare-cgo-link = "error"\n';
const allowing = (from: string, to: string): string =>
  `[[lint.allow]]\nlink = { from = "${from}", to = "${to}" }\nwhy = "measured"\n`;

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
  'rs/rs.h': '',
  'grout.toml': RULES,
};

interface State {
  readonly facts: string;
  readonly configuration: TargetConfiguration;
  readonly nodes: Record<string, ProjectConfiguration>;
}

/** Every fact of a project that executors can read, and the configuration of one of its targets. */
function stateOf(texts: Texts, root: string, target: string): State {
  const nodes = nodesOf(texts);
  const node = nodes[root];
  if (node === undefined) throw new Error(`no project in ${root}`);
  return { facts: factsOf(node), configuration: node.targets?.[target] ?? {}, nodes };
}

/** Without line numbers: a fact that only moves is the same fact. */
function factsOf({ metadata }: ProjectConfiguration): string {
  const { rust, go, lint } = (metadata as unknown as { grout: GroutMetadata }).grout;
  return JSON.stringify([rust, go, lint]).replace(/"(?:line|column|endColumn)":\d+,?/g, '');
}

function covers({ configuration, nodes }: State, root: string, file: string): boolean {
  const byName = new Map(Object.entries(nodes).map(([folder, { name }]) => [name ?? '', folder]));
  const isIn = (inputs: NonNullable<TargetConfiguration['inputs']>, folder: string): boolean =>
    inputs.some((input) => {
      if (typeof input === 'object' && 'input' in input && 'projects' in input) {
        return [input.projects].flat().some((name) => {
          const owner = byName.get(name) ?? '';
          return isIn(nodes[owner]?.namedInputs?.[input.input] ?? [], owner);
        });
      }
      if (typeof input !== 'string' || /^[!^]/.test(input)) return false;
      if (!input.startsWith('{')) return isIn(nodes[folder]?.namedInputs?.[input] ?? [], folder);
      return matcher(input.replace('{workspaceRoot}/', '').replace('{projectRoot}', folder)).test(file);
    });
  return isIn(configuration.inputs ?? [], root);
}

/** As much of Nx's globs as the inputs use. */
function matcher(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace('!\\(*_test\\)', '(?![^/]*_test\\.)[^/]#')
    .replace('!\\(*\\.md\\)', '(?![^/]*\\.md$)[^/]#')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replaceAll('**/', '(?:.#/)?')
    .replaceAll('*', '[^/]#')
    .replaceAll('#', '*');
  return new RegExp(`^${source}$`);
}

describe('whatever changes a fact of a project is an input of its tasks', () => {
  it.each([
    ['app', 'build', 'imports', 'app/main.go', 'package main\n'],
    ['app', 'build', 'the module path', 'app/go.mod', 'module example.com/other\n\ngo 1.26\n'],
    ['app', 'build', 'the lowest toolchain', 'app/go.mod', 'module example.com/app\n\ngo 1.27\n'],
    ['app', 'build', 'the go.work', 'go.work', 'go 1.26\nuse ./lib\n'],
    ['app', 'build', 'tags', 'app/tagged.go', '//go:build extra\n\npackage main\n'],
    ['app', 'build', 'headers', 'app/c.go', 'package main\n\n// #include "../rs/rs.h"\nimport "C"\n'],
    ['app', 'build', 'what C sources include', 'app/f.c', '#include "../rs/rs.h"\n'],
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
    ['lib', 'lint', 'a link that is allowed', 'grout.toml', `${RULES}${allowing('lib', 'rs')}`],
    ['lib', 'lint', 'how loud lint is of links', 'grout.toml', '[lint]\nbare-cgo-link = "off"\n'],
    ['lib', 'lint', 'a bridge', 'grout.toml', '[bridges.x]\ndirectory = "x"\n'],
    ['app', 'lint', 'an entry for a link that is not there', 'grout.toml', `${RULES}${allowing('app', 'rs')}`],
    ['lib', 'lint', 'the lines that link', 'lib/lib.go', 'package lib\n'],
    [
      'lib',
      'lint',
      'the name of what is linked',
      'rs/Cargo.toml',
      (WORKSPACE['rs/Cargo.toml'] ?? '').replace('staticlib', 'rlib'),
    ],
  ])('%s:%s: %s', (root, target, _fact, file, text) => {
    const before = stateOf(WORKSPACE, root, target);
    const after = stateOf({ ...WORKSPACE, [file]: text }, root, target);
    expect(after.facts).not.toBe(before.facts);
    expect([before, after].some((state) => covers(state, root, file))).toBe(true);
  });

  it('but for a new command: with it the targets are others', () => {
    const before = stateOf(WORKSPACE, 'app', 'build');
    const after = stateOf({ ...WORKSPACE, 'app/cmd/more/main.go': 'package main\n' }, 'app', 'build');
    expect(after.facts).not.toBe(before.facts);
    expect(before.configuration.executor).toBe('nx-grout:go-build');
    expect(after.configuration.dependsOn).toEqual([
      { target: 'build-app', params: 'forward' },
      { target: 'build-more', params: 'forward' },
    ]);
  });

  it('but for which crate a library name means: that is part of the targets themselves', () => {
    const before = stateOf(WORKSPACE, 'app', 'build');
    const twin = {
      'twin/Cargo.toml': '[package]\nname = "rs"\n[lib]\ncrate-type = ["staticlib"]\n',
      'twin/src/lib.rs': '',
    };
    const after = stateOf({ ...WORKSPACE, ...twin }, 'app', 'build');
    expect(after.facts).not.toBe(before.facts);
    expect(covers(after, 'app', 'twin/Cargo.toml')).toBe(false);
    expect(after.configuration.dependsOn).not.toEqual(before.configuration.dependsOn);
    expect(after.configuration.inputs).not.toEqual(before.configuration.inputs);
  });
});
