import { UniqueNames } from './unique-names.js';

describe('UniqueNames', () => {
  it('numbers what is taken', () => {
    const names = new UniqueNames();
    expect(['a', 'a', 'a', 'b'].map((name) => names.claim(name))).toEqual(['a', 'a_2', 'a_3', 'b']);
  });

  it('keeps clear of reserved names', () => {
    const names = new UniqueNames(new Set(['type']));
    expect([names.claim('type'), names.claim('type')]).toEqual(['type_', 'type_2']);
  });

  it('claims what is derived of a name together with it', () => {
    const names = new UniqueNames();
    const withLength = (name: string): string[] => [`${name}_len`];
    expect(names.claim('text_len')).toBe('text_len');
    expect(names.claim('text', withLength)).toBe('text_2');
    expect(names.claim('text_2_len')).toBe('text_2_len_2');
  });
});
