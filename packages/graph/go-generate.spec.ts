import { crateToml, factsOf, goMod } from '#testing';
import type { BuildWorld } from './build-world.js';
import { resolveCrates } from './crates.js';
import { findGenerateSources } from './go-generate.js';
import { resolveModules } from './modules.js';

const bin = (name: string): string => crateToml(name, [], `[[bin]]\nname = "${name}-gen"\npath = "src/main.rs"\n`);

/** A Cargo workspace in rust/ with two crates, one of which a Go module lies in, and an orphan beside it. */
const RUST = {
  'rust/Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
  'rust/a/Cargo.toml': bin('a'),
  'rust/b/Cargo.toml': bin('b'),
  'tool/Cargo.toml': bin('tool'),
};

function sourcesOf(line: string, texts: Record<string, string> = {}, file = 'g/in/g.go', world: BuildWorld = {}) {
  const source = `package p\n\n//go:generate ${line}\n`;
  const module = { 'g/go.mod': goMod('example.com/g'), 'rust/a/go/go.mod': goMod('example.com/a') };
  const facts = factsOf({ ...module, ...RUST, [file]: source, ...texts });
  return findGenerateSources(facts, resolveCrates(facts).crates, resolveModules(facts), world);
}

const ran = (line: string, texts: Record<string, string> = {}, file?: string): string[] =>
  sourcesOf(line, texts, file).edges.map(({ to }) => to);

describe('a crate that //go:generate runs', () => {
  it.each([
    ['cargo run --manifest-path ../../tool/Cargo.toml', 'tool'],
    ['cargo run -q --manifest-path=../../rust/a/Cargo.toml -- x', 'rust/a'],
    ['cargo run --manifest-path ../../rust/Cargo.toml -p b', 'rust/b'],
    ['cargo run --manifest-path ../../rust/Cargo.toml --bin b-gen', 'rust/b'],
    ['cargo +nightly -Z unstable-options -C ../../rust run --package=b', 'rust/b'],
    ['cargo -C ../../tool build --release', 'tool'],
    ['sh -c "cd ../../rust && cargo run -pb"', 'rust/b'],
    ['sh -c "cd ../../rust/b && cargo run"', 'rust/b'],
    ['sh -c "cd $ROOT && cargo run -p b@0.1.0"', 'rust/b'],
    ['sh -c "cd $ROOT && cargo r --bin tool-gen"', 'tool'],
    ['env CARGO_TARGET_DIR=x cargo run --manifest-path ../../tool/Cargo.toml', 'tool'],
  ])('is found by `%s`', (line, wanted) => {
    expect(ran(line)).toEqual([wanted]);
  });

  it.each([
    ['cargo run', 'rust/a'],
    ['cargo run -p b', 'rust/b'],
    ['cargo run --bin a-gen', 'rust/a'],
    ['cargo run -p file:///x/rust/b#0.1.0', 'rust/b'],
    ['cargo run -p path+file:///x/rust/y#b@0.1.0', 'rust/b'],
  ])('is found from the crate around the module by `%s`', (line, wanted) => {
    expect(ran(line, {}, 'rust/a/go/g.go')).toEqual([wanted]);
  });

  it('may be the only one with a program in a virtual workspace', () => {
    const line = 'cargo run --manifest-path ../../rust/Cargo.toml';
    expect(ran(line)).toEqual([]);
    expect(ran(line, { 'rust/a/Cargo.toml': crateToml('a') })).toEqual(['rust/b']);
  });

  it.each([
    ['cargo run -p b'],
    ['cargo run --bin b-gen'],
    ['cargo run -p tool --manifest-path ../../rust/Cargo.toml'],
    ['cargo run --manifest-path $MANIFEST'],
    ['cargo run --manifest-path ../../gone/Cargo.toml'],
    ['cargo fmt --manifest-path ../../tool/Cargo.toml'],
    ['cargo install --path ../../tool'],
    ['cargo --version'],
    ['cargo-run -p b --manifest-path ../../rust/Cargo.toml'],
    ['echo cargo run --manifest-path ../../tool/Cargo.toml'],
    ['docker run x cargo run --manifest-path ../../tool/Cargo.toml'],
    ['sh -c "cd $ROOT && cargo run"'],
  ])('is not found by `%s`', (line) => {
    expect(ran(line)).toEqual([]);
  });

  it('is not found in a comment that only begins alike, or in a file that go generate passes over', () => {
    const call = 'cargo run --manifest-path ../../tool/Cargo.toml';
    const texts = (text: string): Record<string, string> => ({ 'g/in/g.go': text });
    expect(
      ran('', texts(`package p\n\n// go:generate ${call}\n//go:generated ${call}\n\t//go:generate ${call}\n`)),
    ).toEqual([]);
    expect(ran('', texts(`//go:build ignore\n\npackage p\n\n//go:generate ${call}\n`))).toEqual([]);
  });

  it('gives an edge with its package and line; that of a test file is for tests', () => {
    const call = 'cargo run --manifest-path ../../tool/Cargo.toml';
    const edge = { from: 'g', to: 'tool', kind: 'go-generate', fromPackage: 'in' };
    const place = { line: 3, column: 1, endColumn: call.length + 15 };
    expect(sourcesOf(call).edges).toEqual([{ ...edge, evidence: { file: 'g/in/g.go', ...place } }]);
    expect(sourcesOf(call, {}, 'g/in/g_test.go').edges).toEqual([
      { ...edge, evidence: { file: 'g/in/g_test.go', ...place }, testOnly: true },
    ]);
  });

  it('may stand in a file with the tag generate, whatever tags builds set', () => {
    const text = '//go:build generate\n\npackage p\n\n//go:generate cargo run --manifest-path ../../tool/Cargo.toml\n';
    const { edges } = sourcesOf('', { 'g/in/g.go': text }, undefined, { tags: new Set() });
    expect(edges.map(({ to }) => to)).toEqual(['tool']);
  });
});

