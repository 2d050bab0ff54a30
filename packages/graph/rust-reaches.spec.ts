import { workspacePath } from '#paths';
import { crateToml, factsOf, goMod } from '#testing';
import { resolveCrates } from './crates.js';
import { resolveModules } from './modules.js';
import { findRustReaches } from './rust-reaches.js';

type Texts = Readonly<Record<string, string>>;

const A: Texts = { 'crates/a/Cargo.toml': crateToml('a'), 'crates/a/src/lib.rs': '' };
const GO: Texts = {
  'go/go.mod': goMod('example.com/shop'),
  'go/shop.go': 'package shop\n',
  'go/cmd/x/main.go': 'package main\n',
  'go/README.md': '',
};

function reachesOf(texts: Texts, links: Readonly<Record<string, string>> = {}) {
  const folderLinks = new Map(Object.entries(links).map(([from, to]) => [workspacePath(from), workspacePath(to)]));
  const facts = { ...factsOf(texts), folderLinks };
  const found = findRustReaches(facts, resolveCrates(facts).crates, resolveModules(facts));
  return {
    edges: found.edges.map(({ from, to, toPackage, kind, testOnly, evidence }) =>
      [from, '->', to, toPackage ?? '*', kind, ...(testOnly === true ? ['test'] : []), place(evidence)].join(' '),
    ),
    inputs: found.outsideInputs.map(({ from, fromPackage, path, isFolder, kind, testOnly }) => {
      const reader = fromPackage === undefined ? from : `${from}:${fromPackage}`;
      return [reader, '<-', path, ...(isFolder ? ['folder'] : []), kind, ...(testOnly === true ? ['test'] : [])].join(
        ' ',
      );
    }),
    diagnostics: found.diagnostics.map(({ code, span }) => `${code} ${span?.file ?? ''}:${span?.line ?? 0}`),
  };
}

const place = ({ file, line }: { file: string; line: number }): string => `${file}:${line}`;

