import { spellBridgeName, validateBridgeName } from './index.js';

describe('validateBridgeName', () => {
  it.each(['pricing', 'doc-index', 'v2-engine', 'a1'])('accepts %s', (name) => {
    expect(validateBridgeName(name)).toEqual([]);
  });

  it.each(['', 'Pricing', 'doc_index', '-a', 'a-', 'a--b', '1a', 'a/b', 'ä', 'a b', '../a', 'a.b'])(
    'refuses the spelling %p',
    (name) => {
      const [diagnostic, ...others] = validateBridgeName(name);
      expect(others).toEqual([]);
      expect(diagnostic?.help).toContain('doc-index');
    },
  );

  it.each([
    ['type', 'Go'],
    ['func', 'Go'],
    ['string', 'Go'],
    ['len', 'Go'],
    ['self', 'Rust'],
    ['match', 'Rust'],
    ['std', 'Rust'],
    ['proc-macro', 'Rust'],
    ['message', 'Protobuf'],
    ['grout', 'runtime'],
    ['test', 'go or cargo'],
    ['main', 'go or cargo'],
    ['context', 'standard library'],
    ['atomic', 'standard library'],
    ['f-u-n-c', 'Go'],
  ])('refuses %s, which belongs to %s', (name, owner) => {
    const [diagnostic] = validateBridgeName(name);
    expect(diagnostic?.code).toBe('scaffold/bridge-name');
    expect(diagnostic?.message).toContain(owner);
  });
});

describe('spellBridgeName', () => {
  it('spells the name for every place', () => {
    expect(spellBridgeName('doc-index-v2')).toEqual({
      kebab: 'doc-index-v2',
      snake: 'doc_index_v2',
      upperSnake: 'DOC_INDEX_V2',
      pascal: 'DocIndexV2',
      flat: 'docindexv2',
    });
  });
});
