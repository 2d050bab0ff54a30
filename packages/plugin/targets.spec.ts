import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { danglingInputs } from '../testing/dangling-inputs.js';
import { nodesOf } from '../testing/nodes-of.js';
import { readPluginOptions, type PluginOptions } from './options.js';

const STATICLIB = '[lib]\ncrate-type = ["staticlib"]\n';
const WORKSPACE = {
  'go.work': 'go 1.26\nuse ./app\nuse ./lib\n',
  'app/go.mod': 'module example.com/app\n',
  'app/main.go': 'package main\n\nimport _ "example.com/lib"\n',
  'lib/go.mod': 'module example.com/lib\n',
  'lib/lib.go':
    '//go:build !grout_mock\n\npackage lib\n\n/*\n#cgo CFLAGS: -I${SRCDIR}/../rs/include\n#cgo LDFLAGS: -lrs\n*/\nimport "C"\nimport _ "embed"\n\n//go:embed data/*.txt\nvar s string\n',
  'rs/Cargo.toml': `[package]\nname = "rs"\n${STATICLIB}`,
  'rs/src/lib.rs': '',
};

type Texts = Readonly<Record<string, string>>;

function nodeOf(root: string, options: PluginOptions = {}, texts: Texts = WORKSPACE): ProjectConfiguration {
  const node = nodesOf(texts, options)[root];
  if (node === undefined) throw new Error(`no project in ${root}`);
  return node;
}

function targetsOf(root: string, options?: PluginOptions, texts?: Texts): Record<string, TargetConfiguration> {
  return nodeOf(root, options, texts).targets ?? {};
}

