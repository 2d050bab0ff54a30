/** Words of the text after the verb of a `#cgo` line. */
export interface CgoWords {
  readonly words: readonly string[];
  /** Why Go refuses the text; the words are then what it read so far. */
  readonly problem?: string;
}

/**
 * Splits as Go splits `#cgo` arguments: at white space; single and double quotes keep it, a backslash keeps the next
 * character, also inside quotes. `${SRCDIR}` stays as it is.
 */
export function splitCgoWords(text: string): CgoWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let isEscaped = false;
  for (const character of text) {
    if (!isEscaped && character === '\\') {
      isEscaped = true;
    } else if (!isEscaped && quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (!isEscaped && quote !== '' && character === quote) {
      quote = '';
    } else if (!isEscaped && quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      isEscaped = false;
      word = (word ?? '') + character;
    }
  }
  if (word !== undefined) words.push(word);
  if (quote !== '') return { words, problem: `a ${quote} is not closed` };
  return isEscaped ? { words, problem: 'nothing follows the last backslash' } : { words };
}

/** The word as it has to stand in a `#cgo` line to be split as this one word. */
export function quoteCgoWord(word: string): string {
  return /^[^\s"'\\]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, '\\$&')}"`;
}
