import { workspacePath } from '#paths';
import { findSwitches, findUnsetTags } from '#graph';
import { cgoFile, crateToml, factsOf, goMod, modelOf } from '#testing';
import { explainForeignProject } from './explain-foreign-project.js';
import { explainProject } from './explain-project.js';
import { Needs, type NxGraph } from './needs.js';

type Texts = Readonly<Record<string, string>>;

const NO_GRAPH: NxGraph = { projects: [], dependencies: [] };

function explain(root: string, texts: Texts, graph = NO_GRAPH): string {
  const model = modelOf(texts);
  const project = model.projects.find((each) => each.root === root);
  if (project === undefined) throw new Error(`no project in ${root}`);
  const facts = factsOf(texts);
  const switches = findSwitches(facts, model.projects);
  const unset = findUnsetTags(switches, { rules: facts.featureRules, projects: model.projects, named: ['asked'] });
  const switching = { rules: facts.featureRules, switches, unset };
  return explainProject(project, { model, switching }, new Needs(model, graph));
}

const BRIDGE: Texts = {
  'go.work': 'go 1.26\nuse (\n./app\n./bridge\n./check\n)\n',
  'app/go.mod': goMod('example.com/app', 'require example.com/bridge v0.0.0\n'),
  'app/main.go': 'package main\n\nimport "example.com/bridge"\n',
  'app/main_test.go': 'package main\n\nimport "example.com/check"\n',
  'bridge/go.mod': goMod('example.com/bridge'),
  'bridge/bridge.go': cgoFile('#cgo LDFLAGS: -lffi'),
  'check/go.mod': goMod('example.com/check'),
  'check/check.go': 'package check\n',
  'ffi/Cargo.toml': crateToml('ffi', ['staticlib']),
  'ffi/src/lib.rs': 'const A: &str = include_str!("../../idl/a.txt");\n',
  'idl/a.txt': '',
};

it('says what a project is, needs and links, each with the line that shows it', () => {
  expect(explain('app', BRIDGE)).toBe(
    [
      'app (app) is the Go module example.com/app; it makes the command app',
      '',
      'app needs:',
      '  go-import       bridge (bridge)  app/main.go:3',
      '  go-test-import  check (check)    app/main_test.go:3  for its tests alone',
      '',
      'Who needs app: no other project',
      '',
      'Links:',
      '  ffi (ffi): app imports bridge (app/main.go:3), bridge links ffi (bridge/bridge.go:4)',
    ].join('\n'),
  );
});

it('says which features a project knows, and which tags nothing sets', () => {
  const texts = {
    ...BRIDGE,
    'bridge/simd.go': '//go:build simd_go\n\npackage bridge\n',
    'bridge/slip.go': '//go:build linux && (simd_og || asked)\n\npackage bridge\n',
    'bridge/by_hand.go': '//go:build integration\n\npackage bridge\n',
    'bridge/by_hand_test.go': '//go:build elsewhere\n\npackage bridge\n',
    'ffi/Cargo.toml': `${crateToml('ffi', ['staticlib'])}[features]\ndefault = []\navx = []\nsmall = []\n`,
    'grout.toml': '[features.simd]\ncargo = ["avx"]\ngo-tags = ["simd_go"]\ndefault = true\n',
  };
  expect(explain('bridge', texts)).toContain(
    [
      'Features:',
      '  simd   build tag simd_go (bridge/simd.go:1)  on by default',
      '  asked  build tag asked (bridge/slip.go:1)',
      '',
      'Build tags that nothing sets:',
      '  simd_og      bridge/slip.go:1     did you mean simd_go?',
      '  integration  bridge/by_hand.go:1',
    ].join('\n'),
  );
  expect(explain('ffi', texts)).toMatch(
    /Features:\n  simd +cargo feature avx \(ffi\/Cargo.toml:\d+\) +on by default\n  small +cargo feature small/,
  );
});

it('says who needs a project and what it reads from elsewhere', () => {
  const text = explain('ffi', BRIDGE);
  expect(text).toContain('is the crate ffi; it makes the library ffi (staticlib)\n\nffi needs: no other project');
  expect(text).toContain('Read from elsewhere:\n  include  idl/a.txt  ffi/src/lib.rs:1');
  expect(text).toContain('Who needs ffi:\n  cgo-link  bridge (bridge)  bridge/bridge.go:4');
});

it('says what each of several commands is made from', () => {
  const text = explain('m', {
    'm/go.mod': goMod('example.com/m'),
    'm/cmd/one/main.go': 'package main\n\nimport "example.com/m/internal/x"\n',
    'm/cmd/two/main.go': 'package main\n',
    'm/internal/x/x.go': 'package x\n',
  });
  expect(text).toContain(
    'Commands:\n  one (cmd/one): the packages cmd/one, internal/x of m\n  two (cmd/two): the packages cmd/two of m',
  );
});

it('tells edges apart that were left out since they would close a cycle', () => {
  const text = explain('a', {
    'a/Cargo.toml': crateToml('a', [], '[dev-dependencies]\nb = { path = "../b" }\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': crateToml('b', [], '[dependencies]\na = { path = "../a" }\n'),
    'b/src/lib.rs': '',
  });
  expect(text).toContain('a needs: no other project');
  expect(text).toMatch(
    /Left out of the graph, .*:\n {2}cargo-dev-dependency {2}b \(b\) {2}a\/Cargo.toml:6 {2}for its tests alone/,
  );
});

it('gives the words of whoever declared an edge', () => {
  const text = explain('a', {
    'grout.toml': '[[edges]]\nfrom = "a"\nto = "b"\nwhy = "loads it by name"\n',
    'a/Cargo.toml': crateToml('a'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': crateToml('b'),
    'b/src/lib.rs': '',
  });
  expect(text).toContain('  declared  b (b)  grout.toml:1  “loads it by name”');
});

describe('what other plugins make', () => {
  const web = { name: 'web', root: workspacePath('web'), targets: new Map([['bundle', []]]) };
  const graph = {
    projects: [web, { name: 'ffi', root: workspacePath('ffi'), targets: new Map() }],
    dependencies: [{ from: workspacePath('web'), to: workspacePath('ffi') }],
  };

  it('is shown with a project of ours as far as Nx knows it', () => {
    expect(explain('ffi', BRIDGE, graph)).toContain('nx        web (web)        as Nx knows');
  });

  it('is said to be foreign', () => {
    expect(explainForeignProject(web, new Needs(modelOf(BRIDGE), graph))).toBe(
      [
        'web (web) is neither a crate nor a Go module: nx-grout knows no more of it than Nx does',
        'Targets:\n  bundle',
        'web needs:\n  ffi',
        'Who needs web: no other project',
      ].join('\n\n'),
    );
  });
});