describe('targets', () => {
  it('of a Go command: build, test, mock test, lint, run, watch', () => {
    expect(Object.keys(targetsOf('app')).sort()).toEqual(['build', 'lint', 'run', 'test', 'test-mock', 'watch']);
  });

  it('of a library crate have no run, and its outputs are exactly what can be linked', () => {
    const targets = targetsOf('rs');
    expect(targets['run']).toBeUndefined();
    expect(targets['build']?.outputs).toEqual([
      '{workspaceRoot}/dist/rs/librs.a',
      '{workspaceRoot}/dist/rs/rs.lib',
      '{workspaceRoot}/dist/rs/rs.system-libraries',
    ]);
  });

  it('wait for the crates that are linked through other modules, by name and with the options forwarded', () => {
    expect(targetsOf('app')['build']?.dependsOn).toEqual([{ projects: ['rs'], target: 'build', params: 'forward' }]);
    expect(targetsOf('app')['test-mock']?.dependsOn).toBeUndefined();
  });

  it('of a crate that links Go by a feature have a mock test that waits for nobody; of others that take Go in they have none', () => {
    const texts = {
      'score/go.mod': 'module example.com/score\n',
      'score/main.go': 'package main\n',
      'wrap/Cargo.toml': '[package]\nname = "wrap"\n[features]\ndefault = ["archive"]\narchive = []\n',
      'wrap/build.rs': 'fn main() { link(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist/score")); }\n',
      'wrap/src/lib.rs': '',
      'host/Cargo.toml': '[package]\nname = "host"\n[dependencies]\nwrap = { path = "../wrap" }\n',
      'host/src/main.rs': 'fn main() {}\n',
    };
    const { test, 'test-mock': mock } = targetsOf('wrap', {}, texts);
    expect(test?.dependsOn).toEqual([{ projects: ['score'], target: 'build', params: 'forward' }]);
    expect([mock?.dependsOn, mock?.options]).toEqual([undefined, { defaultFeatures: false }]);
    expect(JSON.stringify(mock?.inputs)).not.toContain('dependentTasksOutputFiles');
    expect(targetsOf('host', {}, texts)['test-mock']).toBeUndefined();
    const always = { ...texts, 'wrap/Cargo.toml': '[package]\nname = "wrap"\n' };
    expect(targetsOf('wrap', {}, always)['test-mock']).toBeUndefined();
  });

  it('follow the bytes of linked libraries, not the Rust toolchain', () => {
    const inputs = JSON.stringify(targetsOf('app')['build']?.inputs);
    expect(inputs).toContain('dependentTasksOutputFiles');
    expect(inputs).not.toContain('fingerprint rust');
    expect(JSON.stringify(targetsOf('app')['test-mock']?.inputs)).not.toContain('dependentTasksOutputFiles');
  });

  it('name what takes part by the project that owns it, each package by itself', () => {
    expect(targetsOf('app')['build']?.inputs).toContainEqual({ input: 'go:.', projects: ['app', 'lib'] });
    expect(targetsOf('app')['test']?.inputs).toContain('goTests');
    expect(nodeOf('app').namedInputs?.['goTests']).toContain('{projectRoot}/**/*');
    expect(targetsOf('app')['build']?.inputs).not.toContain('{projectRoot}/**/*');
  });

  it('look on the disk for a package that is imported and not in the index, such as generated code', () => {
    const texts = {
      'm/go.mod': 'module example.com/m\n',
      'm/m.go': 'package m\n\nimport (\n\t_ "example.com/m/broken"\n\t_ "example.com/m/gen"\n)\n',
      'm/broken/b.go': 'pakage broken\n',
    };
    const { targets = {}, namedInputs = {} } = nodeOf('m', {}, texts);
    expect(targets['build']?.inputs).toContainEqual({ input: 'go:gen', projects: ['m'] });
    expect(namedInputs['go:gen']).toEqual([{ fileset: '{projectRoot}/gen/*.go', includeIgnored: true }]);
    expect(namedInputs['go:broken']).toEqual([{ fileset: '{projectRoot}/broken/*.go', includeIgnored: true }]);
    expect(danglingInputs(Object.values(nodesOf(texts)))).toEqual([]);
  });

  it('of tests take in what these name beyond the module', () => {
    const texts = {
      'm/go.mod': 'module example.com/m\n',
      'm/a_test.go': 'package m\n\nvar a, b = read("../fixtures/f.json"), read("../gone.json")\n',
      'fixtures/f.json': '{}',
    };
    const { namedInputs = {} } = nodeOf('m', {}, texts);
    expect(namedInputs['goTests']).toContain('{workspaceRoot}/fixtures/f.json');
    expect(JSON.stringify(namedInputs)).not.toContain('gone');
    expect(namedInputs['go:.']).not.toContain('{workspaceRoot}/fixtures/f.json');
  });

  it('look on the disk for what git ignores: embedded output of a web build, headers that a build script writes', () => {
    const go = (rest: string): string => `package m\n\n${rest}`;
    const texts = {
      'm/go.mod': 'module example.com/m\n',
      'm/e.go': go('import _ "embed"\n\n//go:embed dist\n//go:embed page/{x}.html\nvar s string\n'),
      'm/c.go': go('// #cgo CFLAGS: -I${SRCDIR}/../gen -I${SRCDIR}/../kept\nimport "C"\n'),
      'm/page/{x}.html': '',
      'kept/k.h': '',
    };
    const inputs = nodeOf('m', {}, texts).namedInputs?.['go:.'] ?? [];
    const ignored = inputs.flatMap((input) => (typeof input === 'object' && 'fileset' in input ? [input.fileset] : []));
    expect(ignored).toEqual([
      '{workspaceRoot}/m/dist',
      '{workspaceRoot}/m/dist/**/*',
      expect.stringMatching(/^\{workspaceRoot\}\/gen\/\*\*\/\*\./),
    ]);
    expect(inputs).toContain('{workspaceRoot}/m/page/[{]x[}].html');
    expect(inputs).toContainEqual(expect.stringMatching(/^\{workspaceRoot\}\/kept\//));
  });

  it('take in a package that `./...` passes over where somebody imports it', () => {
    const texts = {
      'm/go.mod': 'module example.com/m\n',
      'm/m.go': 'package m\n\nimport _ "example.com/m/testdata/fixed"\n',
      'm/testdata/fixed/f.go': 'package fixed\n\nimport _ "example.com/m/third_party/forked"\n',
      'm/testdata/other/o.go': 'package other\n',
      'm/third_party/forked/f.go': 'package forked\n',
    };
    const folders = ['.', 'testdata/fixed', 'third_party/forked'];
    const inputs = targetsOf('m', {}, texts)['build']?.inputs ?? [];
    const packages = inputs.flatMap((input) => (typeof input === 'object' && 'projects' in input ? [input.input] : []));
    expect(packages).toEqual(folders.map((folder) => `go:${folder}`));
  });

  it('take the profile that go optimizes by, and the variable that chooses a go.work', () => {
    expect(nodeOf('app').namedInputs?.['go:.']).toContainEqual(
      expect.stringMatching(/^\{projectRoot\}\/\*\.\{.*\bpgo\b.*\}$/),
    );
    expect(nodeOf('app').namedInputs?.['goMachine']).toContainEqual({ env: 'GOWORK' });
  });

  it('take the configuration of rustup, cargo and clippy from every folder upwards, clippy’s for lint alone', () => {
    const texts = { 'a/Cargo.toml': '[workspace]\nmembers = ["b/c"]\n', 'a/b/c/Cargo.toml': '[package]\nname = "c"\n' };
    const { targets = {}, namedInputs = {} } = nodeOf('a/b/c', {}, texts);
    const { build, lint } = targets;
    const machine = namedInputs['rustMachine'];
    for (const folder of ['{projectRoot}', '{workspaceRoot}/a/b', '{workspaceRoot}/a', '{workspaceRoot}']) {
      expect(machine).toContain(`${folder}/.cargo/config*`);
      expect(machine).toContain(`${folder}/rust-toolchain*`);
      expect(build?.inputs).not.toContain(`${folder}/clippy.toml`);
      expect(lint?.inputs).toContain(`${folder}/clippy.toml`);
      expect(lint?.inputs).toContain(`${folder}/.clippy.toml`);
    }
    expect(build?.inputs).toContain('{workspaceRoot}/a/Cargo.lock');
  });

  it('name what they read above their folder alike for all crates beside each other: Nx looks for it once', () => {
    const texts = { 'a/x/Cargo.toml': '[package]\nname = "x"\n', 'a/y/Cargo.toml': '[package]\nname = "y"\n' };
    const files = (root: string): string[] =>
      (nodeOf(root, {}, texts).namedInputs?.['rustMachine'] ?? []).filter((input) => typeof input === 'string');
    expect(files('a/x')).toEqual(files('a/y'));
    expect(files('a/x')).toContain('{projectRoot}/rust-toolchain*');
  });

  it('of mock tests ask for the mock by an option of its own, so that --tags on the command line goes beside it', () => {
    expect(targetsOf('app')['test-mock']?.options).toEqual({ mock: true });
  });

  it('all name their external dependencies, or any lockfile bump would miss everything', () => {
    for (const [name, target] of [...Object.entries(targetsOf('app')), ...Object.entries(targetsOf('rs'))]) {
      if (target.cache === true)
        expect([name, target.inputs]).toEqual([name, expect.arrayContaining([{ externalDependencies: [] }])]);
    }
  });

  it('share one fingerprint between the modules of a Go workspace', () => {
    expect(nodeOf('app').namedInputs?.['goMachine']).toContainEqual({ runtime: 'fingerprint go .' });
    expect(nodeOf('rs').namedInputs?.['rustMachine']).toContainEqual({ runtime: 'fingerprint rust rs' });
  });

  it('of a folder with both languages are one per language and one over both', () => {
    const texts = {
      'x/Cargo.toml': `[package]\nname = "x"\n${STATICLIB}`,
      'x/src/lib.rs': '',
      'x/go.mod': 'module example.com/x\n',
      'x/x.go': 'package x\n\n// #cgo LDFLAGS: -lx\nimport "C"\n',
    };
    const targets = targetsOf('x', {}, texts);
    expect(targets['build-go']?.dependsOn).toEqual([{ target: 'build-rust', params: 'forward' }]);
    expect(targets['build']).toMatchObject({
      executor: 'nx:noop',
      dependsOn: [
        { target: 'build-rust', params: 'forward' },
        { target: 'build-go', params: 'forward' },
      ],
    });
  });
});

describe('outputs of a folder with both languages', () => {
  it('belong to one target each, also where the crate and the command have one name', () => {
    const targets = targetsOf(
      'x',
      {},
      {
        'x/Cargo.toml': `[package]\nname = "x"\n${STATICLIB}`,
        'x/src/lib.rs': '',
        'x/go.mod': 'module example.com/x\n',
        'x/main.go': 'package main\n',
      },
    );
    const ofRust = targets['build-rust']?.outputs ?? [];
    const ofGo = targets['build-go']?.outputs ?? [];
    expect(ofRust).toContain('{workspaceRoot}/dist/x/libx.a');
    expect(ofGo).toContain('{workspaceRoot}/dist/x/x');
    expect(ofGo.filter((output) => ofRust.includes(output))).toEqual([]);
    for (const name of ['build', 'test', 'lint']) expect([name, targets[name]?.outputs]).toEqual([name, []]);
  });
});

describe('plugin options', () => {
  it('rename, reshape and drop targets; dependencies follow the new name', () => {
    const targets = targetsOf('app', {
      buildTargetName: 'compile',
      testTargetName: { targetName: 'unit', cache: false },
      lintTargetName: false,
    });
    expect(targets['compile']?.dependsOn).toEqual([{ projects: ['rs'], target: 'compile', params: 'forward' }]);
    expect(targets['unit']).toMatchObject({ executor: 'nx-grout:go-test', cache: false });
    expect(targets['lint']).toBeUndefined();
  });

  it('that do not exist are refused with a guess', () => {
    expect(() => readPluginOptions({ buildTargetNam: 'x' } as PluginOptions)).toThrow('did you mean `buildTargetName`');
    expect(() => readPluginOptions({ projectNames: 'folder' } as unknown as PluginOptions)).toThrow(
      '"manifest" or "path"',
    );
  });
});
