import { mutate, randomFrom } from '#testing';
import { parseRustSource, type RustPath, type RustSource } from './index.js';

const LIB = 'crates/a/src/lib.rs';
const SCRIPT = 'crates/a/build.rs';

function read(text: string, file = LIB): RustSource | undefined {
  return parseRustSource(file, text).value;
}

const shown = ({ path, base, takesFolder, testOnly }: RustPath): string =>
  [path, base, ...(takesFolder === true ? ['folder'] : []), ...(testOnly === true ? ['test'] : [])].join(' ');

const includes = (text: string, file = LIB): string[] => read(text, file)?.includes.map(shown) ?? [];
const literals = (text: string): string[] => read(text, SCRIPT)?.literals.map(shown) ?? [];

describe('macros that take files in', () => {
  it.each([
    ['const A: &str = include_str!("../../../x.txt");', '../../../x.txt file'],
    ['const A: &[u8] = include_bytes!(r"..\\x.bin");', '../x.bin file'],
    ['include!("generated.rs");', 'generated.rs file'],
    ['include![concat!("../", "x", ".rs")];', '../x.rs file'],
    ['std::include_str!("x.md",);', 'x.md file'],
    ['include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../x.txt"))', '../x.txt manifest'],
    ['#![doc = include_str!("../README.md")]', '../README.md file'],
    ['#[doc = include_str!("x.md")] pub struct X;', 'x.md file'],
    ['static D: Dir = include_dir!("$CARGO_MANIFEST_DIR/../assets");', '../assets manifest folder'],
    ['sqlx::migrate!("../migrations").run(&pool)', '../migrations manifest folder'],
    ['#[derive(Embed)] #[folder = "../ui/dist/"] struct A;', '../ui/dist/ manifest folder'],
    ['m! { include_str!("deep.txt") }', 'deep.txt file'],
  ])('%s', (text, wanted) => {
    expect(includes(text)).toEqual([wanted]);
  });

  it.each([
    '// include_str!("x.txt")',
    '/* include_str!("x.txt") */',
    '/// ```\n/// let x = include_str!("../x.txt");\n/// ```\nfn f() {}',
    'const A: &str = "include_str!(x)";',
    'const A: &str = r#"include_str!("x.txt")"#;',
    'include!(concat!(env!("OUT_DIR"), "/bindings.rs"));',
    'macro_rules! m { ($f:expr) => { include_str!($f) } }',
    'fn include_str(x: &str) {} fn f() { include_str("x.txt") }',
    'include_str!("/etc/hosts")',
    'include_str!("C:/x.txt")',
    'let b = include_bytes!(b"x");',
  ])('gives nothing for %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('says where', () => {
    expect(read('\n  include_str!("x");')?.includes[0]?.span).toEqual({ file: LIB, line: 2, column: 3, endColumn: 14 });
  });
});

