import { crateToml, factsOf, goMod } from '#testing';
import { readGraphSettings } from './graph-settings.js';
import { resolveProjectModel } from './resolve-project-model.js';

const FILES = {
  'g/go.mod': goMod('example.com/g'),
  'g/cmd/main.go': 'package main\n\n// #include "../c/x.h"\nimport "C"\n',
  'g/c/x.h': '',
  'rs/Cargo.toml': crateToml('rs', ['rlib']),
  'rs/src/lib.rs': '',
  'common/shared.go': 'package main\n\nimport _ "example.com/g/needed"\n',
  'g/needed/n.go': 'package needed\n',
  'common/shared.rs': '',
  'common/shared.c': '',
};

/** What a link in the workspace makes an input besides itself. */
function inputsOf(links: Readonly<Record<string, string>>): unknown[] {
  const { outsideInputs, packages } = resolveProjectModel(factsOf(FILES, links), readGraphSettings({}).value);
  const inputs = outsideInputs.map(({ from, fromPackage, path, testOnly }) => [from, fromPackage, path, testOnly]);
  const files = packages.get('g' as never)?.flatMap((each) => each.files.map((path) => ['g', each.folder, path])) ?? [];
  return [...inputs, ...files];
}

describe('a source that is a symbolic link', () => {
  it('in a Go package makes what it leads to an input of the package', () => {
    expect(inputsOf({ 'g/cmd/shared.go': 'common/shared.go' })).toEqual([['g', 'cmd', 'common/shared.go', undefined]]);
    expect(inputsOf({ 'g/cmd/shared.c': 'common/shared.c' })).toEqual([['g', 'cmd', 'common/shared.c', undefined]]);
  });

  it('in a test counts for tests', () => {
    expect(inputsOf({ 'g/cmd/shared_test.go': 'common/shared.go' })).toEqual([['g', 'cmd', 'common/shared.go', true]]);
  });

  it('in a folder that is included counts for the packages that include', () => {
    expect(inputsOf({ 'g/c/shared.c': 'common/shared.c' })).toEqual([['g', 'cmd', 'common/shared.c']]);
  });

  it('in a crate makes what it leads to an input of the crate, or of its tests', () => {
    expect(inputsOf({ 'rs/src/shared.rs': 'common/shared.rs' })).toEqual([
      ['rs', undefined, 'common/shared.rs', undefined],
    ]);
    expect(inputsOf({ 'rs/tests/shared.rs': 'common/shared.rs' })).toEqual([
      ['rs', undefined, 'common/shared.rs', true],
    ]);
  });

  it('says what the file says to which it leads', () => {
    const { packages, participants } = resolveProjectModel(
      factsOf(FILES, { 'g/cmd/shared.go': 'common/shared.go' }),
      readGraphSettings({}).value,
    );
    expect(packages.get('g' as never)?.map(({ folder }) => folder)).toEqual(['cmd', 'needed']);
    expect(
      participants
        .get('g' as never)
        ?.commands.get('cmd')
        ?.packages.get('g' as never),
    ).toEqual(['cmd', 'needed']);
  });
});
