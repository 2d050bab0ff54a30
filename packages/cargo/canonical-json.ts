/** A TOML value as JSON with sorted keys: the same text for the same value, whatever its order, layout and comments were. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return String(value);
  const table = value as Readonly<Record<string, unknown>>;
  const entries = Object.keys(table)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(table[key])}`);
  return `{${entries.join(',')}}`;
}
