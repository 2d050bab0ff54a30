/** Hands out names that are used once in a scope: a name that is taken gets the next free number. */
export class UniqueNames {
  private readonly taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.taken = new Set(reserved);
  }

  /** Claims `name` together with everything that `derive` makes of it, so that all of them are free. */
  claim(name: string, derive: (name: string) => readonly string[] = () => []): string {
    let candidate = name;
    for (let number = 2; !this.isFree(candidate, derive); number++) candidate = `${name}_${number}`;
    for (const each of [candidate, ...derive(candidate)]) this.taken.add(each);
    return candidate;
  }

  private isFree(name: string, derive: (name: string) => readonly string[]): boolean {
    return [name, ...derive(name)].every((each) => !this.taken.has(each));
  }
}
