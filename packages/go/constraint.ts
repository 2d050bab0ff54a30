import type { BuildConstraint } from './types.js';

/** A constraint, or why there is none; `offset` counts from the start of the expression. */
export type ParsedConstraint =
  { readonly constraint: BuildConstraint } | { readonly problem: string; readonly offset: number };

/** Go's own limit, which also bounds the depth of the tree. */
const MAX_TERMS = 1000;

const TOKEN = /[ \t]*(&&|\|\||[()!]|[\p{L}\p{Nd}_.]+|$)/uy;

/** Parses the expression after `//go:build`. */
export function parseConstraint(expression: string): ParsedConstraint {
  const parser = new ConstraintParser(expression);
  const constraint = parser.parse();
  return constraint === undefined ? parser.failure : { constraint };
}

/** Recursive descent; a method gives undefined after it has noted the failure. */
class ConstraintParser {
  failure = { problem: 'unexpected end of expression', offset: 0 };
  readonly #text: string;
  #position = 0;
  #token = '';
  #tokenStart = 0;
  #terms = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): BuildConstraint | undefined {
    const constraint = this.#advance() ? this.#parseOr() : undefined;
    if (constraint === undefined || this.#token === '') return constraint;
    return this.#fail(`unexpected ${this.#token}`);
  }

  #parseOr(): BuildConstraint | undefined {
    let left = this.#parseAnd();
    while (left !== undefined && this.#token === '||') {
      const right = this.#advance() ? this.#parseAnd() : undefined;
      left = right === undefined ? undefined : { op: 'or', left, right };
    }
    return left;
  }

  #parseAnd(): BuildConstraint | undefined {
    let left = this.#parseNot();
    while (left !== undefined && this.#token === '&&') {
      const right = this.#advance() ? this.#parseNot() : undefined;
      left = right === undefined ? undefined : { op: 'and', left, right };
    }
    return left;
  }

  #parseNot(): BuildConstraint | undefined {
    if (++this.#terms > MAX_TERMS) return this.#fail('the expression is too large');
    if (!this.#isAt('!')) return this.#parseAtom();
    if (!this.#advance()) return undefined;
    if (this.#isAt('!')) return this.#fail('double negation is not allowed');
    const operand = this.#parseAtom();
    return operand === undefined ? undefined : { op: 'not', operand };
  }

  #parseAtom(): BuildConstraint | undefined {
    const start = this.#tokenStart;
    const token = this.#token;
    if (token === '') return this.#fail('unexpected end of expression');
    if (token !== '(') {
      if (!/^[\p{L}\p{Nd}_.]/u.test(token)) return this.#fail(`unexpected ${token}`);
      return this.#advance() ? { op: 'tag', tag: token } : undefined;
    }
    const inner = this.#advance() ? this.#parseOr() : undefined;
    if (inner === undefined) return undefined;
    if (this.#token !== ')') return this.#fail('missing closing parenthesis', start);
    return this.#advance() ? inner : undefined;
  }

  #isAt(token: string): boolean {
    return this.#token === token;
  }

  #advance(): boolean {
    TOKEN.lastIndex = this.#position;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      this.#tokenStart = this.#position + (/^[ \t]*/.exec(this.#text.slice(this.#position))?.[0].length ?? 0);
      this.#fail(`unexpected ${String.fromCodePoint(this.#text.codePointAt(this.#tokenStart) ?? 0)}`);
      return false;
    }
    this.#token = match[1] ?? '';
    this.#position += match[0].length;
    this.#tokenStart = this.#position - this.#token.length;
    return true;
  }

  /** Notes why; undefined, for a method that has nothing to give then. */
  #fail(problem: string, offset = this.#tokenStart): BuildConstraint | undefined {
    this.failure = { problem, offset };
    return undefined;
  }
}

/** Parses the words after `// +build`: any of them holds; in a word, all between commas. Ill-formed ones never hold. */
export function parsePlusBuild(text: string): BuildConstraint {
  const clauses = text.split(/\s+/).filter((clause) => clause !== '');
  const terms = clauses.map((clause) => combineConstraints('and', clause.split(',').map(parseLiteral)));
  return combineConstraints('or', terms);
}

function parseLiteral(literal: string): BuildConstraint {
  if (literal.startsWith('!!') || literal === '!') return IGNORE;
  const name = literal.startsWith('!') ? literal.slice(1) : literal;
  const tag: BuildConstraint = /^[\p{L}\p{Nd}_.]+$/u.test(name) ? { op: 'tag', tag: name } : IGNORE;
  return name === literal ? tag : { op: 'not', operand: tag };
}

const IGNORE: BuildConstraint = { op: 'tag', tag: 'ignore' };

/** Joins constraints into a balanced tree, so that no walk over it goes deep. None at all never hold. */
export function combineConstraints(op: 'and' | 'or', parts: readonly BuildConstraint[]): BuildConstraint {
  const [first = IGNORE] = parts;
  if (parts.length <= 1) return first;
  const middle = parts.length >> 1;
  return {
    op,
    left: combineConstraints(op, parts.slice(0, middle)),
    right: combineConstraints(op, parts.slice(middle)),
  };
}
