import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { isRunningProcess, processIdentity } from './process-identity.js';

it('this process runs', () => {
  expect(isRunningProcess(processIdentity())).toBe(true);
});

it('a process that has ended does not run', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const identity = processIdentity(child.pid);
  await once(child, 'exit');
  expect(isRunningProcess(identity)).toBe(false);
});

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('another process that got the number of one that has ended is not taken for it', () => {
  expect(isRunningProcess(`${String(process.pid)}.1`)).toBe(false);
});

onLinux('a process that only waits for its parent to look has ended', async () => {
  // The shell starts a child that ends at once and becomes a program that never asks for it.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const identity = processIdentity(Number(pid.toString()));
    const deadline = Date.now() + 10_000;
    while (isRunningProcess(identity) && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 20));
    expect(isRunningProcess(identity)).toBe(false);
  } finally {
    parent.kill();
  }
});
