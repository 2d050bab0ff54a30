/** Whether a path matches a pattern as cargo's globs do: `*`, `?` and `[…]` within a segment, `**` over segments. */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchSegments(pattern.split('/'), path.split('/'));
}

function matchSegments(patterns: readonly string[], segments: readonly string[]): boolean {
  const [pattern, ...rest] = patterns;
  if (pattern === undefined) return segments.length === 0;
  if (pattern === '**')
    return segments.some((_, index) => matchSegments(rest, segments.slice(index + 1))) || matchSegments(rest, segments);
  const [segment, ...others] = segments;
  return segment !== undefined && segmentPattern(pattern).test(segment) && matchSegments(rest, others);
}

function segmentPattern(glob: string): RegExp {
  const source = glob.replaceAll(/\[(!?)([^\]]+)\]|[*?]|[.+^${}()|[\]\\]/g, (found, negated?: string, set?: string) => {
    if (set !== undefined) return `[${negated === '!' ? '^' : ''}${set.replaceAll('\\', '\\\\')}]`;
    if (found === '*') return '.*';
    return found === '?' ? '.' : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
