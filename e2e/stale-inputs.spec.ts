import { cargoLock } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

const goMod = (name: string, ...replaced: string[]): string =>
  [
    `module example.com/${name}\n\ngo 1.26\n`,
    ...replaced.map((folder) => {
      const path = `example.com/${folder.replace('third_party/', '')}`;
      return `require ${path} v0.0.0\n\nreplace ${path} => ../${folder}\n`;
    }),
  ].join('\n');

/** A module whose packages lie in the folders of a crate and of a project.json; Nx gives their files to those. */
const NESTED: Files = {
  'host/go.mod': goMod('host'),
  'host/main.go': `package main

import (
	"fmt"

	"example.com/host/eng"
	"example.com/host/ui"
)

func main() { fmt.Println(eng.Value(), ui.Value) }
`,
  'host/eng/Cargo.toml':
    '[package]\nname = "eng"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["staticlib"]\n',
  'host/eng/Cargo.lock': cargoLock({ eng: [] }),
  'host/eng/src/lib.rs': '#[no_mangle]\npub extern "C" fn eng() -> u64 {\n    1\n}\n',
  'host/eng/b.go': `package eng

/*
#cgo LDFLAGS: -leng -lm -ldl -lpthread
#include <stdint.h>
uint64_t eng(void);
*/
import "C"

func Value() int { return 10 * int(C.eng()) }
`,
  'host/ui/project.json': '{ "name": "ui" }\n',
  'host/ui/ui.go': 'package ui\n\nconst Value = 3\n',
};

/** A program that gets two modules only by its own replaces, one of them in a third_party folder, and a header by another. */
const REPLACED: Files = {
  'app/go.mod': goMod('app', 'lib1', 'lib2', 'third_party/lib3'),
  'app/main.go': `package main

import (
	"fmt"

	"example.com/lib1"
	"example.com/lib3"
)

func main() { fmt.Println(lib1.Sum(), lib3.Value) }
`,
  'app/tools/go.mod': goMod('tools'),
  'app/tools/tools.go': 'package tools\n',
  'lib1/go.mod': 'module example.com/lib1\n\ngo 1.26\n\nrequire example.com/lib2 v0.0.0\n',
  'lib1/lib1.go': `package lib1

/*
#cgo CFLAGS: -I\${SRCDIR}/../shared/include
#include "offset.h"
*/
import "C"
import "example.com/lib2"

func Sum() int { return C.OFFSET + lib2.Value }
`,
  'lib2/go.mod': goMod('lib2'),
  'lib2/lib2.go': 'package lib2\n\nconst Value = 1\n',
  'shared/include/offset.h': '#define OFFSET 100\n',
  'third_party/lib3/go.mod': goMod('lib3'),
  'third_party/lib3/lib3.go': 'package lib3\n\nconst Value = 5\n',
};

const cargoToml = (name: string, version: string, dependencies = ''): string =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n[dependencies]\n${dependencies}`;

/** A program that gets a patched crate through one from outside, which here lies in a folder that stands for the registry. */
const PATCHED: Files = {
  'rs/Cargo.toml': `[workspace]
members = ["through", "apart"]
resolver = "2"

[patch.crates-io]
base = { path = "../third_party/base" }
`,
  'rs/.cargo/config.toml':
    '[source.crates-io]\nreplace-with = "vendored"\n\n[source.vendored]\ndirectory = "../vendor"\n',
  'rs/through/Cargo.toml': cargoToml('through', '0.1.0', 'middle = "1"\n'),
  'rs/through/src/main.rs': 'fn main() {\n    println!("{}", middle::value());\n}\n',
  'rs/apart/Cargo.toml': cargoToml('apart', '0.1.0'),
  'rs/apart/src/lib.rs': '',
  'vendor/middle/Cargo.toml': cargoToml('middle', '1.0.0', 'base = "1"\n'),
  'vendor/middle/src/lib.rs': 'pub fn value() -> u64 {\n    base::VALUE\n}\n',
  'vendor/middle/.cargo-checksum.json': '{"files":{},"package":"00"}\n',
  'third_party/base/Cargo.toml': `${cargoToml('base', '1.0.0')}\n[workspace]\n`,
  'third_party/base/src/lib.rs': 'pub const VALUE: u64 = 7;\n',
};

describe('inputs that a folder does not show', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create({ ...nxFiles(), ...NESTED, ...REPLACED, ...PATCHED });
    const locked = await workspace.run('cargo', [
      'generate-lockfile',
      '--offline',
      '--manifest-path',
      'rs/Cargo.toml',
      '--config',
      'rs/.cargo/config.toml',
    ]);
    expect(locked).toMatchObject({ exitCode: 0 });
    await workspace.commit('begin');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'host', 'app', 'through', 'apart']);
    expect(run).toMatchObject({ exitCode: 0 });
  }, 300_000);
  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '.');
  });
  afterAll(removeWorkspaces);

  /** Edits a file, and holds that the program is affected, is built again and prints the new value. */
  async function showsEdit(
    file: string,
    edit: readonly [string, string],
    project: string,
    prints: string,
  ): Promise<void> {
    workspace.edit(file, ...edit);
    const affected = await workspace.nx(['show', 'projects', '--affected', '--base=HEAD', '-t', 'build']);
    expect(affected.output.split('\n')).toContain(project);
    const run = await workspace.nx(['build', project]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toContain(`${project}:build`);
    const program = project === 'through' ? 'dist/rs/through/through' : `dist/${project}/${project}`;
    expect(await workspace.print(program)).toBe(prints);
  }

  it.each([
    ['a Go file in the folder of a crate', 'host/eng/b.go', ['10 *', '20 *'], 'host', '20 3'],
    ['a Go file in the folder of a project.json', 'host/ui/ui.go', ['= 3', '= 4'], 'host', '10 4'],
    ['a module by the replace of the main module alone', 'lib2/lib2.go', ['= 1', '= 2'], 'app', '102 5'],
    ['a replaced module in third_party', 'third_party/lib3/lib3.go', ['= 5', '= 6'], 'app', '101 6'],
    [
      'a header that an imported module takes from elsewhere',
      'shared/include/offset.h',
      ['100', '200'],
      'app',
      '201 5',
    ],
    ['a patched crate below one from outside', 'third_party/base/src/lib.rs', ['= 7', '= 8'], 'through', '8'],
  ] as const)('%s', (_what, file, edit, project, prints) => showsEdit(file, edit, project, prints), 120_000);

  it('a patch reaches no crate that the lockfile does not give it to', async () => {
    workspace.edit('third_party/base/src/lib.rs', '= 7', '= 9');
    const run = await workspace.nx(['build', 'apart']);
    expect(run).toMatchObject({ exitCode: 0, cached: ['apart:build'], ran: [] });
  }, 60_000);

  it('a module in the folder of another one that does not import it is no input', async () => {
    workspace.edit('app/tools/tools.go', 'package tools', 'package tools // edited');
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', '-p', 'app', 'tools']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.cached).toContain('app:build');
    expect(run.ran).toContain('tools:build');
  }, 60_000);
});
