import { execFileSync } from 'node:child_process';
import { shellWord } from './shell-word.js';

it.each(['libs/pricing', 'my libs/a b', '$HOME/`x`', 'a"b', "it's", 'back\\slash', 'a;b&c(d)*'])(
  'gives the shell %j as one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

it('leaves a plain path as it is', () => {
  expect(shellWord('libs/pricing-go/v2.1')).toBe('libs/pricing-go/v2.1');
});
