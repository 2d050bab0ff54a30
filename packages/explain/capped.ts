const SHOWN = 10;

/** The first of many entries, and how many more there are. */
export function capped(entries: readonly string[], limit = SHOWN): string[] {
  // One line says no less than `and 1 more`.
  if (entries.length <= limit + 1) return [...entries];
  return [...entries.slice(0, limit), `and ${entries.length - limit} more`];
}

/** `a, b and 3 more`. */
export function cappedWords(words: readonly string[], limit: number): string {
  const shown = capped(words, limit);
  return shown.length === words.length ? shown.join(', ') : `${shown.slice(0, -1).join(', ')} ${shown.at(-1) ?? ''}`;
}
