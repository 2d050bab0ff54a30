import { cgoFile, goMod } from '#testing';
import { nodesOf } from '../testing/nodes-of.js';

type Texts = Readonly<Record<string, string>>;

/** Inputs of the package in g/cmd, by which all who import it follow its sources. */
function inputsOf(texts: Texts): string[] {
  const nodes = nodesOf({ 'g/go.mod': goMod('example.com/g'), 'g/cmd/main.go': cgoFile(''), ...texts });
  return (nodes['g']?.namedInputs?.['go:cmd'] ?? []).flatMap((input) => {
    if (typeof input === 'string') return [input];
    return 'fileset' in input ? [input.fileset] : [];
  });
}

/** Folders outside that count with their C and assembler sources. */
function foldersOf(texts: Texts): string[] {
  return inputsOf(texts).flatMap((input) => /^\{workspaceRoot\}\/(.*)\/\*\*\/\*\.\{/.exec(input)?.[1] ?? []);
}

/** Single files outside. */
function filesOf(texts: Texts): string[] {
  return inputsOf(texts).flatMap((input) => /^\{workspaceRoot\}\/([^*]*\*?)$/.exec(input)?.[1] ?? []);
}

describe('C sources that a package takes in from elsewhere', () => {
  it('are all of the folder that a preamble includes from: an included .c is compiled like a header', () => {
    const texts = { 'g/cmd/main.go': cgoFile('#include "../impl/impl.c"'), 'g/impl/impl.c': '' };
    expect(foldersOf(texts)).toEqual(['g/impl']);
    const glob = inputsOf(texts).find((input) => input.startsWith('{workspaceRoot}/g/impl/')) ?? '';
    for (const extension of ['c', 'h', 's', 'S', 'inc', 'm']) expect(glob).toMatch(new RegExp(`[{,]${extension}[,}]`));
  });

  it.each(['f.c', 'f.h', 'f.cc', 'f_amd64.s', 'f.S'])('are those that %s of the package includes', (name) => {
    const texts = { [`g/cmd/${name}`]: '  # include "../shared/x.h"\n', 'g/shared/x.h': '' };
    expect(foldersOf(texts)).toEqual(['g/shared']);
  });

  it('count without cgo: the assembler of Go includes as well', () => {
    const texts = {
      'g/cmd/main.go': 'package main\n',
      'g/cmd/f_amd64.s': '#include "inc/v.h"\n',
      'g/cmd/inc/v.h': '',
    };
    expect(foldersOf(texts)).toEqual(['g/cmd/inc']);
  });

  it('lead to others, across modules and projects', () => {
    const texts = {
      'g/cmd/main.go': cgoFile('#include "../one/a.h"'),
      'g/one/a.h': '#include "b.h"\n',
      'g/one/b.h': '#include "../../two/c.h"\n',
      'two/c.h': '#include "../three/d.h"\n#include "../g/one/a.h"\n',
      'three/d.h': '',
      'four/e.h': '#include "../five/f.h"\n',
      'five/f.h': '',
    };
    expect(foldersOf(texts).sort()).toEqual(['g/one', 'three', 'two']);
  });

  it('are looked for in the folders of -I too, which all files of the package share', () => {
    const texts = {
      'g/cmd/main.go': cgoFile('#cgo CFLAGS: -I${SRCDIR}/../third/include'),
      'g/cmd/f.c': '#include "../private/p.h"\n',
      'g/third/private/p.h': '',
    };
    expect(foldersOf(texts).sort()).toEqual(['g/third/include', 'g/third/private']);
  });

  it('include files of any name, and those that a flag forces in', () => {
    const texts = {
      'g/cmd/main.go': cgoFile('#cgo CFLAGS: -include ${SRCDIR}/../config/forced.def', '#include "table.def"'),
      'g/cmd/table.def': '',
      'g/config/forced.def': '',
      'g/cmd/f.S': '.incbin "data.bin"\n.incbin "not.there"\n',
      'g/cmd/data.bin': '',
    };
    expect(filesOf(texts).sort()).toEqual(['g/cmd/data.bin', 'g/cmd/table.def', 'g/config/forced.def']);
  });

  it('are none where a path leads to nothing: headers of the system', () => {
    expect(foldersOf({ 'g/cmd/f.c': '#include "openssl/ssl.h"\n#include "../../../out.h"\n' })).toEqual([]);
  });
});

describe('libraries that somebody committed', () => {
  it.each([
    ['${SRCDIR}/../lib/libpre.a', 'g/lib/libpre.a'],
    ['../lib/pre.o', 'g/lib/pre.o'],
    ['-Wl,--whole-archive,${SRCDIR}/../lib/libpre.a,--no-whole-archive', 'g/lib/libpre.a'],
    ['-Wl,--version-script=${SRCDIR}/../lib/exports.map', 'g/lib/exports.map'],
    ['-L${SRCDIR}/../lib -lpre', 'g/lib/libpre.a'],
    ['-L ${SRCDIR}/../lib -l pre', 'g/lib/libpre.so'],
    ['-L${SRCDIR}/../lib -lpre', 'g/lib/libpre.dylib'],
    ['-L${SRCDIR}/../lib -lpre', 'g/lib/pre.lib'],
    ['-L${SRCDIR}/../lib -l:odd.name', 'g/lib/odd.name'],
  ])('are inputs of the package that links them by %s: %s', (words, file) => {
    const texts = { 'g/cmd/main.go': cgoFile(`#cgo LDFLAGS: ${words}`), [file]: '', 'g/lib/libprefix.a': '' };
    // A shared library is often a link to one with a version behind its name.
    expect(filesOf(texts)).toEqual([file.endsWith('.so') ? `${file}*` : file]);
  });

  it('are found in a folder that another package of the module has the linker search', () => {
    const texts = {
      'g/cmd/main.go': cgoFile('#cgo LDFLAGS: -lpre'),
      'g/flags/flags.go': cgoFile('#cgo LDFLAGS: -L${SRCDIR}/../lib'),
      'g/lib/libpre.a': '',
    };
    expect(filesOf(texts)).toEqual(['g/lib/libpre.a']);
  });

  it('count in the folder of a package whatever names them', () => {
    const glob = inputsOf({}).find((input) => input.startsWith('{projectRoot}/cmd/*.{')) ?? '';
    for (const extension of ['a', 'so', 'dylib', 'lib', 'dll'])
      expect(glob).toMatch(new RegExp(`[{,]${extension}[,}]`));
  });

  it('are not those that a task makes', () => {
    const texts = {
      'g/cmd/main.go': cgoFile('#cgo LDFLAGS: -L${SRCDIR}/../../target/debug -lrs'),
      'rs/Cargo.toml': '[package]\nname = "rs"\n[lib]\ncrate-type = ["staticlib"]\n',
      'rs/src/lib.rs': '',
    };
    expect(filesOf(texts)).toEqual([]);
  });
});
