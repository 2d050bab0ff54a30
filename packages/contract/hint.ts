/** What is wrong with a hint, as the end of a sentence about it, and what to write instead. */
export interface HintProblem {
  readonly message: string;
  readonly help: string;
}

/** `{{` and `}}` are braces; `{name}` stands for an argument. Whatever else has a brace is in the last two groups. */
const pieces = /\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|(\{[^{}]*\}?)|(\})/g;

/** Names of the arguments that a hint shows, each once, in the order of their first use. */
export function placeholdersOf(hint: string): string[] {
  const names = [...hint.matchAll(pieces)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return [...new Set(names)];
}

/** The first brace of a hint that is neither part of a placeholder nor written twice. */
export function findHintProblem(hint: string): HintProblem | undefined {
  const literal = 'for a brace as such, write it twice';
  for (const [text, , open, close] of hint.matchAll(pieces)) {
    if (close !== undefined) {
      return {
        message: `closes a placeholder with } that it does not open`,
        help: `put { before the name; ${literal}`,
      };
    }
    if (open === undefined) continue;
    if (!text.endsWith('}')) {
      return {
        message: `opens a placeholder that it does not close: ${text.trimEnd()}`,
        help: `put } after the name; ${literal}`,
      };
    }
    const message =
      text === '{}' ? 'has a placeholder without a name: {}' : `has a placeholder that is no name: ${text}`;
    return { message, help: `write the argument's name in lower case, such as {lock_holder}; ${literal}` };
  }
  return undefined;
}
