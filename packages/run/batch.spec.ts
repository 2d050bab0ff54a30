import { inOrder, type BatchedOutcome, type BatchedTask, type RunRequest } from '#run';

const said: string[] = [];
const task = (id: string): BatchedTask => ({
  id,
  request: { print: (line: string) => said.push(`${id}: ${line}`) } as unknown as RunRequest,
});

async function run(
  dependencies: Readonly<Record<string, readonly string[]>>,
  ...failing: readonly string[]
): Promise<{ readonly levels: string[][]; readonly outcomes: BatchedOutcome[] }> {
  const levels: string[][] = [];
  const outcomes: BatchedOutcome[] = [];
  const tasks = Object.keys(dependencies).map(task);
  // eslint-disable-next-line @typescript-eslint/require-await -- a batch gives its outcomes as they come
  const body = async function* (level: readonly BatchedTask[]): AsyncGenerator<BatchedOutcome> {
    levels.push(level.map(({ id }) => id));
    for (const { id } of level) yield { id, success: !failing.includes(id) };
  };
  for await (const outcome of inOrder(tasks, new Map(Object.entries(dependencies)), body)) outcomes.push(outcome);
  return { levels, outcomes };
}

describe('tasks of a batch', () => {
  beforeEach(() => said.splice(0));

  it('run at once where none waits for another', async () => {
    expect((await run({ a: [], b: ['of another batch'] })).levels).toEqual([['a', 'b']]);
  });

  it('run after those that they wait for', async () => {
    expect((await run({ c: ['b'], a: [], b: ['a'], d: ['a'] })).levels).toEqual([['a'], ['b', 'd'], ['c']]);
  });

  it('fail without being run where one that they wait for failed', async () => {
    const { levels, outcomes } = await run({ a: [], b: ['a'], c: ['b'], d: [] }, 'a');
    expect(levels).toEqual([['a', 'd']]);
    expect(outcomes.filter((outcome) => 'success' in outcome && outcome.success)).toEqual([{ id: 'd', success: true }]);
    expect(said).toEqual(['b: not run: a did not succeed', 'c: not run: b did not succeed']);
  });
});
