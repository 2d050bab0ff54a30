import type { Field, Message } from '#contract';
import { findRecursion } from './recursion.js';

const declared = { doc: '', span: { file: 'c.proto', line: 1, column: 1 } };

function message(name: string, fields: Readonly<Record<string, [target: string, Field['cardinality']]>>): Message {
  return {
    ...declared,
    name,
    fullName: name,
    oneofs: [],
    fields: Object.entries(fields).map(([field, [target, cardinality]], at) => ({
      ...declared,
      name: field,
      fullName: `${name}.${field}`,
      number: at + 1,
      type: { kind: 'message', message: target },
      cardinality,
      own: 'unspecified',
      redact: false,
      maxLen: 0,
    })),
  };
}

it('boxes what holds itself without a list or map between', () => {
  const messages = [
    message('Tree', { twin: ['Tree', 'singular'], parent: ['Tree', 'oneof'], children: ['Tree', 'repeated'] }),
    message('Forest', { first: ['Tree', 'singular'], named: ['Tree', 'map'] }),
  ];
  const { messages: recursive, boxed } = findRecursion(messages);
  expect([...recursive]).toEqual(['Tree']);
  expect([...boxed]).toEqual(['Tree.twin', 'Tree.parent']);
});

it('boxes every step of a way round, and no step beside it', () => {
  const messages = [
    message('A', { b: ['B', 'singular'], leaf: ['Leaf', 'singular'] }),
    message('B', { c: ['C', 'singular'], items: ['C', 'repeated'] }),
    message('C', { a: ['A', 'optional'] }),
    message('Leaf', {}),
  ];
  const { messages: recursive, boxed } = findRecursion(messages);
  expect([...recursive]).toEqual(['A', 'B', 'C']);
  expect([...boxed]).toEqual(['A.b', 'B.c', 'C.a']);
});

it('knows recursion by way of a list as recursion that needs no box', () => {
  const messages = [message('A', { b: ['B', 'singular'] }), message('B', { more: ['A', 'repeated'] })];
  const { messages: recursive, boxed } = findRecursion(messages);
  expect([...recursive]).toEqual(['A', 'B']);
  expect([...boxed]).toEqual([]);
});
