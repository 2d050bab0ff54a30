import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
