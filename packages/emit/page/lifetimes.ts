import { isArena, type Field } from '#contract';
import { alignOf, holdsViews } from '../borrowing.js';

/** How the page says who owns the value of a field, and for how long. */

/** Of a field of a request to Rust; `borrowing` are the full names of messages that hold what is lent. */
export function requestLifetime(field: Field, borrowing: ReadonlySet<string>): string {
  const { own, type } = field;
  if (isNumber(field)) return 'by value';
  if (own === 'borrow') return 'lent to Rust for the call, where Go has it (O13)';
  if (own === 'move') return 'given away: a buffer that NewBuffer makes and Go fills, Rust’s with the call (O21, O22)';
  if (type.kind === 'message' && borrowing.has(type.message)) {
    return 'lent to Rust for the call where its message says so (O13), the rest copied';
  }
  return 'copied, the copy is Rust’s (O12)';
}

/** Of a field of a response of Rust, or of a message in one; `viewed` are the full names of messages with views. */
export function responseLifetime(field: Field, viewed: ReadonlySet<string>): string {
  const { own, type, cardinality } = field;
  if (isArena(field)) return 'an arena, written item by item; all of them in one piece of memory of Go (O25)';
  if (isNumber({ type, cardinality })) return 'by value';
  if (holdsViews(field, viewed)) return 'views in Rust where its message says so (O27), the rest copied';
  if (own === 'unspecified' || own === 'copy') return 'copied, the copy is Go’s (O12)';
  const [what, rules] = type.kind === 'string' ? ['text', 'O26'] : ['bytes', 'O16, O17'];
  const [views, them] = cardinality === 'repeated' ? ['views', 'them'] : ['a view', 'it'];
  const owner = own === 'borrow' ? 'shared with the service' : 'given away by the service';
  return `${views} of ${what} in Rust, ${owner}; Go frees ${them} with Release (${rules})`;
}

/** Of a field of what crosses to Go and back: nothing is lent there. */
export function copied(field: Field, owner: 'Go' | 'Rust'): string {
  return isNumber(field) ? 'by value' : `copied, the copy is ${owner}’s (O12)`;
}

function isNumber({ type, cardinality }: Pick<Field, 'type' | 'cardinality'>): boolean {
  const isSingle = cardinality === 'singular' || cardinality === 'optional';
  return isSingle && !['string', 'bytes', 'message'].includes(type.kind);
}

/** What the contract allows of a value, and who may see it. */
export function limitsOf(field: Field): string[] {
  const { maxLen, redact, type, cardinality } = field;
  const unit = cardinality === 'map' ? 'entries' : cardinality === 'repeated' ? 'items' : 'bytes';
  return [
    ...(maxLen === 0 ? [] : [`at most ${String(maxLen)} ${unit} (L8)`]),
    ...(alignOf(field) === 1 ? [] : [`at a multiple of ${alignOf(field)} (L14)`]),
    ...(redact ? ['never shown by Debug, fmt, slog or JSON'] : []),
    ...(type.kind === 'string' ? ['UTF-8 (L7)'] : []),
  ];
}
