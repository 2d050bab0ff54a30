import { parseGroutToml } from './index.js';

const read = (text: string) => parseGroutToml('grout.toml', text);
const problems = (text: string) =>
  read(text).diagnostics.map(({ code, message, span, help }) => ({ code, message, span, help }));

const allowed = (more = ''): string =>
  `[[lint.allow]]\nlink = { from = "api", to = "libs/codec" }\nwhy = "one C function, measured"\n${more}`;

describe('[lint]', () => {
  it('warns of bare links of Go and passes over libraries of Go where nothing is said', () => {
    const standard = { bareCgoLink: 'warn', bareGoLibrary: 'off', allow: [] };
    expect(read('').value?.lint).toEqual(standard);
    expect(read('[lint]\n').value?.lint).toEqual(standard);
  });

  it.each(['error', 'warn', 'off'])('takes the level %s for either', (level) => {
    const { value, diagnostics } = read(`[lint]\nbare-cgo-link = "${level}"\nbare-go-library = "${level}"\n`);
    expect(diagnostics).toEqual([]);
    expect(value?.lint).toEqual({ bareCgoLink: level, bareGoLibrary: level, allow: [] });
  });

  it.each([
    [
      '[lint]\nbare-cgo-link = "eror"\n',
      'wrong-type',
      2,
      'bare-cgo-link is "error", "warn" or "off"',
      'write bare-cgo-link = "error"',
    ],
    [
      '[lint]\n\nbare-go-library = true\n',
      'wrong-type',
      3,
      'bare-go-library is "error", "warn" or "off"',
      'write bare-go-library = "error"',
    ],
    [
      '[lint]\nbare_cgo_link = "off"\n',
      'unknown-key',
      2,
      '[lint] has no key bare_cgo_link',
      'did you mean bare-cgo-link?',
    ],
    ['lint = "off"\n', 'wrong-type', 1, 'lint must be a table', 'write [lint] on its own line'],
  ])('refuses %j', (text, code, line, message, help) => {
    expect(problems(text)).toMatchObject([{ code: `scaffold/${code}`, message, span: { line }, help }]);
  });

  it('keeps the default where a level is wrong', () => {
    expect(read('[lint]\nbare-cgo-link = "loud"\n').value?.lint.bareCgoLink).toBe('warn');
  });
});

describe('[[lint.allow]]', () => {
  it('names a link and the reason for it, with the place of each', () => {
    const { value, diagnostics } = read(`[lint]\nbare-cgo-link = "error"\n\n${allowed()}\n${allowed()}`);
    expect(diagnostics).toEqual([]);
    const words = { from: 'api', to: 'libs/codec', why: 'one C function, measured' };
    expect(value?.lint.allow).toEqual([
      { ...words, span: { file: 'grout.toml', line: 4, column: 1, endColumn: 15 } },
      { ...words, span: { file: 'grout.toml', line: 8, column: 1, endColumn: 15 } },
    ]);
  });

  it.each([
    ['[[lint.allow]]\nlink.from = "a"\nlink.to = "b"\nwhy = "w"\n'],
    ['[[lint.allow]]\nwhy = "w"\n[lint.allow.link]\nfrom = "a"\nto = "b"\n'],
    ['lint.allow = [{ link = { from = "a", to = "b" }, why = "w" }]\n'],
  ])('may be written in other ways of TOML: %j', (text) => {
    const { value, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(value?.lint.allow).toMatchObject([{ from: 'a', to: 'b', why: 'w', span: { line: 1 } }]);
  });

  it.each([
    ['no reason', '[[lint.allow]]\nlink = { from = "a", to = "b" }\n', 'an allowed link needs why, a text', 1],
    [
      'a blank reason',
      `${allowed('')}\n${allowed().replace(/"one.*"/, '" "')}`,
      'an allowed link needs why, a text',
      7,
    ],
    ['no link', '[[lint.allow]]\nwhy = "w"\n', 'an allowed link needs link, a table with from and to', 1],
    [
      'a text for the link',
      '[[lint.allow]]\nlink = "a"\nwhy = "w"\n',
      'an allowed link needs link, a table with from and to',
      2,
    ],
    ['no end', '[[lint.allow]]\nlink = { from = "a" }\nwhy = "w"\n', 'the link that is allowed needs to, a text', 2],
    [
      'a list of sources',
      '[[lint.allow]]\nlink = { from = ["a"], to = "b" }\nwhy = "w"\n',
      'the link that is allowed needs from, a text',
      2,
    ],
    ['a table for the list', '[lint.allow]\nwhy = "w"\n', 'lint.allow must be a list of tables', 1],
  ])('with %s is refused', (_, text, message, line) => {
    expect(problems(text)).toEqual([
      expect.objectContaining({
        code: 'scaffold/wrong-type',
        message,
        span: expect.objectContaining({ line }) as unknown,
      }),
    ]);
  });

  it('is not taken without its reason, and the others stand', () => {
    const { value } = read(`[[lint.allow]]\nlink = { from = "a", to = "b" }\n${allowed()}`);
    expect(value?.lint.allow).toMatchObject([{ from: 'api' }]);
  });

  it.each([
    [allowed('reason = "w"\n'), '[[lint.allow]] has no key reason', 4],
    [allowed().replace('to =', 'kind = "cgo-link", to ='), 'link of [[lint.allow]] has no key kind', 2],
  ])('stands in spite of a mistyped key, which is reported at its place: %j', (text, message, line) => {
    expect(read(text).value?.lint.allow).toHaveLength(1);
    expect(problems(text)).toMatchObject([{ code: 'scaffold/unknown-key', message, span: { line } }]);
  });
});
