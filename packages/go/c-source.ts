import type { Diagnosed } from '#diagnostics';
import type { CSource } from './types.js';

/** Extensions of what go hands to the C compiler or its own assembler, and of what such sources include. */
export const C_EXTENSIONS: readonly string[] = [
  ...['c', 'cc', 'cpp', 'cxx', 'm', 's', 'S', 'sx', 'f', 'F', 'for', 'f90'],
  ...['h', 'hh', 'hpp', 'hxx', 'inc', 'inl', 'ipp', 'tcc'],
];

const KNOWN = new RegExp(`\\.(?:${C_EXTENSIONS.join('|')})$`);
const TAKEN_IN = /^[ \t]*(?:#[ \t]*(?:include|import)|\.incbin)[ \t]*"([^"\r\n]+)"/gm;

/**
 * What a C or assembler source takes in from elsewhere: quoted paths of `#include` and `.incbin`. Undefined for one that
 * stays among the sources of its own folder, as nearly all do.
 */
export function parseCSource(file: string, text: string): Diagnosed<CSource | undefined> {
  const found = [...text.matchAll(TAKEN_IN)].flatMap(([, path = '']) => (isFromElsewhere(path) ? [path] : []));
  return { value: found.length === 0 ? undefined : { file, takesIn: [...new Set(found)] }, diagnostics: [] };
}

/** Whether a quoted path may lead to another folder, or to a file that nothing takes for a source. */
export function isFromElsewhere(path: string): boolean {
  return !path.startsWith('/') && (path.includes('/') || !KNOWN.test(path));
}
