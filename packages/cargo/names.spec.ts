import { artifactFileNames, binaries, hasLibrary, libraryName, parseCargoManifest } from './index.js';
import type { CargoManifest } from './index.js';

function manifest(fields: string): CargoManifest {
  const { value } = parseCargoManifest('Cargo.toml', `[package]\nname = "my-app"\nedition = "2021"\n${fields}\n`);
  if (value === undefined) throw new Error(`broken fixture: ${fields}`);
  return value;
}

const VIRTUAL = parseCargoManifest('Cargo.toml', '[workspace]\n').value;

describe('libraryName and hasLibrary', () => {
  it('turns dashes of the package name into underscores', () => {
    expect(libraryName(manifest(''))).toBe('my_app');
    expect(libraryName(manifest('[lib]\nname = "core"'))).toBe('core');
  });

  it.each([
    ['', ['src/lib.rs'], true],
    ['', ['src/main.rs'], false],
    ['autolib = false', ['src/lib.rs'], false],
    ['[lib]\npath = "lib.rs"', ['lib.rs'], true],
  ])('%j with %j', (fields, files, wanted) => {
    expect(hasLibrary(manifest(fields), files)).toBe(wanted);
  });

  it('finds nothing in a virtual manifest', () => {
    expect(VIRTUAL && libraryName(VIRTUAL)).toBeUndefined();
    expect(VIRTUAL && hasLibrary(VIRTUAL, ['src/lib.rs'])).toBe(false);
    expect(VIRTUAL && binaries(VIRTUAL, ['src/main.rs'])).toEqual([]);
  });
});

describe('binaries', () => {
  const FILES = [
    'src/lib.rs',
    'src/main.rs',
    'src/bin/tool.rs',
    'src/bin/big-one/main.rs',
    'src/bin/big-one/part.rs',
    'src/bin/.hidden.rs',
    'src/bin/readme.md',
  ];

  it.each([
    ['discovers all', '', ['my-app src/main.rs', 'big-one src/bin/big-one/main.rs', 'tool src/bin/tool.rs']],
    [
      'finds the path of an explicit one',
      '[[bin]]\nname = "tool"',
      ['tool src/bin/tool.rs', 'my-app src/main.rs', 'big-one src/bin/big-one/main.rs'],
    ],
    [
      'lets an explicit one take a path',
      '[[bin]]\nname = "renamed"\npath = "./src/main.rs"',
      ['renamed ./src/main.rs', 'big-one src/bin/big-one/main.rs', 'tool src/bin/tool.rs'],
    ],
    ['honours autobins = false', 'autobins = false\n[[bin]]\nname = "tool"', ['tool src/bin/tool.rs']],
    ['keeps one whose file is missing', 'autobins = false\n[[bin]]\nname = "gone"', ['gone ']],
  ])('%s', (_lesson, fields, wanted) => {
    expect(binaries(manifest(fields), FILES).map(({ name, path }) => `${name} ${path ?? ''}`)).toEqual(wanted);
  });
});

describe('artifactFileNames', () => {
  it.each([
    ['[lib]\ncrate-type = ["staticlib", "rlib"]', ['src/lib.rs'], ['libmy_app.a', 'my_app.lib']],
    [
      '[lib]\nname = "core"\ncrate-type = ["cdylib"]',
      ['src/lib.rs'],
      ['libcore.so', 'libcore.dylib', 'core.dll', 'core.dll.lib', 'libcore.dll.a', 'core.wasm'],
    ],
    ['', ['src/lib.rs'], []],
    ['[lib]\nproc-macro = true', ['src/lib.rs'], []],
    ['[lib]\ncrate-type = ["constructor"]', ['src/lib.rs'], []],
    ['', ['src/main.rs'], ['my-app', 'my-app.exe', 'my-app.wasm']],
  ])('%j with %j gives %j', (fields, files, wanted) => {
    expect(artifactFileNames(manifest(fields), files)).toEqual(wanted);
  });
});
