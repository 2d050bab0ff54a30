import type { TargetConfiguration } from '@nx/devkit';
import { modelOf } from '#testing';
import { readPluginOptions, type PluginOptions } from './options.js';
import { inferTargets } from './targets.js';

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

function targetsOf(
  root: string,
  options: PluginOptions = {},
  texts: Record<string, string> = WORKSPACE,
): Record<string, TargetConfiguration> {
  const projects = new Map(modelOf(texts).projects.map((project) => [project.root, project]));
  const project = [...projects.values()].find((candidate) => candidate.root === root);
  if (project === undefined) throw new Error(`no project in ${root}`);
  const fingerprint = { command: (language: string, folder: string) => `fp ${language} ${folder}` };
  return inferTargets(project, { shape: readPluginOptions(options), projects, fingerprint });
}

describe('targets', () => {
  it('of a Go command: build, test, mock test, lint, run, watch', () => {
    expect(Object.keys(targetsOf('app')).sort()).toEqual(['build', 'lint', 'run', 'test', 'test-mock', 'watch']);
  });

  it('of a library crate have no run, and its outputs are exactly what can be linked', () => {
    const targets = targetsOf('rs');
    expect(targets['run']).toBeUndefined();
    expect(targets['build']?.outputs).toEqual(['{workspaceRoot}/dist/rs/librs.a', '{workspaceRoot}/dist/rs/rs.lib']);
  });

  it('wait for the crates that are linked through other modules, by name and with the options forwarded', () => {
    expect(targetsOf('app')['build']?.dependsOn).toEqual([{ projects: ['rs'], target: 'build', params: 'forward' }]);
    expect(targetsOf('app')['test-mock']?.dependsOn).toBeUndefined();
  });

  it('follow the bytes of linked libraries, not the Rust toolchain', () => {
    const inputs = JSON.stringify(targetsOf('app')['build']?.inputs);
    expect(inputs).toContain('dependentTasksOutputFiles');
    expect(inputs).not.toContain('fp rust');
    expect(JSON.stringify(targetsOf('app')['test-mock']?.inputs)).not.toContain('dependentTasksOutputFiles');
  });

  it('count embedded files and headers of other folders', () => {
    expect(targetsOf('app')['build']?.inputs).toContain('{workspaceRoot}/lib/data/*.txt');
    expect(targetsOf('lib')['build']?.inputs).toContain('{workspaceRoot}/rs/include/**/*.{h,hh,hpp,hxx,inc}');
  });

  it('leave tests out of a build: neither own nor of dependencies', () => {
    const inputs = targetsOf('app')['build']?.inputs ?? [];
    expect(inputs).toContain('{workspaceRoot}/app/**/!(*_test).go');
    expect(inputs).toContain('{workspaceRoot}/lib/**/!(*_test).go');
    expect(inputs).not.toContain('{workspaceRoot}/app/**/*');
    expect(targetsOf('app')['test']?.inputs).toContain('{workspaceRoot}/app/**/*');
  });

  it('of a module at the root leave out modules below that take no part, and keep those that do', () => {
    const texts = {
      'go.work': 'go 1.26\nuse .\nuse ./in\nuse ./out\n',
      'go.mod': 'module example.com/all\n',
      'all.go': 'package all\n\n// #include "headers/sub/x.h"\nimport "C"\nimport _ "example.com/in"\n',
      'in/go.mod': 'module example.com/in\n',
      'out/go.mod': 'module example.com/out\n',
      'headers/go.mod': 'module example.com/headers\n',
    };
    const inputs = targetsOf('.', {}, texts)['test']?.inputs ?? [];
    expect(inputs.filter((input) => typeof input === 'string' && input.startsWith('!'))).toEqual([
      '!{workspaceRoot}/out/**/*',
    ]);
    expect(inputs).not.toContain('{workspaceRoot}/**/*');
    expect(inputs).toContain('{workspaceRoot}/**/!(*_test).go');
  });

  it('take the headers of imported modules from where those take them', () => {
    expect(targetsOf('app')['build']?.inputs).toContain('{workspaceRoot}/rs/include/**/*.{h,hh,hpp,hxx,inc}');
  });

  it('take the profile that go optimizes by, and the variable that chooses a go.work', () => {
    const inputs = targetsOf('app')['build']?.inputs ?? [];
    expect(inputs).toContainEqual(expect.stringMatching(/^\{workspaceRoot\}\/app\/\*\*\/\*\.\{.*\bpgo\b.*\}$/));
    expect(inputs).toContainEqual({ env: 'GOWORK' });
  });

  it('take the configuration of rustup, cargo and clippy from every folder upwards, clippy’s for lint alone', () => {
    const texts = { 'a/Cargo.toml': '[workspace]\nmembers = ["b/c"]\n', 'a/b/c/Cargo.toml': '[package]\nname = "c"\n' };
    const { build, lint } = targetsOf('a/b/c', {}, texts);
    for (const folder of ['a/b/c/', 'a/b/', 'a/', '']) {
      expect(build?.inputs).toContain(`{workspaceRoot}/${folder}.cargo/config.toml`);
      expect(build?.inputs).toContain(`{workspaceRoot}/${folder}.cargo/config`);
      expect(build?.inputs).toContain(`{workspaceRoot}/${folder}rust-toolchain.toml`);
      expect(build?.inputs).not.toContain(`{workspaceRoot}/${folder}clippy.toml`);
      expect(lint?.inputs).toContain(`{workspaceRoot}/${folder}clippy.toml`);
      expect(lint?.inputs).toContain(`{workspaceRoot}/${folder}.clippy.toml`);
    }
    expect(build?.inputs).toContain('{workspaceRoot}/a/Cargo.lock');
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
    expect(targetsOf('app')['build']?.inputs).toContainEqual({ runtime: 'fp go .' });
    expect(targetsOf('rs')['build']?.inputs).toContainEqual({ runtime: 'fp rust rs' });
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
