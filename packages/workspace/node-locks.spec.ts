import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AbsolutePath } from '#paths';
import { NodeLocks } from '#workspace';

const folder = mkdtempSync(join(tmpdir(), 'grout-locks-')) as AbsolutePath;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('one at a time does its work, and the next is told for whom it waited', async () => {
  const events: string[] = [];
  const work = (name: string): Promise<string | undefined> =>
    new NodeLocks(folder).hold('target', name, async (waited) => {
      events.push(`${name} begins`);
      await pause(200);
      events.push(`${name} ends`);
      expect(waited.ms).toBeGreaterThanOrEqual(0);
      return waited.for;
    });
  const first = work('first');
  await pause(60);
  expect(await Promise.all([first, work('second')])).toEqual([undefined, 'first']);
  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('work whose lock was taken over ends well and leaves the new holder alone', async () => {
  const holder = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const [lock = ''] = readdirSync(folder).filter((name) => name.endsWith('.lock'));
    rmSync(join(folder, lock), { recursive: true });
    mkdirSync(join(folder, lock));
    writeFileSync(join(folder, lock.replace('.lock', '.holder')), 'another');
    // It looks after its lock once a second.
    await pause(2200);
  };
  await new NodeLocks(folder).hold('lost', 'first', holder);
  expect(readdirSync(folder).sort()).toEqual([expect.stringMatching(/\.holder$/), expect.stringMatching(/\.lock$/)]);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}, 15_000);

it('locks of other names do not wait, and work that fails gives its lock back', async () => {
  const locks = new NodeLocks(folder);
  const failing = locks.hold('a', 'x', async () => {
    await locks.hold('b', 'y', () => Promise.resolve());
    throw new Error('of its own');
  });
  await expect(failing).rejects.toThrow('of its own');
  expect(await locks.hold('a', 'z', () => Promise.resolve(1))).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});
