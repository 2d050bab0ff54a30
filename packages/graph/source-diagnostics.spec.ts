import type { Diagnostic } from '#diagnostics';
import { workspacePath } from '#paths';
import { factsOf } from '#testing';
import { sourceDiagnostics } from './source-diagnostics.js';

const broken = (file: string): Diagnostic => ({
  code: 'go/broken-source',
  severity: 'error',
  message: 'the string is not closed',
  span: { file, line: 1, column: 1 },
});

/** Files among the given ones whose diagnostics reach the user. */
function reported(files: readonly string[], goWork = '', cargoManifest = '[workspace]'): string[] {
  const found = factsOf({ 'go.work': goWork, 'Cargo.toml': cargoManifest });
  const all = new Set([...found.files, workspacePath('go.mod'), ...files.map(workspacePath)]);
  const facts = { ...found, files: all, diagnostics: files.map(broken) };
  return sourceDiagnostics(facts).map(({ span }) => span?.file ?? '');
}

describe('what parsing found', () => {
  it('is reported for sources and manifests that builds read', () => {
    expect(reported(['a/main.go', 'go.mod'])).toEqual(['a/main.go', 'go.mod']);
  });

  it('is kept quiet in testdata, vendor and folders that Go passes over', () => {
    expect(reported(['a/testdata/x.go', 'vendor/b/Cargo.toml', '_old/c.go', '.cache/go.mod'])).toEqual([]);
  });

  it('is reported in a folder set aside that a go.work or a path dependency names, but not in testdata below it', () => {
    const files = [
      'testdata/mod/go.mod',
      'testdata/mod/testdata/x.go',
      'vendor/dep/Cargo.toml',
      'vendor/other/Cargo.toml',
    ];
    const manifest = '[package]\nname = "a"\n[dependencies]\ndep = { path = "vendor/dep" }\n';
    expect(reported(files, 'go 1.26\nuse ./testdata/mod\n', manifest)).toEqual([
      'testdata/mod/go.mod',
      'vendor/dep/Cargo.toml',
    ]);
  });

  it('is reported in a folder set aside that a glob of a Cargo workspace names', () => {
    const files = ['third_party/a/Cargo.toml', 'vendor/b/Cargo.toml'];
    expect(reported(files, '', '[workspace]\nmembers = ["third_party/*"]\n')).toEqual(['third_party/a/Cargo.toml']);
  });

  it('is reported when it has no place', () => {
    const placeless: Diagnostic = { code: 'go/broken-source', severity: 'error', message: 'unreadable' };
    expect(sourceDiagnostics({ ...factsOf({}), diagnostics: [placeless] })).toEqual([placeless]);
  });

  it('stops nothing for a source that is being typed: a warning there, an error in a manifest', () => {
    const files = new Set(['a/main.go', 'a/go.mod'].map(workspacePath));
    const facts = { ...factsOf({}), files, diagnostics: [broken('a/main.go'), broken('a/go.mod')] };
    expect(sourceDiagnostics(facts).map(({ severity }) => severity)).toEqual(['warning', 'error']);
  });

  it('is kept quiet for .go files that Go passes over: below no go.mod, and by their names', () => {
    const parse = (texts: Record<string, string>): string[] =>
      sourceDiagnostics(factsOf(texts)).map(({ span }) => span?.file ?? '');
    const open = 'package a\n\nimport (\n"a';
    const texts = { 'm/go.mod': 'module example.com/m\n', 'm/a.go': open, 'm/_x.go': open, 'm/.x.go': open };
    expect(parse({ ...texts, 'crate/tests/golden/a.go': open })).toEqual(['m/a.go']);
  });
});

describe('a manifest that cannot be read', () => {
  const GOOD = {
    'a/Cargo.toml': '[package]\nname = "a"\n',
    'b/go.mod': 'module example.com/b\n',
  };
  const found = (texts: Record<string, string>): string[] =>
    sourceDiagnostics(factsOf({ ...GOOD, ...texts }))
      .map(({ severity, span }) => `${severity} ${span?.file ?? ''}`)
      .sort();
  const TEMPLATES = {
    'templates/t/Cargo.toml': '[package]\nname = "{{name}}"\n{% if x %}\nversion = "1.0.0"\n{% endif %}\n',
    'templates/t/go.mod': 'module {{ .Module }}\n\ngo 1.26\n',
  };

  it('stops nothing where it is a template that nothing names, and the help says how to leave it out', () => {
    expect(found(TEMPLATES)).toEqual(['warning templates/t/Cargo.toml', 'warning templates/t/go.mod']);
    for (const { help } of sourceDiagnostics(factsOf({ ...GOOD, ...TEMPLATES }))) {
      expect(help).toMatch(/\.nxignore.*`exclude`/);
    }
  });

  it('stops nothing below a cargo-generate.toml', () => {
    const texts = { 'gen/cargo-generate.toml': '', 'gen/Cargo.toml': '[package', 'gen/sub/Cargo.toml': '[package' };
    expect(found(texts)).toEqual(['warning gen/Cargo.toml', 'warning gen/sub/Cargo.toml']);
  });

  it.each([
    ['a member', { 'Cargo.toml': '[workspace]\nmembers = ["templates/*"]\n' }],
    [
      'a path dependency',
      { 'c/Cargo.toml': '[package]\nname = "c"\n[dependencies]\nt = { path = "../templates/t" }\n' },
    ],
    ['used by a go.work', { 'go.work': 'go 1.26\nuse ./templates/t\n' }],
    ['a replacement', { 'c/go.mod': 'module c\nreplace example.com/t => ../templates/t\n' }],
  ])('stays an error where it is %s', (_, naming) => {
    const named = 'go.work' in naming || 'c/go.mod' in naming ? 'go.mod' : 'Cargo.toml';
    expect(found({ ...TEMPLATES, ...naming })).toContain(`error templates/t/${named}`);
  });

  it('stays an error where nobody says that it is a template, at the root, and where it is the only one of its kind', () => {
    expect(found({ 'c/Cargo.toml': '[package\n', 'd/go.mod': 'module d e\n' })).toEqual([
      'error c/Cargo.toml',
      'error d/go.mod',
    ]);
    expect(found({ 'Cargo.toml': '{% if x %}\n' })).toEqual(['error Cargo.toml']);
    const alone = sourceDiagnostics(factsOf(TEMPLATES));
    expect(alone.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });
});
