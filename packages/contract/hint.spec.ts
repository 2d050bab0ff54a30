import { findHintProblem, placeholdersOf } from './hint.js';

describe('placeholdersOf', () => {
  it('finds each name once, and no doubled braces', () => {
    expect(placeholdersOf('{b} after {a_1}, {b} or {{c}}')).toEqual(['b', 'a_1']);
    expect(placeholdersOf('none')).toEqual([]);
    expect(placeholdersOf('{{{x}}}')).toEqual(['x']);
  });
});

// Rule E23
describe('findHintProblem', () => {
  it.each(['', 'wait', '{a}', '{{ and }}', '{{{a}}}', '{a}{b_2}'])('accepts %j', (hint) => {
    expect(findHintProblem(hint)).toBeUndefined();
  });

  it.each([
    ['wait for {holder', 'opens a placeholder that it does not close: {holder'],
    ['wait {for {holder}', 'opens a placeholder that it does not close: {for'],
    ['wait for holder}', 'closes a placeholder with } that it does not open'],
    ['wait for {}', 'has a placeholder without a name: {}'],
    ['wait for {Holder}', 'has a placeholder that is no name: {Holder}'],
    ['wait for {the holder}', 'has a placeholder that is no name: {the holder}'],
    ['wait for {1}', 'has a placeholder that is no name: {1}'],
    ['{{{a}}', 'closes a placeholder with } that it does not open'],
  ])('refuses %j', (hint, message) => {
    expect(findHintProblem(hint)?.message).toBe(message);
  });
});