describe('files that sources take in', () => {
  const inputs = (texts: Texts): string[] => reachesOf({ ...A, ...texts }).inputs;

  it.each([
    ['beyond the crate', 'src/lib.rs', 'include_str!("../../../data/x.json")', 'data/x.json include'],
    ['of another crate', 'src/lib.rs', 'include_bytes!("../../b/src/x.bin")', 'crates/b/src/x.bin include'],
    [
      'from the manifest',
      'src/deep/m.rs',
      'include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/x.json"))',
      'data/x.json include',
    ],
    ['a module', 'src/lib.rs', '#[path = "../../../shared/util.rs"] mod util;', 'shared/util.rs include'],
    ['a README of its own', 'src/lib.rs', '#![doc = include_str!("../README.md")]', 'crates/a/README.md include'],
    [
      'a file of its tests',
      'src/lib.rs',
      'const A: &str = include_str!("../tests/data.txt");',
      'crates/a/tests/data.txt include',
    ],
    [
      'a folder',
      'src/lib.rs',
      'static D: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../data");',
      'data folder include',
    ],
    ['in tests only', 'tests/t.rs', 'include_str!("../../../data/x.json")', 'data/x.json include test'],
    [
      'in unit tests only',
      'src/lib.rs',
      '#[cfg(test)] mod t { const A: &str = include_str!("../../../data/x.json"); }',
      'data/x.json include test',
    ],
    [
      'a folder that tests walk',
      'tests/t.rs',
      'let d = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");',
      'data folder include test',
    ],
    ['when it runs, perhaps', 'src/lib.rs', 'File::open("../../data/x.json")', 'data/x.json include'],
    ['in a library file named build.rs', 'src/build.rs', 'let f = "../../data/x.json";', 'data/x.json include'],
  ])('%s', (_lesson, file, text, wanted) => {
    const found = inputs({
      [`crates/a/${file}`]: text,
      ...{ 'data/x.json': '', 'shared/util.rs': '', 'crates/a/README.md': '', 'crates/a/tests/data.txt': '' },
      ...{ 'crates/b/Cargo.toml': crateToml('b'), 'crates/b/src/x.bin': '' },
    });
    expect(found).toEqual([`crates/a <- ${wanted}`]);
  });

  it.each([
    ['that are its own', 'include_str!("x.sql"); include_str!("../migrations/y.sql");'],
    ['that do not exist', 'include_str!("../../../data/none.json"); File::open("../../none")'],
    ['outside the workspace', 'include_str!("../../../../x.json"); include_str!("/data/x.json")'],
    ['in comments', '// include_str!("../../../data/x.json")\n/// include_str!("../../../data/x.json")\nfn f() {}'],
    ['that only look like one', 'let u = "https://x.y/../../data/x.json"; let d = "../../data";'],
    ['that hold the crate', 'static D: Dir = include_dir!("$CARGO_MANIFEST_DIR/.."); let up = "../..";'],
  ])('none %s', (_lesson, text) => {
    const own = { 'crates/a/src/x.sql': '', 'crates/a/migrations/y.sql': '' };
    expect(inputs({ ...own, 'crates/a/src/lib.rs': text, 'data/x.json': '' })).toEqual([]);
  });

  it('counts a file in a project inside the crate, whose files are not the crate’s', () => {
    const inner = { 'crates/a/inner/Cargo.toml': crateToml('inner'), 'crates/a/inner/x.json': '' };
    expect(inputs({ ...inner, 'crates/a/src/lib.rs': 'include_str!("../inner/x.json")' })).toEqual([
      'crates/a <- crates/a/inner/x.json include',
    ]);
  });

  it('follows a source outside, and takes the folder of its modules', () => {
    const found = inputs({
      'crates/a/src/lib.rs': '#[path = "../../../shared/mod.rs"] mod shared;',
      'shared/mod.rs': 'mod sub; const A: &str = include_str!("../data/x.json");',
      ...{ 'shared/sub.rs': '', 'data/x.json': '' },
    });
    expect(found).toEqual([
      'crates/a <- shared/mod.rs include',
      'crates/a <- shared folder include',
      'crates/a <- data/x.json include',
    ]);
  });

  it('takes what a build needs over what tests need', () => {
    const text =
      '#[cfg(test)] const A: &str = include_str!("../../../x.json");\nconst B: &str = include_str!("../../../x.json");';
    expect(inputs({ 'crates/a/src/lib.rs': text, 'x.json': '' })).toEqual(['crates/a <- x.json include']);
  });

  it('takes the targets that Cargo.toml places elsewhere', () => {
    const manifest = crateToml(
      'a',
      [],
      '[lib]\npath = "../../shared/a.rs"\n[[bin]]\nname = "x"\npath = "examples/x.rs"\n',
    );
    const found = inputs({ 'crates/a/Cargo.toml': manifest, 'shared/a.rs': '', 'crates/a/examples/x.rs': '' });
    expect(found).toEqual(['crates/a <- shared folder include', 'crates/a <- crates/a/examples/x.rs include']);
  });

  it('leaves out the sources of a copy in vendor/, and does not give them to the crate around', () => {
    const vendored = { 'crates/a/vendor/v/Cargo.toml': crateToml('v'), 'data/x.json': '' };
    const text = { 'crates/a/vendor/v/src/lib.rs': 'include_str!("../../../../../data/x.json")' };
    expect(inputs({ ...vendored, ...text })).toEqual([]);
  });
});

