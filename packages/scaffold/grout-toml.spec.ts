import { workspacePath } from '#paths';
import { addBridge, groutTomlHeader, NO_GROUT_TOML, parseGroutToml } from './index.js';

const read = (text: string) => parseGroutToml('grout.toml', text);
const problems = (text: string) =>
  read(text).diagnostics.map(({ code, message, span, help }) => ({ code, message, span, help }));

describe('parseGroutToml', () => {
  it('reads runtimes and bridges, with the place of each bridge', () => {
    const { value, diagnostics } = read(
      '# facts\n[runtime]\ndirectory = "libs/grout"\n\n[bridges.pricing]\ndirectory = "./libs/pricing/"\n',
    );
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      runtime: { directory: 'libs/grout' },
      bridges: {
        pricing: {
          directory: 'libs/pricing',
          propertyTests: false,
          span: { file: 'grout.toml', line: 5, column: 1, endColumn: 18 },
        },
      },
      edges: [],
      features: {},
      lint: NO_GROUT_TOML.lint,
    });
  });

  it('reads which bridges have tests of random values; those of before there were any have none', () => {
    const { value, diagnostics } = read('[bridges.a]\ndirectory = "a"\nproperty-tests = true\n');
    expect(diagnostics).toEqual([]);
    expect(value?.bridges['a']).toMatchObject({ directory: 'a', propertyTests: true });
    const wrong = '[bridges.a]\ndirectory = "a"\nproperty-tests = "no"\n';
    expect(problems(wrong)).toEqual([
      {
        code: 'scaffold/wrong-type',
        message: 'property-tests is true or false',
        span: { file: 'grout.toml', line: 3, column: 1, endColumn: 15 },
        help: 'write property-tests = true',
      },
    ]);
  });

  it('reads a file that says nothing', () => {
    expect(read(groutTomlHeader)).toEqual({ value: NO_GROUT_TOML, diagnostics: [] });
  });

  it('reads features, each under its own name on both sides where nothing else is said', () => {
    const { value, diagnostics } = read(
      '[features.simd]\ndescription = "wide"\ncargo = ["avx"]\ngo-tags = []\ndefault = true\nrequires = ["x"]\nconflicts = ["y"]\n\n[features.x]\n',
    );
    expect(diagnostics).toEqual([]);
    expect(value?.features).toEqual({
      simd: {
        ...{ description: 'wide', cargo: ['avx'], goTags: [], isDefault: true, requires: ['x'], conflicts: ['y'] },
        span: { file: 'grout.toml', line: 1, column: 1, endColumn: 16 },
      },
      x: {
        ...{ cargo: ['x'], goTags: ['x'], isDefault: false, requires: [], conflicts: [] },
        span: { file: 'grout.toml', line: 9, column: 1, endColumn: 13 },
      },
    });
  });

  it.each([
    ['[features.x]\ngo_tags = []\n', 'scaffold/unknown-key', 2, 'did you mean go-tags?'],
    ['[features.x]\ncargo = "x"\n', 'scaffold/wrong-type', 2, 'write cargo = ["…"]'],
    ['[features.x]\nrequires = ["a,b"]\n', 'scaffold/wrong-type', 2, 'write requires = ["…"]'],
    ['[features.x]\ndefault = 1\n', 'scaffold/wrong-type', 2, 'write default = true'],
    ['[features.x]\ndescription = 1\n', 'scaffold/wrong-type', 2, 'write description = "…"'],
    ['[features."a b"]\n', 'scaffold/wrong-name', 1, 'write a letter or digit first, then letters, digits, _, - or .'],
    ['features = 1\n', 'scaffold/wrong-type', 1, 'write [features] on its own line'],
  ])('refuses in %j what is no feature', (text, code, line, help) => {
    expect(problems(text)).toMatchObject([{ code, span: { line }, help }]);
  });

  it('reads inline tables and dotted keys', () => {
    const { value } = read('runtime.directory = "r"\nbridges = { a = { directory = "x" } }\n');
    expect(value?.runtime).toEqual({ directory: 'r' });
    expect(value?.bridges['a']?.directory).toBe('x');
  });

  it('proposes the known key for a mistyped one and keeps the rest', () => {
    const text = '[bridge.a]\ndirectory = "x"\n\n[bridges.b]\ndirectroy = "y"\ndirectory = "z"\n';
    expect(problems(text)).toEqual([
      {
        code: 'scaffold/unknown-key',
        message: 'grout.toml has no key bridge',
        span: { file: 'grout.toml', line: 1, column: 1, endColumn: 11 },
        help: 'did you mean bridges?',
      },
      {
        code: 'scaffold/unknown-key',
        message: '[bridges.b] has no key directroy',
        span: { file: 'grout.toml', line: 5, column: 1, endColumn: 10 },
        help: 'did you mean directory?',
      },
    ]);
    expect(read(text).value?.bridges['b']?.directory).toBe('z');
  });

  it.each([
    ['a number for a directory', '[runtime]\ndirectory = 3\n', 'runtime needs a directory', 2],
    ['no directory', '\n[bridges.a]\n', 'bridges.a needs a directory', 2],
    ['a string for a table', 'bridges = "x"\n', 'bridges must be a table', 1],
    ['a list for a table', '[[bridges]]\ndirectory = "x"\n', 'bridges must be a table', 1],
  ])('refuses %s', (_, text, message, line) => {
    expect(problems(text)).toEqual([
      expect.objectContaining({
        code: 'scaffold/wrong-type',
        message,
        span: expect.objectContaining({ line }) as unknown,
      }),
    ]);
  });

  it.each(['../other', '/abs', 'C:\\\\abs', 'a/../../b'])('refuses the directory %s outside the workspace', (path) => {
    expect(problems(`[runtime]\ndirectory = "${path}"\n`)[0]?.code).toBe('scaffold/outside-workspace');
  });

  it('says where the text is no TOML', () => {
    expect(read('[runtime]\ndirectory = \n').value).toBeUndefined();
    expect(problems('[runtime]\ndirectory = \n')).toEqual([
      expect.objectContaining({ code: 'scaffold/broken-toml', span: { file: 'grout.toml', line: 2, column: 13 } }),
    ]);
    expect(problems('a = 1\na = 2\n')[0]?.span?.line).toBe(2);
  });
});

