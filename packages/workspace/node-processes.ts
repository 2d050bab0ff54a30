import { constants } from 'node:os';
import process from 'node:process';
import type { Command, Ended, Processes, RunOptions } from './ports.js';

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Time between the polite signal and the kill, milliseconds. */
const GRACE_MS = 5_000;

/** Real processes. On POSIX each runs in a group of its own, so that a signal reaches the compilers below cargo and go. */
export class NodeProcesses implements Processes {
  capture(command: Command): Promise<Ended> {
    return start(command, { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' }, true);
  }

  run(command: Command, options: RunOptions = {}): Promise<Ended> {
    const ownGroup = options.interactive !== true;
    return start(
      command,
      {
        stdin: ownGroup ? 'ignore' : 'inherit',
        stdout: options.stdout === 'capture' ? 'pipe' : 'inherit',
        stderr: options.stderr === 'both' ? ['pipe', 'inherit'] : 'inherit',
      },
      ownGroup,
    );
  }
}

type Stdio = {
  readonly stdin: 'ignore' | 'inherit';
  readonly stdout: 'pipe' | 'inherit';
  readonly stderr: 'pipe' | 'inherit' | readonly ['pipe', 'inherit'];
};

async function start(command: Command, stdio: Stdio, ownGroup: boolean): Promise<Ended> {
  const detached = ownGroup && process.platform !== 'win32';
  // Loaded at the first process: the graph starts none.
  const { execa } = await import('execa');
  const child = execa(command.program, command.args, {
    cwd: command.cwd,
    env: command.env ?? {},
    ...(command.input === undefined ? { stdin: stdio.stdin } : { input: command.input }),
    stdout: stdio.stdout,
    stderr: typeof stdio.stderr === 'string' ? stdio.stderr : [...stdio.stderr],
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 256 * 1024 * 1024,
    detached,
    cleanup: !detached,
  });
  const release = forwardSignals(ownGroup, (signal) => {
    signalTree(child.pid, signal, detached);
  });
  try {
    const result = await child;
    return {
      exitCode: result.exitCode ?? signalExitCode(result.signal),
      stdout: result.stdout ?? '',
      stderr: result.stderr ?? '',
      ...(result.exitCode === undefined && result.signal === undefined
        ? { spawnError: result.code ?? result.shortMessage ?? 'could not be started' }
        : {}),
    };
  } finally {
    release();
  }
}

/**
 * Passes this process' signals on until released. A tree of our own that outlives the grace period is killed. A program
 * that the user talks to hears Ctrl-C from the terminal itself and may take its time: it gets no second one, and no kill.
 */
function forwardSignals(ownGroup: boolean, send: (signal: NodeJS.Signals) => void): () => void {
  let kill: NodeJS.Timeout | undefined;
  const listeners = FORWARDED_SIGNALS.map((signal) => {
    const listener = (): void => {
      if (!ownGroup && signal === 'SIGINT') return;
      send(signal);
      if (!ownGroup) return;
      kill ??= setTimeout(() => {
        send('SIGKILL');
      }, GRACE_MS);
      kill.unref();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  const onExit = (): void => {
    send('SIGTERM');
  };
  process.on('exit', onExit);
  return () => {
    clearTimeout(kill);
    process.off('exit', onExit);
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}

function signalTree(pid: number | undefined, signal: NodeJS.Signals, detached: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(detached ? -pid : pid, signal);
  } catch {
    // The process ended between the signal and here: there is nothing left to stop.
  }
}

function signalExitCode(signal: NodeJS.Signals | undefined): number {
  return signal === undefined ? 127 : 128 + constants.signals[signal];
}