describe('Go that a build script builds', () => {
  const edges = (script: string, more: Texts = {}): string[] =>
    reachesOf({ ...A, ...GO, 'crates/a/build.rs': script, ...more }).edges;

  it.each([
    ['Command::new("go").args(["build", "-buildmode=c-archive"]).current_dir("../../go");', 'go . c-archive'],
    [
      'Command::new("go").args(["build", "-buildmode=c-shared", "./cmd/x"]).current_dir("../../go");',
      'go cmd/x c-archive',
    ],
    ['Command::new("go").args(["build", "cmd/x/main.go"]).current_dir("../../go");', 'go cmd/x go-command'],
    ['Command::new("go").args(["build", "./..."]).current_dir("../../go");', 'go * go-command'],
    ['Command::new("go").args(["run", "example.com/shop/cmd/x"]);', 'go cmd/x go-command'],
    ['rust2go::Builder::new().with_go_src("../../go").build();', 'go . c-archive'],
    ['gobuild::Build::new().file("../../go/cmd/x/main.go").compile("x");', 'go cmd/x c-archive'],
    ['make("../../go"); } fn make(dir: &str) { Command::new("go").arg("build").current_dir(dir);', 'go . go-command'],
  ])('%s', (text, wanted) => {
    expect(edges(`fn main() { ${text} }`)).toEqual([`crates/a -> ${wanted} crates/a/build.rs:1`]);
  });

  it('finds it in the modules of the script, and in a script of another name', () => {
    const call = 'pub fn go() { Command::new("go").arg("build").current_dir("../../go"); }';
    const wanted = (file: string): string[] => [`crates/a -> go . go-command crates/a/${file}:1`];
    expect(edges('mod go;', { 'crates/a/go.rs': call })).toEqual(wanted('go.rs'));
    const named = { 'crates/a/Cargo.toml': crateToml('a').replace('edition', 'build = "ci/main.rs"\nedition') };
    expect(edges('', { ...named, 'crates/a/ci/main.rs': 'mod go;', 'crates/a/ci/go.rs': call })).toEqual(
      wanted('ci/go.rs'),
    );
  });

  it('draws one inside a folder that is crate and module', () => {
    const texts = { 'x/Cargo.toml': crateToml('x'), 'x/go.mod': goMod('example.com/x'), 'x/x.go': 'package main\n' };
    const script = { 'x/build.rs': 'Command::new("go").args(["build", "-buildmode=c-archive"])' };
    expect(reachesOf({ ...texts, ...script }).edges).toEqual(['x -> x . c-archive x/build.rs:1']);
  });

  it.each([
    ['a comment', '// Command::new("go").arg("build").current_dir("../../go")'],
    ['another program', 'Command::new("going").arg("build").current_dir("../../go");'],
    ['a command that reads no sources', 'Command::new("go").arg("version").current_dir("../../go");'],
    ['a folder without Go', 'Command::new("go").arg("build").current_dir("../../docs");'],
    ['the crate’s own folder, which holds no Go', 'Command::new("go").arg("build").status();'],
    ['a reader of Go files', 'let consts = parse_go("../../go/shop.go");'],
    ['a builder of something else', 'cc::Build::new().file("../../go/x.c"); f("../../go");'],
  ])('none for %s', (_lesson, text) => {
    expect(edges(`fn main() { ${text} }`, { 'docs/x.md': '' })).toEqual([]);
  });

  it('draws none for a library file named build.rs', () => {
    const library = {
      'crates/a/src/build.rs': 'rust2go::Builder::new().with_go_src("../../go"); f("-buildmode=c-archive")',
    };
    expect(edges('', library)).toEqual([]);
    const switchedOff = { 'crates/a/Cargo.toml': crateToml('a').replace('edition', 'build = false\nedition') };
    expect(edges('rust2go::Builder::new().with_go_src("../../go")', switchedOff)).toEqual([]);
  });

  it('says so when the folder is only known when the script runs', () => {
    const script = '\nfn go(d: &Path) { Command::new("go").arg("build").current_dir(d).status(); }';
    expect(reachesOf({ ...A, ...GO, 'crates/a/build.rs': script }).diagnostics).toEqual([
      'graph/unseen-go-build crates/a/build.rs:2',
    ]);
  });
});

