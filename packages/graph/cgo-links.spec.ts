import { cgoFile, crateToml, factsOf, goMod } from '#testing';
import { resolveCgoLinks, type ModuleLinks } from './cgo-links.js';
import { resolveCrates } from './crates.js';
import { indexLibraries } from './libraries.js';
import { resolveModules } from './modules.js';
import type { BuildWorld } from './build-world.js';

const RUST = { 'rs/Cargo.toml': crateToml('rs-core', ['staticlib']), 'rs/src/lib.rs': '' };

/** What the module in g/ links, of the given workspace and the crate rs-core. */
function linksOf(texts: Record<string, string>, world: BuildWorld = {}): ModuleLinks {
  const facts = factsOf({ 'g/go.mod': goMod('example.com/g'), ...RUST, ...texts });
  const module = resolveModules(facts).get('g' as never);
  if (module === undefined) throw new Error('no module');
  return resolveCgoLinks(module, indexLibraries(resolveCrates(facts).crates.values()), world);
}

function words(ldflags: string, more: Record<string, string> = {}): (readonly string[])[] {
  return linksOf({ 'g/g.go': cgoFile(`#cgo LDFLAGS: ${ldflags}`), ...more }).links.map((link) => link.words);
}

describe('a file in the place of a crate in dist', () => {
  it('is the library of that crate, however it is called, with a warning', () => {
    const file = cgoFile('#cgo LDFLAGS: ${SRCDIR}/../dist/rs/libformer_name.a -lm');
    const { links, edges, diagnostics } = linksOf({ 'g/g.go': file });
    expect(links).toMatchObject([{ crate: 'rs', words: ['${SRCDIR}/../dist/rs/libformer_name.a'] }]);
    expect(edges).toMatchObject([{ from: 'g', to: 'rs', kind: 'cgo-link' }]);
    expect(diagnostics).toMatchObject([
      {
        code: 'graph/misnamed-library',
        severity: 'warning',
        message:
          '`${SRCDIR}/../dist/rs/libformer_name.a` is in the place of rs, whose library is called `rs_core`: builds link that one',
        span: { file: 'g/g.go', line: 4 },
      },
    ]);
  });

  it.each([
    '../dist/rs/deeper/libformer_name.a',
    '../dist/other/libformer_name.a',
    '../rs/libvendored.a',
    '-lformer_name',
  ])('is not meant by %s', (word) => {
    const { links, diagnostics } = linksOf({ 'g/g.go': cgoFile(`#cgo LDFLAGS: ${word}`) });
    expect([links, diagnostics]).toEqual([[], []]);
  });

  it('warns where its folder is searched for another library alone', () => {
    const searching = (more: string): unknown =>
      linksOf({ 'g/g.go': cgoFile('#cgo LDFLAGS: -L${SRCDIR}/../dist/rs ' + more) }).diagnostics;
    expect(searching('-lrs_core -lm')).toEqual([]);
    expect(searching('-lformer_name -lm')).toMatchObject([
      {
        code: 'graph/unnamed-library',
        message:
          '`-L${SRCDIR}/../dist/rs` is the place of rs, but no `-l` names its library: a change of the crate reaches no build of Go',
        help: expect.stringContaining('write -lrs_core') as string,
      },
    ]);
  });
});

