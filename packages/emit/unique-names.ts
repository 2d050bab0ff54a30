/**
 * Hands out names that are used once in a scope: a reserved name gets a trailing underscore, a name that is taken the
 * next free number.
 */
export class UniqueNames {
  private readonly taken = new Set<string>();

  constructor(private readonly reserved: ReadonlySet<string> = new Set()) {}

  /** Claims `name` together with everything that `derive` makes of it, so that all of them are free. */
  claim(name: string, derive: (name: string) => readonly string[] = () => []): string {
    const first = this.reserved.has(name) ? `${name}_` : name;
    let candidate = first;
    for (let number = 2; !this.isFree(candidate, derive); number++) candidate = `${name}_${number}`;
    for (const each of [candidate, ...derive(candidate)]) this.taken.add(each);
    return candidate;
  }

  private isFree(name: string, derive: (name: string) => readonly string[]): boolean {
    return [name, ...derive(name)].every((each) => !this.taken.has(each) && !this.reserved.has(each));
  }
}