describe('go started by other Rust sources', () => {
  const run = 'fn f() { Command::new("go").args(["run", "./cmd/x"]).current_dir("../../go"); }';

  it.each([
    ['src/lib.rs', run, ['crates/a -> go cmd/x go-command crates/a/src/lib.rs:1']],
    ['tests/t.rs', run, ['crates/a -> go cmd/x go-command test crates/a/tests/t.rs:1']],
    ['src/lib.rs', `#[cfg(test)] mod t { ${run} }`, ['crates/a -> go cmd/x go-command test crates/a/src/lib.rs:1']],
    ['src/lib.rs', run.replace('"../../go"', 'dir'), []],
    ['src/lib.rs', `/* ${run} */`, []],
  ])('%s: %s', (file, text, wanted) => {
    expect(reachesOf({ ...A, ...GO, [`crates/a/${file}`]: text }).edges).toEqual(wanted);
  });
});

describe('paths in build scripts', () => {
  const inputs = (script: string, more: Texts = {}): string[] =>
    reachesOf({ ...A, ...GO, 'schemas/x.fbs': '', 'crates/a/build.rs': script, ...more }).inputs;

  it.each([
    ['println!("cargo:rerun-if-changed=../../schemas/x.fbs");', 'schemas/x.fbs build-script'],
    ['println!("cargo:rerun-if-changed=../../schemas");', 'schemas folder build-script'],
    ['compile(&["../../schemas"]);', 'schemas folder build-script'],
    [
      'let s = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("schemas"); go(s);',
      'schemas folder build-script',
    ],
    ['println!("cargo:rerun-if-changed=tests/data");', 'crates/a/tests/data folder build-script'],
    ['let t = fs::read("../../go/shop.go");', 'go/shop.go build-script'],
    ['const X: &str = include_str!("../../schemas/x.fbs");', 'schemas/x.fbs include'],
  ])('%s', (text, wanted) => {
    const data = { 'crates/a/tests/data/x': '' };
    expect(inputs(`fn main() { ${text} }`, data)).toEqual([`crates/a <- ${wanted}`]);
  });

  it('counts what it names of a Go module besides the package that it builds', () => {
    const text =
      'Command::new("go").args(["build", "./cmd/x"]).current_dir("../../go"); f("../../go/cmd/x/main.go", "../../go/shop.go");';
    expect(inputs(`fn main() { ${text} }`)).toEqual(['crates/a <- go/shop.go build-script']);
  });

  it.each([
    ['folders that hold the crate', 'f("../.."); f(".."); f(".");'],
    ['what is its own', 'f("src"); f("src/lib.rs"); println!("cargo:rerun-if-changed=src");'],
    ['words that are folders of tests', 'f("tests");'],
    ['what does not exist', 'println!("cargo:rerun-if-changed=../../.git/HEAD"); f("../../none");'],
    [
      'Go that is built, which takes part by its edge',
      'rust2go::Builder::new().with_go_src("../../go"); println!("cargo:rerun-if-changed=../../go");',
    ],
    ['comments', '// println!("cargo:rerun-if-changed=../../schemas");'],
  ])('none for %s', (_lesson, text) => {
    expect(inputs(`fn main() { ${text} }`, { 'crates/a/tests/t.rs': '' })).toEqual([]);
  });
});

