import { findTestPaths } from './test-paths.js';

const pathsOf = (body: string): string[] =>
  findTestPaths('p/a_test.go', `package p\n\n${body}\n`).map(({ path, span }) => `${path} ${span.line}:${span.column}`);

describe('paths that a test names', () => {
  it('count where they climb out of its folder, alone or joined', () => {
    expect(pathsOf('var a = read("../fixtures/f.json")')).toEqual(['../fixtures/f.json 3:14']);
    expect(pathsOf('var a = read(`../raw.txt`)')).toEqual(['../raw.txt 3:14']);
    expect(pathsOf('var a = filepath.Join("..", "..", "fixtures", name)')).toEqual(['../../fixtures 3:23']);
  });

  it.each(['// read("../no")', '/* filepath.Join("..", "no") */', 'var a = "x ../no"', 'var a = Join("..", name)'])(
    'do not count in %s',
    (body) => {
      expect(pathsOf(body)).toEqual([]);
    },
  );
});
