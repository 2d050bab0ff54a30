import { crateToml, goMod } from '#testing';
import { CRATE_A, reachesOf } from '../testing/reaches-of.js';

type Texts = Readonly<Record<string, string>>;

describe('files that sources take in', () => {
  const inputs = (texts: Texts): string[] => reachesOf({ ...CRATE_A, ...texts }).inputs;

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
    ['that do not exist', 'File::open("../../none"); Path::new(env!("CARGO_MANIFEST_DIR")).join("../../none");'],
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

  it.each([
    ['to a macro', 'page!("pages/intro.md");', 'crates/a/pages/intro.md include'],
    ['as a template', '#[template(path = "t.md")] struct T;', 'crates/a/templates/t.md include'],
    ['as a folder', 'include_dir!("$CARGO_MANIFEST_DIR/pages")', 'crates/a/pages folder include'],
    [
      'by a macro of its own',
      'macro_rules! m { ($f:literal) => { include_str!(concat!("../../../data/", $f)) } }',
      'data folder include',
    ],
    [
      'by a macro of its own that starts above the crate',
      'macro_rules! m { ($f:literal) => { include_str!(concat!("../../../", $f)) } } m!("data/x.txt");',
      'data/x.txt include',
    ],
  ])('counts what it leaves out otherwise where that is named %s', (_lesson, text, wanted) => {
    const files = { 'crates/a/pages/intro.md': '', 'crates/a/templates/t.md': '', 'data/x.txt': '' };
    expect(inputs({ ...files, 'crates/a/src/lib.rs': text })).toEqual([`crates/a <- ${wanted}`]);
  });

  it.each(['package.json', 'deno.json', 'project.json'])(
    'counts what Nx may give to a project with a %s inside the crate',
    (name) => {
      const web = { [`crates/a/web/${name}`]: '{}', 'crates/a/web/app.js': '' };
      expect(inputs({ ...web, 'crates/a/src/lib.rs': 'include_str!("../web/app.js")' })).toEqual([
        'crates/a <- crates/a/web/app.js include',
      ]);
    },
  );

  it('takes .go files for data of tests, but for those of a Go module in the same folder', () => {
    const test = { 'crates/a/tests/t.rs': 'include_str!("golden/x.go")', 'crates/a/tests/golden/x.go': 'package x\n' };
    expect(inputs(test)).toEqual([]);
    expect(inputs({ ...test, 'crates/a/go.mod': goMod('example.com/a') })).toEqual([
      'crates/a <- crates/a/tests/golden/x.go include test',
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

  it.each([
    ['include_str!("../build/index.html")', 'crates/a/build/index.html unlisted include'],
    ['#[path = "../../gone.rs"] mod gone;', 'crates/gone.rs unlisted include'],
    ['#[derive(Embed)] #[folder = "ui/dist"] struct A;', 'crates/a/ui/dist folder unlisted include'],
    ['include_str!("../../../../x.json")', undefined],
    ['macro_rules! m { ($f:literal) => { include_str!(concat!("../../none/", $f)) } }', undefined],
  ])('names what is not listed, as git ignores it or it is gone: %s', (text, wanted) => {
    expect(inputs({ 'crates/a/src/lib.rs': text })).toEqual(wanted === undefined ? [] : [`crates/a <- ${wanted}`]);
  });

  it('takes the modules beside a target that lies below a folder of tests', () => {
    const manifest = crateToml('a', [], '[[bin]]\nname = "x"\npath = "examples/x/main.rs"\n');
    const found = inputs({ 'crates/a/Cargo.toml': manifest, 'crates/a/examples/x/main.rs': 'mod h;' });
    expect(found).toEqual(['crates/a <- crates/a/examples/x folder include']);
  });

  it('leaves out the sources of a copy in vendor/, and does not give them to the crate around', () => {
    const vendored = { 'crates/a/vendor/v/Cargo.toml': crateToml('v'), 'data/x.json': '' };
    const text = { 'crates/a/vendor/v/src/lib.rs': 'include_str!("../../../../../data/x.json")' };
    expect(inputs({ ...vendored, ...text })).toEqual([]);
  });
});