describe('.proto files', () => {
  const PROTOS = {
    'idl/shop/a.proto': 'import "shop/b.proto";\nimport "google/protobuf/any.proto";',
    'idl/shop/b.proto': 'import public "common/c.proto";',
    'idl/common/c.proto': '',
    'idl/shop/unused.proto': '',
  };
  const inputs = (texts: Texts, links: Readonly<Record<string, string>> = {}): string[] =>
    reachesOf({ ...A, ...GO, ...PROTOS, ...texts }, links).inputs;
  const closure = (reader: string): string[] =>
    ['idl/shop/a.proto', 'idl/shop/b.proto', 'idl/common/c.proto'].map((path) => `${reader} <- ${path} proto`);

  it.each([
    ['by their path', 'compile_protos(&["../../idl/shop/a.proto"], &["../../idl"])'],
    ['from a folder that is searched', 'compile_protos(&["shop/a.proto"], &["../../idl"])'],
    ['by a list', 'let all = vec!["../../idl/shop/a.proto"]; compile_protos(&all, &["../../idl/"])'],
  ])('compiled by a build script %s', (_lesson, text) => {
    expect(inputs({ 'crates/a/build.rs': `fn main() { ${text}; }` })).toEqual(closure('crates/a'));
  });

  it('are found through a link to their folder', () => {
    const script = { 'crates/a/build.rs': 'fn main() { compile_protos(&["idl/shop/a.proto"], &["idl/"]); }' };
    expect(inputs(script, { 'crates/a/idl': 'idl' })).toEqual(closure('crates/a'));
  });

  it('in the crate are its own, and what they import elsewhere is not', () => {
    const found = inputs({
      'crates/a/build.rs': 'fn main() { compile_protos(&["proto/own.proto"], &["proto", "../../idl"]); }',
      'crates/a/proto/own.proto': 'import "common/c.proto";',
    });
    expect(found).toEqual(['crates/a <- idl/common/c.proto proto']);
  });

  it('that Go was made from: the header of a generated file names them', () => {
    const header = '// Code generated by protoc-gen-go. DO NOT EDIT.\n// source: shop/a.proto\n\npackage pb\n';
    expect(inputs({ 'go/pb/a.pb.go': header })).toEqual(closure('go:pb'));
  });

  it.each([
    ['shop/a.proto', { 'other/shop/a.proto': '' }, []],
    ['shop/a.proto', { 'go/shop/a.proto': '', 'other/shop/a.proto': '' }, ['go:pb <- go/shop/a.proto proto']],
    ['none.proto', {}, []],
  ])('by a name that several may have: %s', (name, more, wanted) => {
    const header = `// Code generated by protoc-gen-go. DO NOT EDIT.\n// source: ${name}\n\npackage pb\n`;
    expect(inputs({ ...more, 'go/pb/a.pb.go': header })).toEqual(wanted);
  });

  it('that //go:generate compiles', () => {
    const generate = '//go:generate protoc -I../idl --go_out=. shop/a.proto\npackage shop\n';
    expect(inputs({ 'go/gen.go': generate })).toEqual(closure('go:.'));
  });

  it.each([
    ['go/Makefile', 'p:\n\tprotoc -I../idl --go_out=pb ../idl/shop/a.proto\n'],
    ['scripts/p.sh', 'protoc -Iidl --go_out=go/pb idl/shop/a.proto\n'],
    ['scripts/q.sh', 'cd idl && protoc -I. --go_out=../go/pb shop/*a.proto\n'],
  ])('that a script compiles: %s', (file, text) => {
    expect(inputs({ [file]: text })).toEqual(closure('go'));
  });

  it('of a script count for the package whose generated file is committed', () => {
    const found = inputs({
      'go/Makefile': 'p:\n\tprotoc -I../idl --go_out=pb ../idl/common/c.proto\n',
      'go/pb/c.pb.go': '// Code generated by x. DO NOT EDIT.\n// source: common/c.proto\n\npackage pb\n',
    });
    expect(found).toEqual(['go:pb <- idl/common/c.proto proto']);
  });

  it.each([
    ['go/pb/a.go', '// source: shop/a.proto\npackage pb\n'],
    ['go/gen.go', '//go:generate protoc --java_out=. ../idl/shop/a.proto\npackage shop\n'],
    ['go/Makefile', 'p:\n\t# protoc --go_out=. ../idl/shop/a.proto\n'],
    ['crates/a/src/x.rs', 'fn f() { compile_protos(&["idl/shop/a.proto"]) }'],
    ['crates/a/build.rs', '// compile_protos(&["../../idl/shop/a.proto"])'],
  ])('none for %s: %j', (file, text) => {
    expect(inputs({ [file]: text })).toEqual([]);
  });

  it('may import in a circle', () => {
    const script = { 'crates/a/build.rs': 'fn main() { compile_protos("../../x.proto"); }' };
    expect(inputs({ ...script, 'x.proto': 'import "y.proto";', 'y.proto': 'import "x.proto";' })).toHaveLength(2);
  });
});
