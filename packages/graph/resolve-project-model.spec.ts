import { modelOf } from '#testing';

const STATICLIB = '[lib]\ncrate-type = ["staticlib"]\n';
const crate = (name: string, rest = ''): string => `[package]\nname = "${name}"\nversion = "0.1.0"\n${rest}`;
const module = (path: string): string => `module ${path}\n\ngo 1.26\n`;
const cgoFile = (ldflags: string, constraint = ''): string =>
  `${constraint}package p\n\n/*\n#cgo LDFLAGS: ${ldflags}\n*/\nimport "C"\n`;

function edgesOf(texts: Record<string, string>): string[] {
  return modelOf(texts).edges.map((edge) => `${edge.from} -> ${edge.to} ${edge.kind}`);
}

function namesOf(
  texts: Record<string, string>,
  projectNames: 'manifest' | 'path' = 'manifest',
): Record<string, string> {
  return Object.fromEntries(modelOf(texts, { projectNames }).projects.map((project) => [project.root, project.name]));
}

describe('project names', () => {
  it('come from the manifest where they are unique, the version element of a module path left out', () => {
    expect(namesOf({ 'a/Cargo.toml': crate('core'), 'b/go.mod': module('example.com/x/api/v2') })).toEqual({
      a: 'core',
      b: 'api',
    });
  });

  it('fall back to the folder for every holder of a shared name, with a diagnostic that says how to pin', () => {
    const model = modelOf({ 'x/go/go.mod': module('example.com/x/go'), 'y/go/go.mod': module('example.com/y/go') });
    expect(model.projects.map(({ name }) => name)).toEqual(['x/go', 'y/go']);
    expect(model.diagnostics).toEqual([
      expect.objectContaining({
        code: 'graph/name-collision',
        span: expect.objectContaining({ file: 'x/go/go.mod', line: 1 }) as unknown,
        help: expect.stringContaining('project.json') as unknown,
      }),
    ]);
  });

  it('keep a pinned name and leave the other holder to its folder', () => {
    const texts = { 'a/Cargo.toml': crate('twin'), 'b/go.mod': module('example.com/twin') };
    expect(namesOf({ ...texts, 'a/project.json': '{"name": "first"}' })).toEqual({ a: 'first', b: 'twin' });
  });

  it('fall back until all are unique: a folder’s name is taken like any other', () => {
    const texts = {
      'core/Cargo.toml': crate('twin'),
      'b/Cargo.toml': crate('twin'),
      'c/Cargo.toml': crate('core'),
      'd/Cargo.toml': crate('c'),
      'e/Cargo.toml': crate('e'),
    };
    expect(namesOf(texts)).toEqual({ core: 'core', b: 'b', c: 'c', d: 'd', e: 'e' });
  });

  it('stay unique where a pinned name or a folder called root takes a path', () => {
    const texts = {
      'Cargo.toml': crate('same'),
      'root/go.mod': module('example.com/same'),
      'x/project.json': '{"name": "a/b"}',
      'a/b/Cargo.toml': crate('same'),
    };
    expect(namesOf(texts)).toEqual({ '.': 'root', root: 'root-2', 'a/b': 'a/b-2' });
    expect(namesOf({ ...texts, 'x/project.json': '{"name": "same"}' })['a/b']).toBe('a/b');
  });

  it('are always the folder in naming mode path', () => {
    expect(namesOf({ 'Cargo.toml': crate('r'), 'a/b/go.mod': module('example.com/x') }, 'path')).toEqual({
      '.': 'root',
      'a/b': 'a/b',
    });
  });
});

