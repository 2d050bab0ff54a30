/** What one run of Nx told the user. Tasks are named `project:target`. */
export interface NxRun {
  readonly exitCode: number;
  /** Standard output and standard error as they came. */
  readonly output: string;
  /** Tasks whose command ran. */
  readonly ran: readonly string[];
  /** Tasks taken from the cache of this machine. */
  readonly cached: readonly string[];
  /** Tasks taken from the remote cache. */
  readonly remote: readonly string[];
}

/** Reads the task lines of `--output-style=static`: `> nx run app:build`, with `[local cache]` and the like behind it. */
export function parseNxRun(exitCode: number, output: string): NxRun {
  const tasks = { ran: new Set<string>(), cached: new Set<string>(), remote: new Set<string>() };
  for (const [, name = '', rest = ''] of output.matchAll(/^> nx run (\S+)(.*)$/gm)) {
    if (rest.includes('[remote cache]')) tasks.remote.add(name);
    else if (/\[local cache\]|\[existing outputs match the cache/.test(rest)) tasks.cached.add(name);
    else tasks.ran.add(name);
  }
  const sorted = (names: ReadonlySet<string>): string[] => [...names].sort();
  return { exitCode, output, ran: sorted(tasks.ran), cached: sorted(tasks.cached), remote: sorted(tasks.remote) };
}
