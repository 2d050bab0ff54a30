import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AbsolutePath } from '#paths';
import type { ContentStore } from './ports.js';

/** One file of this machine that only saves time: whatever goes wrong with it, the work goes on without. */
export class NodeContentStore implements ContentStore {
  constructor(readonly path: AbsolutePath) {}

  read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }

  write(text: string): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      const temporary = `${this.path}.${randomBytes(6).toString('hex')}.tmp`;
      writeFileSync(temporary, text);
      renameSync(temporary, this.path);
    } catch {
      // A store that cannot be written costs time at the next start, nothing else.
    }
  }
}
