import type { Contract } from '#contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callbacksOf } from './callbacks.js';
import { requestSlots, responseSlots } from './crossing.js';

const scoring = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testdata/callbacks/contract.json'), 'utf8'),
) as Contract;

it('numbers methods by name, whatever their order', () => {
  const [weigher] = callbacksOf(scoring);
  expect(weigher?.calls.map(({ method, number }) => [method.name, number])).toEqual([
    ['Weigh', 2],
    ['Done', 0],
    ['Look', 1],
  ]);
});

// Rule L1
it('flattens what a method of Go is given and answers, as it does those of Rust', () => {
  const weigh = callbacksOf(scoring)[0]?.calls[0];
  if (weigh === undefined) throw new Error('no method');
  expect(requestSlots(weigh).map(({ name }) => name)).toEqual([
    'title',
    'title_len',
    'has_body',
    'body',
    'body_len',
    'pack',
    'pack_len',
  ]);
  expect(responseSlots(weigh).map(({ name }) => name)).toEqual(['weight', 'proof_len']);
});

it('gives no two methods structs of one name, and none the name of the struct of a method of Rust', () => {
  const structsOf = (rename: string): (string | undefined)[] => {
    const services = scoring.services.map((service) => ({
      ...service,
      methods: service.methods.map((method) => (method.name === 'Train' ? { ...method, name: rename } : method)),
    }));
    return callbacksOf({ ...scoring, services }).flatMap(({ calls }) => calls.map(({ structs }) => structs));
  };
  expect(structsOf('Train')).toEqual(['weigher_weigh', 'weigher_done', 'weigher_look']);
  expect(structsOf('WeigherDone')).toEqual(['weigher_weigh', 'weigher_done_2', 'weigher_look']);
});
