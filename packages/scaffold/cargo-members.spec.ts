import { addCargoMembers } from './index.js';

function add(text: string | undefined, members: readonly string[], standalone: readonly string[] = []) {
  return addCargoMembers('Cargo.toml', text, { members, standalone });
}

function edited(text: string | undefined, members: readonly string[], standalone: readonly string[] = []): string {
  const { value, diagnostics } = add(text, members, standalone);
  expect(diagnostics).toEqual([]);
  return value ?? '';
}

describe('addCargoMembers', () => {
  it('makes a workspace where there is no manifest', () => {
    expect(edited(undefined, ['libs/a/rust', 'libs/b/rust'])).toBe(
      '[workspace]\nresolver = "3"\nmembers = [\n    "libs/a/rust",\n    "libs/b/rust",\n]\n',
    );
  });

  it('leaves crates out that stood alone before there was a workspace around them', () => {
    expect(edited(undefined, ['libs/a/rust'], ['tools/x'])).toContain('exclude = [\n    "tools/x",\n]\n');
    expect(edited('[package]\nname = "root"\n', ['libs/a/rust'], ['tools/x'])).toBe(
      '[package]\nname = "root"\n\n[workspace]\nmembers = [\n    "libs/a/rust",\n]\nexclude = [\n    "tools/x",\n]\n',
    );
  });

  it.each([
    ['one line', 'members = ["a", "b"]\n', 'members = ["a", "b", "c", "d"]\n'],
    ['one line with a trailing comma', "members = ['a',]\n", 'members = [\'a\', "c", "d",]\n'],
    ['an empty list', 'members = [] # none\n', 'members = ["c", "d"] # none\n'],
    [
      'lines with comments',
      'members = [\n  "a", # first\n  # "old",\n  "b" # no comma, "quoted"\n  # end\n]\n',
      'members = [\n  "a", # first\n  # "old",\n  "b", # no comma, "quoted"\n  "c",\n  "d",\n  # end\n]\n',
    ],
    ['tabs', 'members = [\n\t"a",\n]\n', 'members = [\n\t"a",\n\t"c",\n\t"d",\n]\n'],
    [
      'a bracket on the last line',
      'members = ["a",\n           "b"]\n',
      'members = ["a",\n           "b",\n           "c",\n           "d"]\n',
    ],
    [
      'lines without members',
      'members = [\n    # none yet\n]\n',
      'members = [\n    # none yet\n    "c",\n    "d",\n]\n',
    ],
    ['no list', 'resolver = "2"\n', 'members = [\n    "c",\n    "d",\n]\nresolver = "2"\n'],
    ['a bracket in a comment and in a string', 'members = ["a]", # ]\n]\n', 'members = ["a]", # ]\n"c",\n"d",\n]\n'],
  ])('keeps the formatting of %s', (_, before, after) => {
    const around = (lines: string): string =>
      `# top\n[package]\nname = "r" # [workspace]\n\n[workspace]\n${lines}\n[workspace.lints]\nx = 1\n`;
    expect(edited(around(before), ['c', 'd'])).toBe(around(after));
  });

  it('keeps Windows line ends', () => {
    expect(edited('[workspace]\r\nmembers = [\r\n    "a",\r\n]\r\n', ['c'])).toBe(
      '[workspace]\r\nmembers = [\r\n    "a",\r\n    "c",\r\n]\r\n',
    );
    expect(edited('[workspace]\r\nresolver = "2"\r\n', ['c'])).not.toMatch(/[^\r]\n/);
  });

  it('writes to a dotted key and below a table that only has tables of its own', () => {
    expect(edited('workspace.members = ["a"]\n', ['c'])).toBe('workspace.members = ["a", "c"]\n');
    expect(edited('[workspace.package]\nedition = "2024"\n', ['c'])).toBe(
      '[workspace.package]\nedition = "2024"\n\n[workspace]\nmembers = [\n    "c",\n]\n',
    );
  });

  it.each([
    ['by path', '[workspace]\nmembers = ["./libs/a/rust/"]\n'],
    ['by a star', '[workspace]\nmembers = ["libs/*/rust"]\n'],
    ['by two stars', '[workspace]\nmembers = ["libs/**"]\n'],
    ['by a set', '[workspace]\nmembers = ["libs/[a-c]/r?st"]\n'],
  ])('adds nothing to what has the member already, %s', (_, text) => {
    expect(edited(text, ['libs/a/rust'])).toBe(text);
  });

  it('adds a member that a glob covers but exclude takes out, and one that a glob misses', () => {
    const excluded = '[workspace]\nmembers = ["libs/*/rust"]\nexclude = ["libs/a"]\n';
    expect(edited(excluded, ['libs/a/rust'])).toContain('["libs/*/rust", "libs/a/rust"]');
    expect(edited('[workspace]\nmembers = ["libs/*"]\n', ['libs/a/rust'])).toContain('["libs/*", "libs/a/rust"]');
  });

  it('says where the manifest is broken', () => {
    const { value, diagnostics } = add('[workspace]\nmembers = ["a"\n', ['c']);
    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'scaffold/broken-toml',
        span: expect.objectContaining({ file: 'Cargo.toml', line: 3 }) as unknown,
      }),
    ]);
  });

  it('refuses to edit what it would break, and says what to add', () => {
    const { value, diagnostics } = add('workspace = { members = ["a"], resolver = "2" }\n[package]\nname = "x"\n', [
      'c',
    ]);
    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([
      {
        code: 'scaffold/cannot-edit',
        severity: 'error',
        message: 'the members of Cargo.toml are written in a way that cannot be added to',
        span: { file: 'Cargo.toml', line: 1, column: 1, endColumn: 10 },
        help: 'add "c" to the workspace\'s members, then run this again',
      },
    ]);
  });
});