describe('crates', () => {
  it('depend on each other by path, by inherited path and by a patch with a path; kinds told apart', () => {
    expect(
      edgesOf({
        'Cargo.toml':
          '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\nb = { path = "b" }\n[patch.crates-io]\nc = { path = "c" }\n',
        'a/Cargo.toml': crate(
          'a',
          '[dependencies]\nb.workspace = true\nc = "1"\nrenamed = { path = "../d", package = "d" }\n[dev-dependencies]\ne = { path = "../e" }\n',
        ),
        'b/Cargo.toml': crate('b'),
        'c/Cargo.toml': crate('c'),
        'd/Cargo.toml': crate('d'),
        'e/Cargo.toml': crate('e'),
      }),
    ).toEqual([
      'a -> b cargo-dependency',
      'a -> c cargo-dependency',
      'a -> d cargo-dependency',
      'a -> e cargo-dev-dependency',
    ]);
  });

  it('run cargo in the folder of their Cargo workspace, an excluded one in its own', () => {
    const { projects } = modelOf({
      'Cargo.toml': '[workspace]\nmembers = ["in"]\nexclude = ["out"]\n',
      'in/Cargo.toml': crate('in'),
      'out/Cargo.toml': crate('out'),
    });
    expect(projects.map(({ rust }) => rust?.cargoWorkspace)).toEqual(['.', 'out']);
  });

  it('in testdata and vendor folders are data, unless a manifest names them', () => {
    const texts = { 'testdata/a/Cargo.toml': crate('a'), 'vendor/b/Cargo.toml': crate('b') };
    expect(namesOf(texts)).toEqual({});
    expect(namesOf({ ...texts, 'Cargo.toml': '[workspace]\nmembers = ["vendor/b"]\n' })).toEqual({ 'vendor/b': 'b' });
  });

  it('are members by a glob as well, wherever they lie; one that is excluded stays data', () => {
    const workspace = '[workspace]\nmembers = ["./third_party/*/"]\nexclude = ["third_party/c"]\n';
    const named = namesOf({
      'Cargo.toml': workspace,
      'third_party/a/Cargo.toml': crate('a'),
      'third_party/a/testdata/t/Cargo.toml': crate('t'),
      'third_party/c/Cargo.toml': crate('c'),
      'vendor/b/Cargo.toml': crate('b'),
    });
    expect(named).toEqual({ 'third_party/a': 'a' });
  });

  it('stay data where only data names them: a Cargo workspace or a crate in testdata', () => {
    const texts = {
      'testdata/Cargo.toml': `${crate('t')}[dependencies]\nd = { path = "../vendor/d" }\n[workspace]\nmembers = ["*"]\n`,
      'testdata/a/Cargo.toml': crate('a'),
      'vendor/d/Cargo.toml': crate('d'),
    };
    expect(namesOf(texts)).toEqual({});
    const naming = crate('n', '[dependencies]\nt = { path = "../testdata" }\n');
    const named = namesOf({ ...texts, 'n/Cargo.toml': naming });
    expect(named).toEqual({ n: 'n', testdata: 't', 'testdata/a': 'a', 'vendor/d': 'd' });
  });

  it('with a placeholder for a name are templates, and no projects', () => {
    const texts = { 'a/Cargo.toml': crate('a'), 'templates/t/Cargo.toml': crate('{{project-name}}') };
    expect(namesOf(texts)).toEqual({ a: 'a' });
  });

  it('above or beside a Cargo workspace are no members by a glob that looks below it', () => {
    const glob = '[workspace]\nmembers = ["*", "**/*"]\n';
    expect(namesOf({ 'x/Cargo.toml': glob, 'vendor/b/Cargo.toml': crate('b') })).toEqual({});
    const beside = '[workspace]\nmembers = ["../vendor/*"]\n';
    expect(namesOf({ 'x/Cargo.toml': beside, 'vendor/b/Cargo.toml': crate('b') })).toEqual({ 'vendor/b': 'b' });
  });

  it('are of the Cargo workspace that lists them by their own path, excluded or not', () => {
    const workspace = '[workspace]\nmembers = ["*", "both"]\nexclude = ["both", "glob"]\n';
    const texts = { 'both/Cargo.toml': crate('both'), 'glob/Cargo.toml': crate('glob') };
    const { projects } = modelOf({ 'Cargo.toml': workspace, ...texts });
    expect(projects.map(({ rust }) => rust?.cargoWorkspace)).toEqual(['.', 'glob']);
  });
});

