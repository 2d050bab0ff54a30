/** A comment with its markers; lines and columns count from 1. */
export interface GoComment {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

export interface GoToken {
  readonly kind: 'word' | 'string' | 'punctuation' | 'end' | 'broken';
  /** As written; of a broken token, what is wrong with it. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Comments that go/parser attaches to this token: the last group, when it ends on the line before. */
  readonly lead: readonly GoComment[];
}

const WORD = /[\p{L}\p{Nd}_]+/uy;
const SPACE = /[ \t\r\f\n]+/y;

/** Reads the tokens of a Go file's head: words, strings, punctuation, and the comments between them. */
export class GoScanner {
  readonly #text: string;
  #position: number;
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;
  #previousLine = 0;

  constructor(text: string) {
    this.#text = text;
    this.#position = text.startsWith('\uFEFF') ? 1 : 0;
    this.#lineEnd = endOfLine(text, 0);
  }

  next(): GoToken {
    const comments: GoComment[] = [];
    for (;;) {
      this.#skipSpace();
      const comment = this.#readComment();
      if (comment === undefined) break;
      if (comment === 'open') return this.#token('broken', 'the comment is not closed', []);
      comments.push(comment);
    }
    return this.#readToken(leadGroup(comments, this.#previousLine, this.#line));
  }

  #readToken(lead: readonly GoComment[]): GoToken {
    const first = this.#text[this.#position];
    if (first === undefined) return this.#token('end', '', lead);
    if (first === '"' || first === '`') return this.#readString(first, lead);
    WORD.lastIndex = this.#position;
    const word = WORD.exec(this.#text)?.[0];
    const token = this.#token(word === undefined ? 'punctuation' : 'word', word ?? first, lead);
    this.#position += token.text.length;
    this.#previousLine = this.#line;
    return token;
  }

  #readString(quote: string, lead: readonly GoComment[]): GoToken {
    const end = this.#findStringEnd(quote);
    if (end === undefined) return this.#token('broken', 'the string is not closed', lead);
    const token = this.#token('string', this.#text.slice(this.#position, end), lead);
    this.#moveTo(end);
    this.#previousLine = this.#line;
    return token;
  }

  #findStringEnd(quote: string): number | undefined {
    for (let end = this.#position + 1; end < this.#text.length; end++) {
      const character = this.#text[end];
      if (character === quote) return end + 1;
      if (quote === '"' && character === '\n') return undefined;
      if (quote === '"' && character === '\\') end++;
    }
    return undefined;
  }

  #readComment(): GoComment | 'open' | undefined {
    const isLine = this.#text.startsWith('//', this.#position);
    if (!isLine && !this.#text.startsWith('/*', this.#position)) return undefined;
    const close = this.#text.indexOf(isLine ? '\n' : '*/', this.#position + 2);
    if (close === -1 && !isLine) return 'open';
    const end = close === -1 ? this.#text.length : close + (isLine ? 0 : 2);
    const start = { line: this.#line, column: this.#column() };
    const text = this.#text.slice(this.#position, end);
    this.#moveTo(end);
    return { text, ...start, endLine: this.#line };
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#position;
    this.#moveTo(this.#position + (SPACE.exec(this.#text)?.[0].length ?? 0));
  }

  #moveTo(end: number): void {
    while (this.#lineEnd < end) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = endOfLine(this.#text, this.#lineStart);
    }
    this.#position = end;
  }

  #token(kind: GoToken['kind'], text: string, lead: readonly GoComment[]): GoToken {
    return { kind, text, line: this.#line, column: this.#column(), lead };
  }

  #column(): number {
    return this.#position - this.#lineStart + 1;
  }
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

/**
 * The comments that document what begins on `line`. A comment on the line of the previous token belongs to that token;
 * a blank line between comments parts groups, one after the last detaches it.
 */
function leadGroup(comments: readonly GoComment[], previousLine: number, line: number): readonly GoComment[] {
  let group: GoComment[] = [];
  let isTrailing = false;
  let endLine = -1;
  for (const comment of comments) {
    const isFirst = comment === comments[0];
    const startsGroup = isFirst || comment.line > endLine + (isTrailing ? 0 : 1);
    if (startsGroup) {
      group = [];
      isTrailing = isFirst && comment.line === previousLine;
    }
    group.push(comment);
    endLine = comment.endLine;
  }
  return !isTrailing && endLine + 1 === line ? group : [];
}