describe('#[path]', () => {
  it.each([
    ['src/lib.rs', '#[path = "../x.rs"] mod x;', '../x.rs'],
    ['src/a.rs', '#[path = "x.rs"] pub(crate) mod x;', 'x.rs'],
    ['src/a.rs', '#[cfg_attr(unix, path = "unix.rs")] mod os;', 'unix.rs'],
    ['src/a.rs', 'mod inner { #[path = "x.rs"] mod x; }', 'a/inner/x.rs'],
    ['src/a/mod.rs', 'mod inner { #[path = "x.rs"] mod x; }', 'inner/x.rs'],
    ['src/main.rs', 'mod b { mod c { #[path = "../x.rs"] mod x; } }', 'b/c/../x.rs'],
    ['src/main.rs', 'mod b { fn f() {} }\n#[path = "x.rs"] mod x;', 'x.rs'],
  ])('in %s: %s', (file, text, wanted) => {
    expect(includes(text, file)).toEqual([`${wanted} file`]);
  });

  it.each(['#[get("/a", path = "/b")] fn f() {}', '#[serde(path = "x.rs")] struct A;', '// #[path = "x.rs"]\nmod x;'])(
    'is not %s',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});

describe('literals that climb', () => {
  it.each([
    ['let f = File::open("../testdata/x.json");', '../testdata/x.json either'],
    ['#[template(path = "../web/x.html")] struct A;', '../web/x.html either'],
    ['let f = env!("CARGO_MANIFEST_DIR").to_owned() + "/../x.json";', '../x.json manifest'],
    ['let f = concat!(env!("CARGO_MANIFEST_DIR"), "/../x.json");', '../x.json manifest'],
    ['let f = format!("{}/../x.json", env!("CARGO_MANIFEST_DIR"));', '../x.json manifest'],
    ['Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("x.json")', '../x.json manifest'],
    ['let d = PathBuf::from("..");\nlet f = d.join("x.json");', '../x.json either'],
    ['const D: &str = "../data";\nfn f() { read(format!("{D}/x.json")) }', '../data/x.json either'],
    ['env::current_dir()?.parent().unwrap().join("x.json")', '../x.json manifest'],
  ])('%s', (text, wanted) => {
    expect(includes(text)).toContain(wanted);
  });

  it.each([
    'let a = "..";let b = 0..10;',
    'let u = "https://example.com/../x";',
    'let t = "see ../x: there";',
    'let t = "a ../b\\nc";',
    'let t = b"../x";',
  ])('none in %s', (text) => {
    expect(includes(text).filter((path) => path !== '.. either')).toEqual([]);
  });
});

describe('texts that any macro or attribute is given', () => {
  it.each([
    ['page!("pages/intro.md")', 'pages/intro.md either'],
    ['m! { a => { b: "x/t.go" } }', 'x/t.go either'],
    ['#[template(path = "hello.md")] struct A;', 'hello.md either'],
    ['page!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/x.json"))', 'tests/x.json manifest'],
    ['pages!("docs/*.md")', 'docs either folder'],
  ])('count where they lead to what builds leave alone: %s', (text, wanted) => {
    expect(includes(text)).toEqual([wanted]);
  });

  it.each([
    'page!("pages/intro.html")',
    'println!("README.md")',
    'let t = fs::read("README.md");',
    'fn f() { m!(); g("x.md") }',
  ])('but not in %s', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe('a path of which only the beginning is known', () => {
  it.each([
    ['macro_rules! m { ($f:literal) => { include_str!(concat!("../../data/", $f)) } }', '../../data file folder'],
    ['macro_rules! m { ($f:literal) => { include_str!(concat!("../../data/x_", $f)) } }', '../../data file folder'],
    [
      'macro_rules! m { ($f:literal) => { include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $f)) } }',
      'docs manifest folder',
    ],
    ['include_str!(concat!("../lang/", env!("LANG_FILE")))', '../lang file folder'],
  ])('%s', (text, wanted) => {
    expect(includes(text)).toContain(wanted);
  });

  it.each(['include!(concat!(env!("OUT_DIR"), "/x/", $f))', 'include_str!(concat!("x_", $f))'])(
    'none in %s',
    (text) => {
      expect(includes(text)).toEqual([]);
    },
  );
});

describe('environment variables', () => {
  const variables = (text: string, file = LIB): string[] =>
    read(text, file)?.variables.map(({ name, reads, testOnly }) =>
      [name, reads, ...(testOnly === true ? ['test'] : [])].join(' '),
    ) ?? [];

  it.each([
    ['const A: &str = env!("BUILD_ID");', 'BUILD_ID compile'],
    ['let a = option_env!("BUILD_ID", );', 'BUILD_ID compile'],
    ['const V: &str = concat!("v", env!("BUILD_ID"));', 'BUILD_ID compile'],
    ['include_str!(env!("LANG_FILE"))', 'LANG_FILE compile'],
    ['#[cfg(test)] mod t { const A: &str = env!("BUILD_ID"); }', 'BUILD_ID compile test'],
  ])('that any source takes in: %s', (text, wanted) => {
    expect(variables(text)).toEqual([wanted]);
  });

  it.each([
    'let a = std::env::var("BUILD_ID");',
    'use std::env::var_os; let a = var_os("BUILD_ID");',
    'const N: &str = "BUILD_ID"; fn f() { env::var(N) }',
    'println!("cargo:rerun-if-env-changed=BUILD_ID");',
    'println!("cargo::rerun-if-env-changed={}", "BUILD_ID");',
    'for n in ["BUILD_ID"] { println!("cargo:rerun-if-env-changed={n}"); }',
    'fn get(n: &str) -> String { env::var(n).unwrap() } fn main() { get("BUILD_ID"); }',
  ])('that a build script reads: %s', (text) => {
    expect(variables(text, SCRIPT)).toEqual(['BUILD_ID run']);
  });

  it('that a procedural macro reads, but no other source as it runs', () => {
    const text = 'fn f() { env::var("BUILD_ID") }';
    expect(variables(`use proc_macro::TokenStream; ${text}`)).toEqual(['BUILD_ID run']);
    expect(read(text)).toBeUndefined();
    expect(variables(`${text} const A: &str = env!("OTHER");`)).toEqual(['OTHER compile']);
  });

  it.each([
    'env!("CARGO_PKG_VERSION")',
    'env::var("OUT_DIR"); env::var("TARGET"); env::var("CARGO_FEATURE_X"); env::var("DEP_Z_ROOT");',
    'env::var("PATH");',
    '// env!("BUILD_ID")',
    'let t = "env!(BUILD_ID)"; f("BUILD_ID");',
    'map.var("BUILD_ID");',
  ])('none in %s', (text) => {
    expect(variables(text, SCRIPT)).toEqual([]);
  });
});

describe('code of tests', () => {
  it.each([
    '#[cfg(test)]\nmod tests { fn f() { include_str!("x"); } }',
    '#[cfg(all(test, feature = "x"))] const A: &str = include_str!("x");',
    '#[cfg(any(test, doctest))] const A: &str = include_str!("x");',
    '#[test] fn f<A, B>() { include_str!("x"); }',
    '#[tokio::test(flavor = "multi_thread")] async fn f() { include_str!("x"); }',
    '#[cfg(test)] #[allow(dead_code)] static A: &str = include_str!("x");',
    '#[cfg(doctest)] #[doc = include_str!("x")] struct Readme;',
    '#![cfg_attr(docsrs, doc = include_str!("x"))]',
    '#![cfg(test)]\nfn f() { include_str!("x"); }',
    'enum E { #[cfg(test)] A = g(include_str!("x")), B }',
  ])('%s', (text) => {
    expect(includes(text)).toEqual(['x file test']);
  });

  it.each([
    '#[cfg(test)] mod tests {}\nconst A: &str = include_str!("x");',
    '#[cfg(not(test))] const A: &str = include_str!("x");',
    '#[cfg(any(test, feature = "x"))] const A: &str = include_str!("x");',
    '#[cfg(feature = "test")] const A: &str = include_str!("x");',
    '#[cfg(test)] mod tests;\nconst A: &str = include_str!("x");',
    'struct S { #[cfg(test)] a: u8, b: [u8; include_bytes!("x").len()] }',
    '#![cfg_attr(feature = "doc", doc = include_str!("x"))]',
    '#[test] fn f() { include_str!("x"); } fn g() { include_str!("x"); }',
  ])('not %s', (text) => {
    expect(includes(text)).toEqual(['x file']);
  });
});

describe('literals of what may be a build script', () => {
  it.each([
    ['println!("cargo:rerun-if-changed=../proto");', '../proto either folder'],
    ['println!("cargo::rerun-if-changed=src/x.c");', 'src/x.c either folder'],
    ['println!("cargo:rerun-if-changed={}/x.proto", dir);', 'x.proto manifest folder'],
    ['const P: &str = "../x.proto";\nfn main() { println!("cargo:rerun-if-changed={P}"); }', '../x.proto either'],
    ['println!("cargo:rustc-link-search=native=../lib");', '../lib either folder'],
    ['compile_protos(&["../p/a.proto"], &["../p"])?;', '../p/a.proto either'],
    ['cc::Build::new().flag("-I../include")', '../include either'],
    ['glob("../schemas/**/*.fbs")', '../schemas either folder'],
    ['let d = env::var("CARGO_MANIFEST_DIR").unwrap(); let g = Path::new(&d).join("go");', 'go manifest'],
    [
      'let d = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());\nlet g = d.parent().unwrap().join("go");',
      '../go manifest',
    ],
  ])('%s', (text, wanted) => {
    expect(literals(text)).toContain(wanted);
  });

  it.each(['// "x"', '"cargo:rustc-link-lib=static=go"', '"--flag"', '"unable to run"', '"{}"', '"https://x.y/z"'])(
    'none in %s',
    (text) => {
      expect(literals(`fn main() { f(\n${text}\n); }`)).toEqual([]);
    },
  );

  it('keeps them by the place of the file, as Cargo.toml may name any', () => {
    const text = 'mod protos;\nfn main() { f("x") }';
    for (const file of ['build.rs', 'a/build/main.rs', 'a/src/build.rs', 'a/ci/script.rs'])
      expect(read(text, file)).toMatchObject({ literals: [{ path: 'x' }], modules: ['protos'] });
    for (const file of ['a/src/x.rs', 'a/tests/x.rs', 'src/lib.rs']) expect(read(text, file)).toBeUndefined();
    expect(read('fn f() { println!("cargo:rerun-if-changed=x") }', 'a/src/script.rs')?.literals).toHaveLength(1);
  });
});

describe('builders of Go code', () => {
  it.each([
    ['rust2go::Builder::new().with_go_src("./go").build();', true],
    ['Builder::new().with_go_src("./go")', true],
    ['use gobuild::Build;', true],
    ['cgo::Build::new().package("main.go").build("x");', true],
    ['cgo_oligami::Build::new().change_dir("../go")', true],
    ['build_go("../go")', true],
    ['// rust2go::Builder\ncc::Build::new();', false],
    ['let go_files = read_go_files("../go");', false],
    ['go_parser::parse("../go/x.go")', false],
    ['let cargo_src = "x"; mango_build("x");', false],
    ['fn build_go(dir: &str) { f("x") }', false],
  ])('%s: %s', (text, wanted) => {
    expect(read(`fn main() { f("x"); ${text} }`, SCRIPT)?.namesGoBuilder).toBe(wanted);
  });
});

describe('calls of go', () => {
  const calls = (text: string, file = SCRIPT): string[] =>
    read(`fn main() { ${text} }`, file)?.goCalls.map(({ folder, packages, buildmode, testOnly }) =>
      [
        folder ?? '?',
        ...packages,
        ...(buildmode === undefined ? [] : [`(${buildmode})`]),
        ...(testOnly ? ['test'] : []),
      ].join(' '),
    ) ?? [];

  it.each([
    [
      'Command::new("go").current_dir("../go").args(["build", "-buildmode=c-archive", "./cmd/x"]).status();',
      '../go ./cmd/x (c-archive)',
    ],
    ['std::process::Command::new("go").arg("build").arg("-o").arg(&out).arg(".").output();', '. .'],
    [
      'Command::new("go").args(&["build", "-o", &format!("{out}/x.a"), "-buildmode", "c-shared", "x.go"]).spawn();',
      '. x.go (c-shared)',
    ],
    ['let mut c = Command::new("go"); c.arg("build"); if x { c.arg("-v"); } c.current_dir("go");', 'go'],
    [
      'Command::new("go").arg("build").arg(if x { "-buildmode=c-archive" } else { "-buildmode=c-shared" }).status();',
      '. (c-archive)',
    ],
    ['Command::new("go").args(["-C", "../go", "run", "./gen", "--out", "./x"]).status();', './../go ./gen'],
    ['Command::new("/usr/local/go/bin/go").arg("test").arg("./...").status();', '. ./...'],
    [
      'let d = Path::new(env!("CARGO_MANIFEST_DIR")).join("../go"); Command::new("go").arg("build").current_dir(&d).status();',
      '../go',
    ],
    ['env::set_current_dir("go").unwrap(); Command::new("go").arg("build").arg("./main.go").status();', 'go ./main.go'],
    ['Command::new("go").args(args).current_dir("go").status();', 'go'],
    ['Command::new("go").arg("build").current_dir(go_src).status();', '?'],
    ['env::set_current_dir(&dir)?; Command::new("go").arg("build").status();', '?'],
    ['cmd!("go", "build", "-o", out, "./x").dir("../go").run()?;', '../go ./x'],
    ['cmd!(sh, "go build -o {out} ./x").run()?;', '. ./x'],
    ['Command::new("go").arg("build").arg("a").status(); Command::new("ls").arg("b").status();', '. a'],
  ])('%s', (text, wanted) => {
    expect(calls(text)).toEqual([wanted]);
  });

  it.each([
    'Command::new("going").arg("build").status();',
    'Command::new("cargo").arg("go").status();',
    'Command::new("go").arg("version").output();',
    'Command::new("go").args(["env", "GOROOT"]).output();',
    'Command::new("go").arg("fmt").arg("./x").status();',
    '// Command::new("go").arg("build")',
    'let t = "Command::new(\\"go\\")";',
    'Command::new(go).arg("build");',
    'Command::new("git").args(["rev-parse", "HEAD"]).output();',
  ])('none in %s', (text) => {
    expect(calls(text)).toEqual([]);
  });

  it('counts anywhere, and knows tests', () => {
    expect(calls('Command::new("go").arg("run").current_dir("../go");', LIB)).toEqual(['../go']);
    const text = '#[test] fn t() { Command::new("go").arg("run").current_dir("../go"); }';
    expect(calls(text, LIB)).toEqual(['../go test']);
  });
});

it('never throws, whatever the text', () => {
  const random = randomFrom(20_260_102);
  const seeds = [
    '#[cfg(test)] mod t { #[path = "x.rs"] mod x; include_str!(concat!("a", env!("CARGO_MANIFEST_DIR"))); }',
    'let d = Path::new("..").join("a").parent().unwrap(); Command::new("go").args(&["build", x]).current_dir(d);',
    'println!("cargo:rerun-if-changed={}", r#"../x"#); /* "a" */ let c = \'"\'; cmd!("go", "-C",)',
  ];
  const splinters = [
    '"',
    "'",
    'r#"',
    '/*',
    '*/',
    '//',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '#',
    '!',
    '\\',
    ';',
    'let ',
    '🦀',
  ];
  let spoke = 0;
  for (let round = 0; round < 4000; round++) {
    const text = mutate(seeds[round % seeds.length] ?? '', splinters, random);
    if (read(text, SCRIPT) !== undefined) spoke++;
  }
  expect(spoke).toBeGreaterThan(1000);
});
