import type { RustTokens } from './rust-tokens.js';

/** An attribute, `#[…]` or `#![…]`. */
export interface Attribute {
  readonly isInner: boolean;
  /** Range of what stands between the brackets. */
  readonly from: number;
  readonly to: number;
}

const TEST_PREDICATES = new Set(['test', 'doctest', 'doc', 'docsrs']);
const ITEM = /^(?:pub|unsafe|async|extern|mod|fn|impl|trait|struct|enum|union|type|use|const|static|let|macro_rules)$/;
const TEST_ATTRIBUTES = new Set(['test', 'rstest', 'bench', 'test_case', 'quickcheck']);

export function attributeAt(tokens: RustTokens, index: number): Attribute | undefined {
  if (!tokens.is(index, '#')) return undefined;
  const isInner = tokens.is(index + 1, '!');
  const opening = isInner ? index + 2 : index + 1;
  return tokens.is(opening, '[') ? { isInner, from: opening + 1, to: tokens.closerOf(opening) } : undefined;
}

/**
 * Index at which ends what only tests compile because of this attribute: the item, the block around an inner attribute,
 * or of `cfg_attr` the attribute alone. Documentation counts as tests do: no build reads it.
 */
export function endOfTestCode(tokens: RustTokens, attribute: Attribute): number | undefined {
  const { from, to, isInner } = attribute;
  if (tokens.is(from, 'cfg_attr', '(')) {
    const predicate = tokens.split(from + 2, tokens.closerOf(from + 1))[0];
    return predicate !== undefined && isTestPredicate(tokens, predicate.from, predicate.to) ? to : undefined;
  }
  const isTest = tokens.is(from, 'cfg', '(')
    ? isTestPredicate(tokens, from + 2, tokens.closerOf(from + 1))
    : TEST_ATTRIBUTES.has(lastNameOf(tokens, from, to));
  if (!isTest) return undefined;
  return isInner ? tokens.findAtLevel(to + 1) : endOfItem(tokens, to + 1);
}

/** Whether the predicate holds for tests, or documentation, alone. */
function isTestPredicate(tokens: RustTokens, from: number, to: number): boolean {
  const word = tokens.word(from) ?? '';
  if (to === from + 1) return TEST_PREDICATES.has(word);
  const parts = tokens.split(from + 2, tokens.closerOf(from + 1));
  if (word === 'all') return parts.some((part) => isTestPredicate(tokens, part.from, part.to));
  return word === 'any' && parts.length > 0 && parts.every((part) => isTestPredicate(tokens, part.from, part.to));
}

/** `test` of `#[test]` and `#[tokio::test(…)]`. */
function lastNameOf(tokens: RustTokens, from: number, to: number): string {
  let index = from;
  while (index < to && tokens.is(index + 1, ':', ':')) index += 3;
  return tokens.word(index) ?? '';
}

function endOfItem(tokens: RustTokens, from: number): number {
  let start = from;
  for (let next = attributeAt(tokens, start); next !== undefined; next = attributeAt(tokens, start))
    start = next.to + 1;
  // A field, variant, arm or argument ends at a comma, where an item may have commas among its generics.
  const end = tokens.findAtLevel(start, ';', '{', ...(ITEM.test(tokens.word(start) ?? '') ? [] : [',']));
  return tokens.is(end, '{') ? tokens.closerOf(end) : end;
}

/** Ranges of the settings `name = …` in the attribute or in the attributes that a `cfg_attr` gives. */
export function settingsOf(tokens: RustTokens, { from, to }: Attribute): { name: string; from: number; to: number }[] {
  if (tokens.is(from, 'cfg_attr', '(')) {
    const closer = tokens.closerOf(from + 1);
    return tokens
      .split(from + 2, closer)
      .slice(1)
      .flatMap((part) => setting(tokens, part.from, part.to));
  }
  return setting(tokens, from, to);
}

function setting(tokens: RustTokens, from: number, to: number): { name: string; from: number; to: number }[] {
  const name = tokens.word(from);
  return name !== undefined && tokens.is(from + 1, '=') ? [{ name, from: from + 2, to }] : [];
}