describe('a file that //go:generate names', () => {
  const files = { 'api/x.json': '', 'g/in/own.json': '', 'g/in/sub/y.json': '', 'g/gen.sh': '' };
  const named = (line: string): string[] => sourcesOf(line, files).outsideInputs.map(({ path }) => path);

  it.each([
    ['tool ../../api/x.json', ['api/x.json']],
    ['tool --in=../../api/x.json', ['api/x.json']],
    ['tool -in ../../api/x.json ../../api/x.json sub/y.json', ['api/x.json', 'g/in/sub/y.json']],
    ['../gen.sh', ['g/gen.sh']],
    ['sh ../gen.sh', ['g/gen.sh']],
    ['sh -c "cd ../.. && tool api/x.json > out.go"', ['api/x.json']],
    ['cargo run --manifest-path ../../tool/Cargo.toml -- ../../api/x.json', ['tool/Cargo.toml', 'api/x.json']],
  ])('is an input by `%s`', (line, wanted) => {
    expect(named(line)).toEqual(wanted);
  });

  it.each([
    ['tool own.json'],
    ['tool ../../api'],
    ['tool ../../api/gone.json'],
    ['tool ../../../api/x.json'],
    ['tool api/x.json'],
    ['tool $DIR/../../api/x.json'],
    ['sh -c "cd $ROOT && tool api/x.json"'],
  ])('is none by `%s`', (line) => {
    expect(named(line)).toEqual([]);
  });

  it('is an input of the package, with the line that names it', () => {
    expect(sourcesOf('tool ../../api/x.json', files).outsideInputs).toEqual([
      {
        from: 'g',
        path: 'api/x.json',
        isFolder: false,
        kind: 'generate',
        evidence: { file: 'g/in/g.go', line: 3, column: 1, endColumn: 36 },
        fromPackage: 'in',
      },
    ]);
  });
});