describe('Go modules', () => {
  const work = 'go 1.26\nuse (\n\t./a\n\t./b\n)\n';
  const importing = (path: string): string => `package a\n\nimport _ "${path}"\n`;

  it('depend by imports on modules of the same go.work; a path that only begins alike is another module', () => {
    const texts = {
      'go.work': work,
      'a/go.mod': module('example.com/a'),
      'a/a.go': importing('example.com/b/inner'),
      'b/go.mod': module('example.com/b'),
    };
    expect(edgesOf(texts)).toEqual(['a -> b go-import']);
    expect(edgesOf({ ...texts, 'a/a.go': importing('example.com/bc') })).toEqual([]);
  });

  it('depend on a replaced folder without any go.work, and on nothing local when the import is a published version', () => {
    const texts = { 'a/a.go': importing('example.com/b'), 'b/go.mod': module('example.com/b') };
    expect(edgesOf({ ...texts, 'a/go.mod': `${module('example.com/a')}replace example.com/b => ../b\n` })).toEqual([
      'a -> b go-import',
    ]);
    expect(edgesOf({ ...texts, 'a/go.mod': module('example.com/a') })).toEqual([]);
  });

  it('outside a go.work are built with the replaces of the main module alone, for all modules that take part', () => {
    const replacing = (path: string, ...names: string[]): string =>
      module(`example.com/${path}`) + names.map((name) => `replace example.com/${name} => ../${name}\n`).join('');
    const model = modelOf({
      'app/go.mod': replacing('app', 'lib1', 'lib2'),
      'app/app.go': importing('example.com/lib1'),
      'lib1/go.mod': replacing('lib1'),
      'lib1/lib1.go': importing('example.com/lib2'),
      'lib2/go.mod': module('example.com/lib2'),
      'lib2/lib2.go': cgoFile('-lr'),
      'r/Cargo.toml': crate('r', STATICLIB),
      'r/src/lib.rs': '',
    });
    expect(model.edges.map((edge) => `${edge.from} -> ${edge.to} ${edge.evidence.file}`)).toEqual([
      'app -> lib1 app/app.go',
      'app -> lib2 lib1/lib1.go',
      'lib2 -> r lib2/lib2.go',
    ]);
    const goOf = (root: string) => model.projects.find((project) => project.root === root)?.go;
    expect(goOf('app')).toMatchObject({ imports: ['lib1', 'lib2'], linkedCrates: ['r'] });
    expect(goOf('lib1')).toMatchObject({ imports: [], linkedCrates: [] });
  });

  it('do not take over the replaces of a module that is only imported', () => {
    const texts = {
      'app/go.mod': `${module('example.com/app')}replace example.com/lib => ../lib\n`,
      'app/app.go': importing('example.com/lib'),
      'lib/go.mod': `${module('example.com/lib')}replace example.com/x => ../fork\n`,
      'lib/lib.go': importing('example.com/x'),
      'fork/go.mod': module('example.com/x'),
      'fork/x.go': cgoFile('-lr'),
      'r/Cargo.toml': crate('r', STATICLIB),
      'r/src/lib.rs': '',
    };
    const goOf = (root: string) => modelOf(texts).projects.find((project) => project.root === root)?.go;
    expect([goOf('app')?.linkedCrates, goOf('lib')?.linkedCrates]).toEqual([[], ['r']]);
  });

  it('of one go.work share its replaces and those of all its modules', () => {
    const texts = {
      'go.work': `${work}replace example.com/w => ./w\n`,
      'a/go.mod': module('example.com/a'),
      'a/a.go': 'package a\n\nimport (\n\t_ "example.com/w"\n\t_ "example.com/x/y"\n)\n',
      'b/go.mod': `${module('example.com/b')}replace example.com/x => ../third_party/x\n`,
      'w/go.mod': module('example.com/w'),
      'third_party/x/go.mod': module('example.com/x'),
    };
    expect(edgesOf(texts)).toEqual(['a -> w go-import', 'a -> third_party/x go-import']);
  });

  it('in third_party and vendor folders are data, unless a replace of a real module leads there', () => {
    const texts = {
      'third_party/x/go.mod': `${module('example.com/x')}replace example.com/y => ../y\n`,
      'third_party/y/go.mod': module('example.com/y'),
      'a/a.go': importing('example.com/x'),
    };
    expect(namesOf(texts)).toEqual({});
    const replaced = { ...texts, 'a/go.mod': `${module('example.com/a')}replace example.com/x => ../third_party/x\n` };
    expect(namesOf(replaced)).toEqual({ a: 'a', 'third_party/x': 'x', 'third_party/y': 'y' });
    expect(edgesOf(replaced)).toEqual(['a -> third_party/x go-import']);
  });

  it('take test imports as weaker edges that link nothing into the build', () => {
    const { edges, projects } = modelOf({
      'go.work': work,
      'a/go.mod': module('example.com/a'),
      'a/a_test.go': importing('example.com/b'),
      'b/go.mod': module('example.com/b'),
      'b/b.go': cgoFile('-lr'),
      'r/Cargo.toml': crate('r', STATICLIB),
      'r/src/lib.rs': '',
    });
    expect(edges.map(({ kind }) => kind)).toEqual(['go-test-import', 'cgo-link']);
    const a = projects.find(({ root }) => root === 'a')?.go;
    expect([a?.linkedCrates, a?.testLinkedCrates]).toEqual([[], ['r']]);
  });

  it('know their commands by folder and by the name go gives them', () => {
    const { projects } = modelOf({
      'a/go.mod': module('example.com/tool/v3'),
      'a/main.go': 'package main\n',
      'a/cmd/extra/main.go': 'package main\n',
      'a/gen.go': '//go:build ignore\n\npackage main\n',
      'a/testdata/x/main.go': 'package main\n',
    });
    expect(projects[0]?.go?.mains).toEqual([
      { folder: '.', name: 'tool', linkedCrates: [] },
      { folder: 'cmd/extra', name: 'extra', linkedCrates: [] },
    ]);
  });
});

