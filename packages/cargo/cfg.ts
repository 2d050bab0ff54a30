/**
 * Whether a `cfg(…)` expression holds, as in the key of a `[target.…]` table.
 *
 * @param set what `rustc --print cfg` prints, a line each: `unix`, `target_os="linux"`
 * @returns false for an expression that is none: cargo, which reads it as well, says what is wrong
 * Source of the grammar: https://doc.rust-lang.org/reference/conditional-compilation.html
 */
export function holdsCfg(expression: string, set: ReadonlySet<string>): boolean {
  const tokens = expression.match(/[A-Za-z_][\w-]*|"(?:[^"\\]|\\.)*"|[(),=]|\S/g) ?? [];
  const reader = new CfgReader(tokens, set);
  const [holds, ...more] = reader.group('cfg');
  return holds === true && more.length === 0 && reader.isAtEnd;
}

/** Reads an expression and judges it on the way; what is not understood makes it undefined. */
class CfgReader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly set: ReadonlySet<string>,
  ) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** The predicates in the brackets behind a word; nothing when it is no such group. */
  group(word: string): readonly (boolean | undefined)[] {
    if (!this.take(word) || !this.take('(')) return [undefined];
    const found: (boolean | undefined)[] = [];
    while (!this.isAtEnd && !this.take(')')) {
      found.push(this.predicate());
      if (!this.take(',') && this.tokens[this.at] !== ')') return [undefined];
    }
    return this.tokens[this.at - 1] === ')' ? found : [undefined];
  }

  private predicate(): boolean | undefined {
    const [word = '', next] = this.tokens.slice(this.at);
    if (next === '(') return this.combination(word);
    this.at += 1;
    if (word === 'true' || word === 'false') return word === 'true';
    if (!/^[A-Za-z_]/.test(word)) return undefined;
    if (!this.take('=')) return this.set.has(word);
    const value = this.tokens[this.at] ?? '';
    this.at += 1;
    return value.startsWith('"') ? this.set.has(`${word}=${value}`) : undefined;
  }

  private combination(word: string): boolean | undefined {
    const parts = this.group(word);
    const known = parts.filter((part) => part !== undefined);
    if (known.length < parts.length) return undefined;
    switch (word) {
      case 'all':
        return known.every(Boolean);
      case 'any':
        return known.some(Boolean);
      case 'not':
        return known.length === 1 ? known[0] === false : undefined;
      default:
        return undefined;
    }
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }
}
