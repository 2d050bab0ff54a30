import { RecordedProcesses } from '#testing';
import { CollectingProcesses, type Command, type Ended } from '#workspace';
import type { AbsolutePath } from '#paths';

const command = (program: string): Command => ({ program, args: [], cwd: '/ws' as AbsolutePath });

describe('processes of tasks that share a terminal', () => {
  it('give what a program says to the task that ran it, but for output that the task keeps', async () => {
    const said: string[] = [];
    const base = new RecordedProcesses(() => ({ stdout: 'out', stderr: 'err\n' }));
    const processes = new CollectingProcesses(base, new Map(), (text) => said.push(text));
    await processes.run(command('go'));
    expect((await processes.run(command('cargo'), { stdout: 'capture' })).stdout).toBe('out');
    expect(said).toEqual(['outerr\n', 'err\n']);
  });

  it('ask a tool once for all tasks, and run for each', async () => {
    const base = new RecordedProcesses(() => ({ stdout: '1' }));
    const answers = new Map<string, Promise<Ended>>();
    const tasks = [1, 2].map(() => new CollectingProcesses(base, answers, () => undefined));
    for (const task of tasks) {
      await task.capture(command('go env'));
      await task.run(command('go build'));
    }
    expect(base.commands.map(({ program }) => program)).toEqual(['go env', 'go build', 'go build']);
  });
});
