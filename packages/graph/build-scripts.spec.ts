import { crateToml, goMod, modelOf } from '#testing';
import { CRATE_A, MODULE_GO, reachesOf } from '../testing/reaches-of.js';

type Texts = Readonly<Record<string, string>>;

describe('Go that a build script builds', () => {
  const edges = (script: string, more: Texts = {}): string[] =>
    reachesOf({ ...CRATE_A, ...MODULE_GO, 'crates/a/build.rs': script, ...more }).edges;

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

  it.each([
    ['println!("cargo:rustc-link-search=native={}/../../dist/go", env!("CARGO_MANIFEST_DIR"));'],
    ['println!("cargo::rustc-link-search=native={root}/../../dist/go");'],
    ['link(concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist/go/libshop.a"));'],
    ['let folder = "../../dist/go";'],
    ['let d = Path::new(&env!("CARGO_MANIFEST_DIR")).join("../../dist").join("go"); link(d);'],
    ['let w = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap(); link(w.join("dist").join("go"));'],
    ['let w = root().parent().and_then(|p| p.parent()).unwrap().join("dist/go"); } fn root() -> PathBuf { HERE.into()'],
    [
      'let w = fs::canonicalize(Path::new(HERE).join("../..")).unwrap(); println!("cargo:rustc-link-search={}/dist/go", w.display());',
    ],
    ['let d: PathBuf = [HERE, "..", "..", "dist", "go"].iter().collect(); link(d);'],
    ['let d = PathBuf::from_iter(["../..", "dist", "go"]); link(d);'],
    ['let d = ["..", "..", "dist", "go"].join("/"); link(d);'],
    ['let mut d = PathBuf::from(HERE); d.pop(); d.pop(); d.push("dist"); d.push("go"); link(&d);'],
    ['let mut d = String::from("../../dist"); d.push_str("/go"); println!("cargo:rustc-link-search={d}");'],
    ['let d = env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../dist"; println!("cargo:rustc-link-search={}/go", d);'],
    ['println!("cargo:rustc-link-search=native={}/../../dist/{}", env!("CARGO_MANIFEST_DIR"), NAME);'],
    [
      'link(dist().join("go")); } fn dist() -> PathBuf { let w = Path::new(HERE).join("../.."); let d = w.join("dist"); d',
    ],
  ])('finds what a build of Go placed in dist: %s', (text) => {
    const names = 'const HERE: &str = env!("CARGO_MANIFEST_DIR"); const NAME: &str = "go";';
    expect(edges(`${names} fn main() { ${text} }`)).toEqual(['crates/a -> go * go-library crates/a/build.rs:1']);
  });

  it.each([
    ['changed on the way there', 'let mut d = PathBuf::from("../../dist"); if x { d.push("go"); } link(&d);'],
    [
      'that one of several branches returns',
      'link(d()); } fn d() -> &str { if x { "../../docs" } else { "../../dist" } ',
    ],
    ['that a list holds apart from others', 'for d in ["../../dist", "go"] { link(d); }'],
  ])('does not guess a folder %s', (_what, text) => {
    expect(edges(`fn main() { ${text} }`)).toEqual([]);
  });

  describe('in a folder that is only known when the script runs', () => {
    const search = 'println!("cargo:rustc-link-search=native={}", d.display());';
    const reached = (text: string, declared: Parameters<typeof reachesOf>[2] = []): Record<string, unknown> => {
      const script = `fn main() {\n${text}\n}`;
      const { edges: found, diagnostics } = reachesOf(
        { ...CRATE_A, ...MODULE_GO, 'crates/a/build.rs': script },
        {},
        declared,
      );
      return { found, diagnostics };
    };
    const warned = { found: [], diagnostics: ['graph/unseen-go-library crates/a/build.rs:2'] };

    it.each([
      [`let d = Path::new("../../dist").join(name()); ${search}`],
      [`let mut d = PathBuf::from("../../dist"); d.push(env::var("MODULE").unwrap()); ${search}`],
      [`let d = format!("{}/../../dist/{}", env!("CARGO_MANIFEST_DIR"), module); ${search}`],
      ['let d = "../../dist"; println!("cargo::rustc-link-search={d}/{}", name(1));'],
      ['for n in ["go"] { println!("cargo:rustc-link-search=native=../../dist/{n}"); }'],
      [`let d = find_root(1).join("dist/go"); ${search}`],
      ['println!("cargo:rustc-link-search=native={}/dist/go", find_root(1));'],
    ])('is told of: %s', (text) => {
      expect(reached(text)).toEqual(warned);
    });

    it('is the one that grout.toml declares', () => {
      const evidence = { file: 'grout.toml', line: 1, column: 1 };
      const edge = { from: 'crates/a', to: 'go', kind: 'declared', evidence } as never;
      expect(reached(`let d = Path::new("../../dist").join(name()); ${search}`, [edge])).toEqual({
        found: ['crates/a -> go * go-library crates/a/build.rs:2'],
        diagnostics: [],
      });
    });

    it.each([
      ['of a build script’s own', `let d = PathBuf::from(env::var("OUT_DIR").unwrap()).join("dist"); ${search}`],
      [
        'beside files of dist',
        `embed("../../dist/web.js"); let d = Path::new(&env::var("OUT_DIR").unwrap()); ${search}`,
      ],
      ['whose name begins as that of dist', 'println!("cargo:rustc-link-search=native=../../dist{}", name(1));'],
      ['above dist', `let d = Path::new("../../dist").join(name()); let d = d.parent().unwrap(); ${search}`],
      ['that is not for the linker', 'println!("cargo:rerun-if-changed=../../dist/{}", name(1));'],
      ['beside one that is read', `link("../../dist/go"); let d = Path::new("../../dist").join(name()); ${search}`],
    ])('is passed over where it is one %s', (_what, text) => {
      expect(reached(text)['diagnostics']).toEqual([]);
    });
  });

  it('knows the crates whose builds and tests take it in', () => {
    const script = 'fn main() { link("../../dist/go"); }';
    const { projects } = modelOf({
      ...CRATE_A,
      ...MODULE_GO,
      'crates/a/build.rs': script,
      'b/Cargo.toml': `${crateToml('b')}[dependencies]\na = { path = "../crates/a" }\n`,
      'b/src/lib.rs': '',
      'c/Cargo.toml': `${crateToml('c')}[dev-dependencies]\na = { path = "../crates/a" }\n`,
      'c/src/lib.rs': '',
      'x/Cargo.toml': crateToml('x'),
      'x/go.mod': goMod('example.com/x'),
      'x/x.go': 'package main\n',
      'x/build.rs': 'fn main() { link("../dist/x"); }',
    });
    const links = projects.map(({ root, rust }) => [
      root,
      rust?.goLinks?.map(({ module }) => module),
      rust?.goTestLinks?.map(({ module }) => module),
    ]);
    expect(links).toEqual(
      expect.arrayContaining([
        ['crates/a', ['go'], ['go']],
        ['b', ['go'], ['go']],
        ['c', undefined, ['go']],
        ['x', ['x'], ['x']],
      ]),
    );
  });

  it.each([
    ['a folder where no module is', 'let folder = "../../dist/docs";'],
    ['a folder below that of a module', 'let folder = "../../dist/go/x/y";'],
    ['another dist', 'let folder = "../dist/go";'],
  ])('takes %s for none of these', (_what, text) => {
    expect(edges(`fn main() { ${text} }`)).toEqual([]);
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
    expect(reachesOf({ ...CRATE_A, ...MODULE_GO, 'crates/a/build.rs': script }).diagnostics).toEqual([
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
    expect(reachesOf({ ...CRATE_A, ...MODULE_GO, [`crates/a/${file}`]: text }).edges).toEqual(wanted);
  });
});

describe('paths in build scripts', () => {
  const inputs = (script: string, more: Texts = {}): string[] =>
    reachesOf({ ...CRATE_A, ...MODULE_GO, 'schemas/x.fbs': '', 'crates/a/build.rs': script, ...more }).inputs;

  it.each([
    ['println!("cargo:rerun-if-changed=../../schemas/x.fbs");', 'schemas/x.fbs build-script'],
    ['println!("cargo:rerun-if-changed=../../schemas");', 'schemas folder build-script'],
    ['compile(&["../../schemas"]);', 'schemas folder build-script'],
    [
      'let s = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("schemas"); go(s);',
      'schemas folder build-script',
    ],
    ['println!("cargo:rerun-if-changed=tests/data");', 'crates/a/tests/data folder build-script'],
    ['println!("cargo:rerun-if-changed=content");', 'crates/a/content folder build-script'],
    ['for page in fs::read_dir("content") {}', 'crates/a/content folder build-script'],
    ['println!("cargo:rerun-if-changed=templates");', 'crates/a/templates folder build-script'],
    ['println!("cargo:rerun-if-changed=js/app.js");', 'crates/a/js/app.js build-script'],
    ['println!("cargo:rerun-if-changed=ui");', 'crates/a/ui folder build-script'],
    ['let t = fs::read("../../go/shop.go");', 'go/shop.go build-script'],
    ['const X: &str = include_str!("../../schemas/x.fbs");', 'schemas/x.fbs include'],
  ])('%s', (text, wanted) => {
    const data = {
      ...{ 'crates/a/tests/data/x': '', 'crates/a/content/deep/a.md': '', 'crates/a/templates/t.go': 'package t\n' },
      ...{ 'crates/a/js/package.json': '{}', 'crates/a/js/app.js': '', 'crates/a/ui/js/package.json': '{}' },
    };
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
    ['words that are folders of other projects', 'f("ui");'],
    ['what does not exist', 'println!("cargo:rerun-if-changed=../../.git/HEAD"); f("../../none");'],
    [
      'Go that is built, which takes part by its edge',
      'rust2go::Builder::new().with_go_src("../../go"); println!("cargo:rerun-if-changed=../../go");',
    ],
    ['comments', '// println!("cargo:rerun-if-changed=../../schemas");'],
  ])('none for %s', (_lesson, text) => {
    const more = { 'crates/a/tests/t.rs': '', 'crates/a/ui/js/package.json': '{}', 'crates/a/src/README.txt': '' };
    expect(inputs(`fn main() { ${text} }`, more)).toEqual([]);
  });
});