describe('[[edges]]', () => {
  const edge = (more: string): string => `[[edges]]\nfrom = "app"\nto = "libs/core"\nwhy = "loads it by name"\n${more}`;

  it('are read with their kind, build where none is given, and the place of each', () => {
    const { value, diagnostics } = read(`# facts\n${edge('')}\n${edge('kind = "test"\n')}`);
    expect(diagnostics).toEqual([]);
    const words = { from: 'app', to: 'libs/core', why: 'loads it by name' };
    expect(value?.edges).toEqual([
      { ...words, kind: 'build', span: { file: 'grout.toml', line: 2, column: 1, endColumn: 10 } },
      { ...words, kind: 'test', span: { file: 'grout.toml', line: 7, column: 1, endColumn: 10 } },
    ]);
  });

  it('may be inline tables', () => {
    const { value } = read('edges = [{ from = "a", to = "b", why = "w" }]\n');
    expect(value?.edges).toEqual([
      { from: 'a', to: 'b', why: 'w', kind: 'build', span: { file: 'grout.toml', line: 1, column: 1, endColumn: 6 } },
    ]);
  });

  it.each([
    ['no reason', '[[edges]]\nfrom = "a"\nto = "b"\n', 'an edge needs why, a text', 1],
    ['an empty reason', '[[edges]]\nfrom = "a"\nto = "b"\nwhy = " "\n', 'an edge needs why, a text', 4],
    ['no target', `${edge('')}[[edges]]\nfrom = "a"\nwhy = "w"\n`, 'an edge needs to, a text', 5],
    ['a list of sources', '[[edges]]\nfrom = ["a"]\nto = "b"\nwhy = "w"\n', 'an edge needs from, a text', 2],
    ['another kind', edge('kind = "dev"\n'), 'an edge has the kind build or test', 5],
    ['a table for the list', '[edges]\nfrom = "a"\n', 'edges must be a list of tables', 1],
    ['texts for the tables', 'edges = ["a"]\n', 'edges must be a list of tables', 1],
  ])('with %s are refused', (_, text, message, line) => {
    expect(problems(text)).toEqual([
      expect.objectContaining({
        code: 'scaffold/wrong-type',
        message,
        span: expect.objectContaining({ line }) as unknown,
      }),
    ]);
  });

  it('stand in spite of a mistyped key, which is reported at its place', () => {
    const text = `${edge('')}${edge('reason = "r"\n')}`;
    expect(read(text).value?.edges).toHaveLength(2);
    expect(problems(text)).toEqual([
      expect.objectContaining({
        message: '[[edges]] has no key reason',
        span: { file: 'grout.toml', line: 9, column: 1, endColumn: 7 },
        help: 'the keys known here are from, to, kind, why',
      }),
    ]);
  });
});

describe('addBridge', () => {
  const bridge = { name: 'pricing', directory: workspacePath('libs/pricing') };

  it('makes the file, and says the place of the runtimes once', () => {
    const first = addBridge(undefined, bridge, workspacePath('libs/grout'));
    const second = addBridge(first, { name: 'b', directory: workspacePath('libs/b') }, workspacePath('libs/grout'));
    expect(first.startsWith(groutTomlHeader)).toBe(true);
    expect(second.startsWith(first)).toBe(true);
    expect(second.match(/\[runtime\]/g)).toHaveLength(1);
    const { value, diagnostics } = read(second);
    expect(diagnostics).toEqual([]);
    expect(Object.keys(value?.bridges ?? {})).toEqual(['pricing', 'b']);
    expect(value?.runtime?.directory).toBe('libs/grout');
  });

  it('says which bridge has tests of random values', () => {
    const text = addBridge('', { ...bridge, propertyTests: true }, workspacePath('libs/grout'));
    expect(text).toContain('[bridges.pricing]\ndirectory = "libs/pricing"\nproperty-tests = true\n');
    expect(read(text).value?.bridges['pricing']?.propertyTests).toBe(true);
    expect(addBridge('', { ...bridge, propertyTests: false }, workspacePath('libs/grout'))).not.toContain('property');
  });

  it('keeps what the user wrote', () => {
    const text = '# mine\nruntime.directory = "r" # here\n';
    expect(addBridge(text, bridge, workspacePath('libs/grout'))).toBe(
      `${text}\n[bridges.pricing]\ndirectory = "libs/pricing"\n`,
    );
  });
});
