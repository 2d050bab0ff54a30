import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AbsolutePath } from '#paths';
import type { Locks, Waited } from './ports.js';

/** Milliseconds after which a lock whose holder gave no sign of life counts as left behind by a killed process. */
const STALE_MS = 10_000;

/** Milliseconds between two looks at a lock that somebody holds. */
const RETRY_MS = 50;

/** Locks among the processes of this machine, as folders below the given one. */
export class NodeLocks implements Locks {
  readonly #folder: AbsolutePath;

  constructor(folder: AbsolutePath) {
    this.#folder = folder;
  }

  async hold<T>(name: string, holder: string, work: (waited: Waited) => Promise<T>): Promise<T> {
    // Loaded at the first lock: most tasks need none.
    const { lock } = (await import('proper-lockfile')).default;
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, createHash('sha256').update(name).digest('hex').slice(0, 24));
    const begin = performance.now();
    let other: string | undefined;
    // A machine that stood still for longer has lost the lock: the work is worth more than the order.
    const lost = new AbortController();
    const tryOnce = async (): Promise<() => Promise<void>> => {
      for (;;) {
        try {
          return await lock(path, {
            realpath: false,
            stale: STALE_MS,
            update: STALE_MS / 10,
            onCompromised: () => {
              lost.abort();
            },
          });
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) throw error;
          other = readHolder(path) ?? other;
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    };
    const release = await tryOnce();
    const ms = performance.now() - begin;
    try {
      writeFileSync(`${path}.holder`, holder);
      return await work(other === undefined ? { ms } : { ms, for: other });
    } finally {
      if (!lost.signal.aborted) {
        rmSync(`${path}.holder`, { force: true });
        await release();
      }
    }
  }
}

function readHolder(path: string): string | undefined {
  try {
    return readFileSync(`${path}.holder`, 'utf8');
  } catch {
    return undefined;
  }
}