describe('a link', () => {
  it.each([
    ['-lrs_core', ['-lrs_core']],
    ['-l rs_core -l m', ['-l', 'rs_core']],
    ['-l:librs_core.a', ['-l:librs_core.a']],
    ['./librs_core.a', ['./librs_core.a']],
    ['../target/debug/librs_core.so', ['../target/debug/librs_core.so']],
    ['librs_core.so.1.2', ['librs_core.so.1.2']],
    ['librs_core.dylib', ['librs_core.dylib']],
    ['rs_core.lib', ['rs_core.lib']],
    ['rs_core.dll', ['rs_core.dll']],
    ['librs_core.dll.a', ['librs_core.dll.a']],
    ['"-L${SRCDIR}/../target/my build" "-lrs_core"', ['-lrs_core']],
    ['-Wl,-Bstatic,-lrs_core,-Bdynamic -lm', ['-Wl,-Bstatic,-lrs_core,-Bdynamic']],
    ['-Wl,--whole-archive,../target/release/librs_core.a', ['-Wl,--whole-archive,../target/release/librs_core.a']],
    ['-force_load ${SRCDIR}/librs_core.a', ['${SRCDIR}/librs_core.a']],
    ['/src/target/release/librs_core.a', ['/src/target/release/librs_core.a']],
    ['-lrs_core.x86_64', ['-lrs_core.x86_64']],
    ['-lrs_core-x86_64-unknown-linux-gnu', ['-lrs_core-x86_64-unknown-linux-gnu']],
    ['-lrs_core_linux_arm64', ['-lrs_core_linux_arm64']],
    ['-lrs_core_ffi', ['-lrs_core_ffi']],
  ])('is found in %s', (ldflags, wanted) => {
    expect(words(ldflags)).toEqual([wanted]);
  });

  it.each([
    ['-lm'],
    ['-lrs'],
    ['-lrs_core_tools'],
    ['-lrs_core2'],
    ['-L../rs_core'],
    ['-L librs_core.a'],
    ['-lx/librs_core'],
    ['-Wl,-rpath,../target/release/librs_core.so'],
    ['-Wl,-soname,librs_core.so'],
    ['-Wl,--exclude-libs,librs_core.a'],
    ['/usr/lib/librs_core.a'],
    ['C:\\\\lib\\\\rs_core.lib'],
  ])('is not found in %s', (ldflags) => {
    expect(words(ldflags)).toEqual([]);
  });

  it.each([
    ['outside the preamble', `package p\n\n// #cgo LDFLAGS: -lrs_core\n\nimport "fmt"\n`],
    ['in a string', 'package p\n\nimport "C"\n\nvar s = `\n#cgo LDFLAGS: -lrs_core\n`\n'],
    ['in a comment of the preamble', cgoFile('// #cgo LDFLAGS: -lrs_core')],
    ['with compiler flags', cgoFile('#cgo CFLAGS: -lrs_core')],
    ['in a file that no build takes', `//go:build ignore\n\n${cgoFile('#cgo LDFLAGS: -lrs_core')}`],
    ['in a file for builds without cgo', `//go:build !cgo\n\n${cgoFile('#cgo LDFLAGS: -lrs_core')}`],
    ['on a line for another system than the file', `//go:build linux\n\n${cgoFile('#cgo windows LDFLAGS: -lrs_core')}`],
  ])('is not found %s', (_, text) => {
    expect(linksOf({ 'g/g.go': text }).links).toEqual([]);
  });

  it('leads from the package of the file, with the line that shows it', () => {
    const { edges } = linksOf({ 'g/in/x.go': cgoFile('#include <stdlib.h>', '#cgo LDFLAGS: -lm -lrs_core') });
    expect(edges).toEqual([
      {
        from: 'g',
        to: 'rs',
        kind: 'cgo-link',
        evidence: { file: 'g/in/x.go', line: 5, column: 1, endColumn: 28 },
        fromPackage: 'in',
      },
    ]);
  });

  it('with conditions counts where they can hold', () => {
    const file = cgoFile('#cgo linux,amd64 LDFLAGS: -lrs_core.x86_64', '#cgo darwin LDFLAGS: -lrs_core.arm64');
    const lines = (world: BuildWorld): number[] =>
      linksOf({ 'g/g.go': file }, world).links.map(({ span }) => span.line);
    expect(lines({})).toEqual([4, 5]);
    expect(lines({ platforms: [{ goos: 'darwin', goarch: 'arm64' }] })).toEqual([5]);
    expect(lines({ platforms: [{ goos: 'linux', goarch: 'arm64' }] })).toEqual([]);
  });

  it('goes to a crate only that makes a library for others', () => {
    for (const types of [[], ['rlib'], ['dylib'], ['proc-macro']]) {
      expect(words('-lrs_core', { 'rs/Cargo.toml': crateToml('rs-core', types) })).toEqual([]);
    }
    expect(words('-lrs_core', { 'rs/Cargo.toml': crateToml('rs-core', ['rlib', 'cdylib']) })).toHaveLength(1);
  });

  it('to a system library is none to a crate of that name without a library for others', () => {
    expect(words('-lz', { 'z/Cargo.toml': crateToml('z'), 'z/src/lib.rs': '' })).toEqual([]);
  });
});

describe('between crates of one library name', () => {
  const twin = {
    'old/Cargo.toml': crateToml('rs-core', ['staticlib'], '[workspace]\n'),
    'old/src/lib.rs': '',
    'Cargo.toml': '[workspace]\nmembers = ["rs"]\nexclude = ["old"]\n',
  };
  const chosen = (...files: string[]): string[] => {
    const texts = Object.fromEntries(files.map((text, index) => [`g/f${index}.go`, text]));
    const { links, diagnostics } = linksOf({ ...texts, ...twin });
    return [...links.map(({ crate }) => crate), ...diagnostics.map(({ code }) => code)];
  };

  it.each([
    ['${SRCDIR}/../old/target/debug/librs_core.a', 'old'],
    ['../target/debug/librs_core.a', 'rs'],
    ['../dist/rs/librs_core.a', 'rs'],
    ['-L${SRCDIR}/../old/target/release -lrs_core', 'old'],
    ['-L ../target/debug -L/usr/lib -lrs_core', 'rs'],
    ['-lrs_core', 'graph/ambiguous-library'],
    ['-L../target/debug -L../old/target/debug -lrs_core', 'graph/ambiguous-library'],
    ['./librs_core.a', 'graph/ambiguous-library'],
  ])('%s means %s', (ldflags, wanted) => {
    expect(chosen(cgoFile(`#cgo LDFLAGS: ${ldflags}`))).toEqual([wanted]);
  });

  it('search folders of another line or file of the package decide as well', () => {
    const link = cgoFile('#cgo LDFLAGS: -lrs_core');
    expect(chosen(cgoFile('#cgo LDFLAGS: -L../target/debug', '#cgo LDFLAGS: -lrs_core'))).toEqual(['rs']);
    expect(chosen(link, cgoFile('#cgo LDFLAGS: -L../old/target/debug'))).toEqual(['old']);
  });

  it('a suffix decides nothing', () => {
    expect(chosen(cgoFile('#cgo LDFLAGS: -L../target/debug -lrs_core.x86_64'))).toEqual([]);
  });
});
