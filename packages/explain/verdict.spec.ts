import { parseVerdict } from './verdict.js';

it('finds the JSON behind whatever Nx or a plugin prints before it', () => {
  const json = JSON.stringify({ affected: { 'a:build': [] }, upstream: {}, touched: [] }, null, 2);
  expect(parseVerdict(`warning[graph/x]: {odd}\n\n${json}\n`)).toEqual({ affected: { 'a:build': [] }, upstream: {} });
});

it.each(['', 'NX  No tasks', '{', '{"other": 1}'])('is undefined for %j', (output) => {
  expect(parseVerdict(output)).toBeUndefined();
});
