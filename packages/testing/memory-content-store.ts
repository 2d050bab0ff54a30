import type { ContentStore } from '#workspace';

/** One text that is kept in memory, with the number of times it was written. */
export class MemoryContentStore implements ContentStore {
  text: string | undefined;
  writes = 0;

  read(): string | undefined {
    return this.text;
  }

  write(text: string): void {
    this.text = text;
    this.writes++;
  }
}
