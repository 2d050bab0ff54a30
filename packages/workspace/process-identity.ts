import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Names a process for other processes: by its number and, where the system tells, by when it started, since numbers are
 * given anew. Holds no hyphen.
 */
export function processIdentity(pid: number = process.pid): string {
  const started = statOf(pid)?.started;
  return started === undefined ? String(pid) : `${String(pid)}.${started}`;
}

/** Whether the process that was given this name still runs; one that only waits for its parent to look does not. */
export function isRunningProcess(identity: string): boolean {
  const [pid = '', started] = identity.split('.');
  const stat = statOf(Number(pid));
  if (stat === undefined) return isProcess(Number(pid));
  return !stat.isEnded && (started === undefined || started === stat.started);
}

interface ProcessStat {
  readonly isEnded: boolean;
  /** Ticks of the clock since the system started. */
  readonly started: string;
}

/** What Linux says of a process; undefined elsewhere, and for a process that is not there. See proc_pid_stat(5). */
function statOf(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field is the program's name, in which anything can stand.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = '', started] = [fields[0], fields[19]];
    return started === undefined ? undefined : { isEnded: /^[ZXx]$/.test(state), started };
  } catch {
    return undefined;
  }
}

/** Signal 0 reaches a process without doing anything; one that belongs to somebody else is there as well. */
function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
