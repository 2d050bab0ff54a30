import { workspacePath } from '#paths';
import { defaultGoModulePrefix, isGoModulePrefix } from './index.js';

const modules = (...pairs: [string, string][]) =>
  pairs.map(([modulePath, folder]) => ({ modulePath, folder: workspacePath(folder) }));

describe('defaultGoModulePrefix', () => {
  it.each<[string, [string, string][], string]>([
    ['the workspace without modules', [], 'example.com/my-shop'],
    ['a module at the root', [['example.com/acme/mono', '.']], 'example.com/acme/mono'],
    ['a path that repeats its folder', [['example.com/acme/services/api', 'services/api']], 'example.com/acme'],
    ['the parent of a path of its own', [['example.com/acme/api', 'services/x']], 'example.com/acme'],
    [
      'what two have in common',
      [
        ['h.io/acme/a/x', 'q'],
        ['h.io/acme/b/y', 'r'],
      ],
      'h.io/acme',
    ],
    [
      'whole segments only',
      [
        ['h.io/acme1/x', 'q'],
        ['h.io/acme2/y', 'r'],
      ],
      'h.io',
    ],
    [
      'the workspace when nothing is common',
      [
        ['a.io/x', 'q'],
        ['b.io/y', 'r'],
      ],
      'example.com/my-shop',
    ],
    ['the workspace for a path of one word', [['app', 'cmd/tool']], 'example.com/my-shop'],
  ])('takes %s', (_, placed, expected) => {
    expect(defaultGoModulePrefix(modules(...placed), 'My Shop')).toBe(expected);
  });

  it('makes a legal path of any folder name', () => {
    for (const name of ['.', '--', 'ÄÖ', '_x.']) {
      expect(isGoModulePrefix(defaultGoModulePrefix([], name))).toBe(true);
    }
  });
});

describe('isGoModulePrefix', () => {
  it.each(['example.com', 'example.com/acme', 'localhost/a_b/C~d'])('accepts %s', (prefix) => {
    expect(isGoModulePrefix(prefix)).toBe(true);
  });

  it.each(['', '/a', 'a/', 'a//b', 'https://a', 'a b', '.a', 'a/.b', 'a.', 'ä.de'])('refuses %p', (prefix) => {
    expect(isGoModulePrefix(prefix)).toBe(false);
  });
});