it.each([
  ['folders of one name', ['x/srv', 'y/srv'], ['x-srv', 'y-srv']],
  ['folders that spell each other', ['cmd/a', 'cmd-a', 'x/a'], ['tool--cmd-a', 'tool--cmd--a', 'x-a']],
  ['a folder that is called like the module', ['.', 'tool'], ['tool', 'tool--tool']],
])('commands keep names of their own: %s', (_, folders, names) => {
  const texts = Object.fromEntries(
    folders.map((folder) => [`m/${folder}/main.go`.replace('/./', '/'), 'package main\n']),
  );
  const { projects } = modelOf({ 'm/go.mod': module('example.com/tool'), ...texts });
  const found = projects[0]?.go?.mains.map(({ name }) => name) ?? [];
  expect(new Set(found)).toEqual(new Set(names));
  expect(found).toHaveLength(folders.length);
});

describe('cgo links', () => {
  const rust = { 'rs/Cargo.toml': crate('rs-core', STATICLIB), 'rs/src/lib.rs': '' };
  const linked = (ldflags: string, more: Record<string, string> = {}): string[] =>
    edgesOf({ 'g/go.mod': module('example.com/g'), 'g/g.go': cgoFile(ldflags), ...rust, ...more });

  it.each([
    ['-lrs_core'],
    ['-l:librs_core.a'],
    ['-L${SRCDIR}/../target/release -lrs_core -lm'],
    ['${SRCDIR}/../target/debug/librs_core.a'],
    ['${SRCDIR}/../dist/rs/librs_core.a'],
  ])('are drawn for %s', (ldflags) => {
    expect(linked(ldflags)).toEqual(['g -> rs cgo-link']);
  });

  it.each([['-lrs'], ['-lrs_core_tools'], ['-lm'], ['-L../rs_core']])('are not drawn for %s', (ldflags) => {
    expect(linked(ldflags)).toEqual([]);
  });

  it('are not drawn to a crate that makes no library for others', () => {
    expect(linked('-lrs_core', { 'rs/Cargo.toml': crate('rs-core') })).toEqual([]);
  });

  it('are decided by the path between crates of one library name, and reported when it does not decide', () => {
    const twin = { 'old/Cargo.toml': `${crate('rs-core', STATICLIB)}\n[workspace]\n`, 'old/src/lib.rs': '' };
    expect(linked('${SRCDIR}/../old/target/debug/librs_core.a', twin)).toEqual(['g -> old cgo-link']);
    const model = modelOf({ 'g/go.mod': module('example.com/g'), 'g/g.go': cgoFile('-lrs_core'), ...rust, ...twin });
    expect(model.edges).toEqual([]);
    expect(model.diagnostics.map(({ code }) => code)).toContain('graph/ambiguous-library');
  });

  it('come with the folders that headers may be taken from, within the workspace', () => {
    const text =
      'package g\n\n/*\n#cgo CFLAGS: -I${SRCDIR}/../rs/include -I ${SRCDIR}/c -I/usr/include -I${SRCDIR}\n#include "../api/x.h"\n#include "g.h"\n#include <stdio.h>\n*/\nimport "C"\n';
    const { projects } = modelOf({ 'g/go.mod': module('example.com/g'), 'g/g.go': text });
    expect(projects[0]?.go?.cgoInputs).toEqual([
      { file: 'g/g.go', isFolder: true, path: 'rs/include' },
      { file: 'g/g.go', isFolder: true, path: 'g/c' },
      { file: 'g/g.go', isFolder: true, path: 'api' },
    ]);
  });

  it('go away for the mock only where every linking file does', () => {
    const mockable = (constraint: string): boolean | undefined =>
      modelOf({
        'g/go.mod': module('example.com/g'),
        'g/g.go': cgoFile('-lrs_core', constraint),
        ...rust,
      }).projects.find(({ root }) => root === 'g')?.go?.mockable;
    expect([mockable('//go:build cgo && !grout_mock\n\n'), mockable('//go:build cgo\n\n'), mockable('')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

it('makes one project of a crate and a module in one folder, with no edge to itself', () => {
  const { projects, edges } = modelOf({
    'x/Cargo.toml': crate('x', STATICLIB),
    'x/src/lib.rs': '',
    'x/go.mod': module('example.com/x'),
    'x/x.go': cgoFile('-lx'),
  });
  expect(projects.map(({ name, rust, go }) => [name, rust?.package, go?.linkedCrates])).toEqual([['x', 'x', ['x']]]);
  expect(edges).toEqual([]);
});

it('keeps an edge that builds need where tests need it by another line as well', () => {
  const run = '//go:generate cargo run --manifest-path ../rs/Cargo.toml\n';
  const { edges } = modelOf({
    'rs/Cargo.toml': crate('rs'),
    'rs/src/main.rs': '',
    'g/go.mod': module('example.com/g'),
    'g/a_test.go': `package g\n\n${run}`,
    'g/b.go': `package g\n\n${run}`,
  });
  expect(edges.map(({ kind, evidence, testOnly }) => [kind, evidence.file, testOnly])).toEqual([
    ['go-generate', 'g/b.go', undefined],
  ]);
});
