import { workspacePath } from '#paths';
import { below, unionOf } from './inputs.js';

it.each([
  ['web/[id].html', 'web/[[]id[]].html'],
  ['web/(app)/p.txt', 'web/[(]app[)]/p.txt'],
  ['web/{slug}.txt', 'web/[{]slug[}].txt'],
  ['web/plain-name_1.txt', 'web/plain-name_1.txt'],
])('the name %s is itself in a glob', (name, glob) => {
  expect(below(workspacePath(name))).toBe(`{workspaceRoot}/${glob}`);
  expect(below(workspacePath(name), '**/*')).toBe(`{workspaceRoot}/${glob}/**/*`);
});

it('a task without a command is made from all that it waits for, each said once', () => {
  const shared = { externalDependencies: [] };
  expect(
    unionOf([
      ['goMachine', { input: 'go:.', projects: ['b', 'a'] }, shared],
      ['goMachine', { input: 'go:.', projects: ['c', 'a'] }, { input: 'rust', projects: 'r' }, shared],
    ]),
  ).toEqual([{ input: 'go:.', projects: ['a', 'b', 'c'] }, { input: 'rust', projects: ['r'] }, 'goMachine', shared]);
});
