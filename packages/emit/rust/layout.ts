/**
 * The few rules of rustfmt (default configuration, style edition 2024) that generated code meets. Each function returns
 * the lines as rustfmt would leave them; `column` is where the first line starts.
 */
const maxWidth = 100;
const structLiteralWidth = 18;
const callWidth = 60;
const arrayWidth = 60;
const chainWidth = 60;
const step = 4;

/** Indents lines by one step; blank lines stay blank. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(step)}${line}`));
}

/**
 * `fn f(a: A) -> R {` on one line, or with a line for each parameter. `end` is what follows the parameters. When the
 * semicolon of a declaration takes the last column, the result goes to a line of its own.
 */
export function signature(start: string, parameters: readonly string[], end: string, column: number): string[] {
  const head = `${start}(${parameters.join(', ')})`;
  const width = column + head.length + end.length;
  if (width === maxWidth && end.endsWith(';')) return [head, end.trimStart()];
  if (width <= maxWidth) return [`${head}${end}`];
  return [`${start}(`, ...indent(withCommas(parameters)), `)${end}`];
}

/** `name: Type,` on one line, or with the type on the next. */
export function fieldDeclaration(name: string, type: string, column: number): string[] {
  const line = `${name}: ${type},`;
  return column + line.length <= maxWidth ? [line] : [`${name}:`, ...indent([`${type},`])];
}

/** `let x = Type { a, b };` when the fields are short, otherwise with a line for each field. */
export function structLiteral(
  start: string,
  fields: readonly (readonly string[])[],
  end: string,
  column: number,
): string[] {
  const body = fields.map((lines) => lines.join('\n')).join(', ');
  const line = fields.length === 0 ? `${start} {}${end}` : `${start} { ${body} }${end}`;
  if (!body.includes('\n') && body.length <= structLiteralWidth && column + line.length <= maxWidth) return [line];
  return [`${start} {`, ...indent(fields.flatMap((lines) => withComma(lines))), `}${end}`];
}

/** `let x = f(a, b);` on one line, or with a line for each argument. */
export function callExpression(start: string, values: readonly string[], end: string, column: number): string[] {
  const body = values.join(', ');
  const line = `${start}(${body})${end}`;
  if (body.length <= callWidth && column + line.length <= maxWidth) return [line];
  return [`${start}(`, ...indent(withCommas(values)), `)${end}`];
}

/** `let x = [a, b];` on one line, or with a line for each element. */
export function arrayLiteral(start: string, elements: readonly string[], end: string, column: number): string[] {
  const body = elements.join(', ');
  const line = `${start}[${body}]${end}`;
  if (body.length <= arrayWidth && column + line.length <= maxWidth) return [line];
  return [`${start}[`, ...indent(withCommas(elements)), `]${end}`];
}

/** `use a::{B, C};` on one line, or with lines of as many names as fit; a single name stands alone. */
export function useDeclaration(start: string, names: readonly string[]): string[] {
  const sorted = [...names].sort(compareVersions);
  const [only = '', ...more] = sorted;
  const line = more.length === 0 ? `${start}::${only};` : `${start}::{${sorted.join(', ')}};`;
  if (line.length <= maxWidth) return [line];
  const lines: string[] = [];
  for (const name of sorted) {
    const filled = `${lines.at(-1) ?? ''} ${name},`;
    if (lines.length > 0 && step + filled.length <= maxWidth) lines[lines.length - 1] = filled;
    else lines.push(`${name},`);
  }
  return [`${start}::{`, ...indent(lines), '};'];
}

/** Numbers in names count as such: `Item2` comes before `Item10`. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.replaceAll(/\d+/g, (digits) => digits.padStart(20, '0')));
  return (left ?? a) < (right ?? b) ? -1 : 1;
}

/** `a = b;` on one line, or with the value on the next. */
export function assignment(target: string, value: string, column: number): string[] {
  const line = `${target} = ${value};`;
  return column + line.length <= maxWidth ? [line] : [`${target} =`, ...indent([`${value};`])];
}

/** `pattern => value,` on one line, or with the value in a block. */
export function matchArm(pattern: string, value: string, column: number): string[] {
  const line = `${pattern} => ${value},`;
  return column + line.length <= maxWidth ? [line] : [`${pattern} => {`, ...indent([value]), '}'];
}

/** Whether names are so long that rustfmt would break a closure or a chain of calls, in ways that are not known here. */
export function isBeyondLayout(lines: readonly string[]): boolean {
  const chains = lines
    .filter((line) => line.length > chainWidth)
    .flatMap((line) => line.match(/[\w#]+(?:\.[\w#]+)+(?:\([^()]*\)(?:\.[\w#]+)*)+/g) ?? []);
  const isWide = (line: string): boolean => line.length > (line.endsWith('| {') ? maxWidth - 2 : maxWidth);
  return lines.some(isWide) || chains.some((chain) => chain.length > chainWidth);
}

function withCommas(items: readonly string[]): string[] {
  return items.map((item) => `${item},`);
}

function withComma(lines: readonly string[]): string[] {
  return lines.map((line, at) => (at === lines.length - 1 ? `${line},` : line));
}

/** A string literal. */
export function rustString(text: string): string {
  const escaped = text.replaceAll(/[\u0000-\u001f\u007f"\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return character === '\n' ? '\\n' : `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
  return `"${escaped}"`;
}
