import { suggest } from './index.js';

it.each([
  ['membres', 'members'],
  ['Build', 'build'],
  ['biuld', 'build'],
  ['members', 'members'],
])('takes %j for %j', (name, meant) => {
  expect(suggest(name, ['build', 'members', 'x'])).toBe(meant);
});

it.each(['', 'nothing-like-it', 'ab'])('takes %j for none of them', (name) => {
  expect(suggest(name, ['build', 'members'])).toBeUndefined();
});

it('is done at once with a name that is far longer than any that is known', () => {
  const start = performance.now();
  expect(suggest('x'.repeat(200_000), ['build', 'members'.repeat(100)])).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(1000);
});
