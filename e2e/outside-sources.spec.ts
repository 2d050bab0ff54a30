import { copyFileSync, symlinkSync } from 'node:fs';
import { cargoLock } from './fixtures/manifests.js';
import { nxFiles, removeWorkspaces, Workspace, type Files } from './harness/workspace.js';

/** A crate with a module that is a symbolic link. */
const CRATE: Files = {
  'tool/Cargo.toml': '[package]\nname = "tool"\nversion = "0.1.0"\nedition = "2021"\n',
  'tool/Cargo.lock': cargoLock({ tool: [] }),
  'tool/src/main.rs': 'mod linked;\n\nfn main() {\n    println!("{}", linked::VALUE);\n}\n',
  'shared/linked.rs': 'pub const VALUE: u64 = 5;\n',
};

/** A program made of what neither go nor Nx takes for a part of it: each of the numbers that it prints comes from one. */
const PROGRAM: Files = {
  'prog/go.mod': 'module example.com/prog\n\ngo 1.26\n',
  'prog/cmd/prog/main.go': `package main

/*
#cgo LDFLAGS: -L\${SRCDIR}/../../lib -lpre
#include "../../impl/impl.c"
int header(void);
int committed(void);
*/
import "C"
import (
	"fmt"

	"example.com/prog/asm"
)

func main() { fmt.Println(C.included(), C.header(), C.committed(), asm.Value(), linked) }
`,
  'prog/cmd/prog/header.c': '#include "../../deep/deep.h"\nint header(void) { return DEEP; }\n',
  'prog/impl/impl.c': 'static int included(void) { return 1; }\n',
  'prog/deep/deep.h': '#include "../../shared/shared.h"\n',
  'shared/shared.h': '#define DEEP 2\n',
  'shared/linked.go': 'package main\n\nconst linked = 5\n',
  'prog/asm/asm.go': 'package asm\n\nfunc Value() int\n',
  'prog/asm/asm_amd64.s':
    '#include "inc/value.h"\n\nTEXT ·Value(SB), 4, $0-8\n\tMOVQ $VALUE, AX\n\tMOVQ AX, ret+0(FP)\n\tRET\n',
  'prog/asm/asm_arm64.s':
    '#include "inc/value.h"\n\nTEXT ·Value(SB), 4, $0-8\n\tMOVD $VALUE, R0\n\tMOVD R0, ret+0(FP)\n\tRET\n',
  'prog/asm/inc/value.h': '#define VALUE 4\n',
  'made/three.c': 'int committed(void) { return 3; }\n',
  'made/six.c': 'int committed(void) { return 6; }\n',
};

describe('sources that a build takes in from elsewhere', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create({ ...nxFiles(), ...PROGRAM, ...CRATE, 'prog/lib/libpre.a': '' });
    for (const name of ['three', 'six']) {
      const [object, archive] = [`made/${name}.o`, `made/lib${name}.a`];
      expect(await workspace.run('cc', ['-c', `made/${name}.c`, '-o', object])).toMatchObject({ exitCode: 0 });
      expect(await workspace.run('ar', ['rc', archive, object])).toMatchObject({ exitCode: 0 });
    }
    commitLibrary('three');
    symlinkSync('../../../shared/linked.go', workspace.path('prog/cmd/prog/linked.go'));
    symlinkSync('../../shared/linked.rs', workspace.path('tool/src/linked.rs'));
    await workspace.commit('begin');
    expect(await workspace.nx(['run-many', '-t', 'build'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.print('dist/prog/prog')).toBe('1 2 3 4 5');
  }, 300_000);
  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '.');
  });
  afterAll(removeWorkspaces);

  function commitLibrary(name: string): void {
    copyFileSync(workspace.path(`made/lib${name}.a`), workspace.path('prog/lib/libpre.a'));
  }

  /** Holds that the program, of Go unless said otherwise, is affected, is built again and prints the new value. */
  async function showsChange(prints: string, project = 'prog'): Promise<void> {
    const affected = await workspace.nx(['show', 'projects', '--affected', '--base=HEAD', '-t', 'build']);
    expect(affected.output.split('\n')).toContain(project);
    const run = await workspace.nx(['build', project]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toContain(`${project}:build`);
    expect(await workspace.print(`dist/${project}/${project}`)).toBe(prints);
  }

  it.each([
    ['a C file that a preamble includes', 'prog/impl/impl.c', ['return 1', 'return 7'], '7 2 3 4 5'],
    ['a header that a header includes from another folder', 'shared/shared.h', ['DEEP 2', 'DEEP 7'], '1 7 3 4 5'],
    ['a header of an assembler source', 'prog/asm/inc/value.h', ['VALUE 4', 'VALUE 7'], '1 2 3 7 5'],
    ['a file where a symbolic link leads', 'shared/linked.go', ['= 5', '= 7'], '1 2 3 4 7'],
  ] as const)(
    '%s',
    async (_what, file, [before, after], prints) => {
      workspace.edit(file, before, after);
      await showsChange(prints);
    },
    120_000,
  );

  it('a file where a symbolic link of a crate leads', async () => {
    workspace.edit('shared/linked.rs', '= 5', '= 7');
    await showsChange('7', 'tool');
  }, 120_000);

  it('a library that somebody committed', async () => {
    commitLibrary('six');
    await showsChange('1 2 6 4 5');
  }, 120_000);
});
