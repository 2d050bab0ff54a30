import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/**
 * Command lines of the processes that work in a folder or were started with a path below it, by Linux's /proc.
 * @throws where there is no /proc
 */
export function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const command = (readProc(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\0', ' ').trim();
      const cwd = readProc(() => readlinkSync(`/proc/${pid}/cwd`)) ?? '';
      return command.includes(folder) || cwd.startsWith(folder) ? [`${pid} ${command}`] : [];
    });
}

/** A process may end while it is looked at, and a zombie has no command line. */
function readProc(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** @throws with what was waited for when it does not come true in time */
export async function waitUntil(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await setTimeout(100);
  }
}
