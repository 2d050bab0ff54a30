import { runCargo, runCargoBatch, runLink, type BatchedOutcome } from '#run';
import { RunDesk } from '#testing';
import type { Command, Ended } from '#workspace';

const crate = (name: string, library = name): string =>
  `[package]\nname = "${name}"\nedition = "2021"\n[lib]\nname = "${library}"\ncrate-type = ["staticlib", "rlib"]\n`;
const SOURCES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["a", "b", "same"]\n',
  'a/Cargo.toml': crate('a'),
  'a/src/lib.rs': '',
  'b/Cargo.toml': crate('b'),
  'b/src/lib.rs': '',
  'same/Cargo.toml': crate('same', 'b'),
  'same/src/lib.rs': '',
  'target/debug/liba.a': 'a',
  'target/debug/libb.a': 'b',
  'target/debug/liba.d': '/ws/target/debug/liba.a: /ws/a/src/lib.rs\n',
  'target/debug/libb.d': '/ws/target/debug/libb.a: /ws/b/src/lib.rs\n',
};
const NAMES = ['a', 'b', 'same'];

const packages = NAMES.map((name) => ({
  id: name,
  name,
  manifest_path: `/ws/${name}/Cargo.toml`,
  features: {},
  targets: [{ kind: ['lib'] }],
  dependencies: [],
}));
const METADATA = { packages, resolve: { nodes: NAMES.map((id) => ({ id, deps: [] })) } };

const isBuild = ({ args }: Command): boolean => args[0] === 'build' && !args.includes('--unit-graph');
const asked = ({ args }: Command): string[] => args.filter((_word, index) => args[index - 1] === '--package');

/** As cargo answers for crates that need nothing. */
function cargo(command: Command, lto = 'off'): Partial<Ended> {
  const [verb] = command.args;
  if (command.program === 'rustc' && verb !== '-vV') return { stderr: 'note: native-static-libs: -lc\n' };
  if (verb === '--version') return { stdout: 'cargo 1.95.0 (x)' };
  if (verb === '-vV') return { stdout: 'host: x86_64-unknown-linux-gnu\n' };
  if (verb === 'metadata') return { stdout: JSON.stringify(METADATA) };
  const profile = { opt_level: '0', lto, debuginfo: 0, panic: 'unwind' };
  if (!isBuild(command)) {
    return {
      stdout: JSON.stringify({
        units: asked(command).map((pkg_id) => ({ pkg_id, features: [], profile })),
        roots: [0],
      }),
    };
  }
  const made = asked(command).map((name) =>
    JSON.stringify({
      reason: 'compiler-artifact',
      manifest_path: `/ws/${name}/Cargo.toml`,
      target: { name, kind: ['staticlib'], crate_types: ['staticlib'] },
      filenames: [`/ws/target/debug/lib${name === 'same' ? 'b' : name}.a`],
    }),
  );
  return { stdout: made.join('\n') };
}

async function build(desk: RunDesk, names: readonly string[]): Promise<BatchedOutcome[]> {
  const tasks = names.map((id) => ({ id, request: desk.request(id) }));
  const outcomes: BatchedOutcome[] = [];
  for await (const outcome of runCargoBatch(tasks, desk.processes)) outcomes.push(outcome);
  return outcomes;
}

const calls = (desk: RunDesk): string[][] => desk.processes.commands.filter(isBuild).map(asked);
const succeeded = (...ids: readonly string[]): object[] => ids.map((id) => ({ id, success: true }));

describe('crates of one Cargo workspace', () => {
  it('share a call', async () => {
    const desk = new RunDesk(SOURCES, SOURCES, cargo);
    expect(await build(desk, ['a', 'b'])).toEqual(succeeded('a', 'b'));
    expect(calls(desk)).toEqual([['a', 'b']]);
    expect(desk.files.readText('dist/b/libb.a' as never)).toBe('b');
  });

  it('share none where cargo would put two libraries in one place', async () => {
    const desk = new RunDesk(SOURCES, SOURCES, cargo);
    expect(await build(desk, NAMES)).toEqual(succeeded('a', 'b', 'same'));
    expect(calls(desk)).toEqual([['a', 'b'], ['same']]);
  });

  it('share none under link-time optimisation, which compiles a library by what it is for', async () => {
    const desk = new RunDesk(SOURCES, SOURCES, (command) => cargo(command, 'fat'));
    expect(await build(desk, ['a', 'b'])).toEqual(succeeded('a', 'b'));
    expect(calls(desk)).toEqual([['a'], ['b']]);
  });

  it.each(['metadata', '-vV'])('are built alone where `%s` is not answered as it should be', async (verb) => {
    const desk = new RunDesk(SOURCES, SOURCES, (command) =>
      command.args[0] === verb ? { stdout: '{"packages":1,"resolve":{}}' } : cargo(command),
    );
    expect(await build(desk, ['a', 'b'])).toEqual(succeeded('a', 'b'));
    expect(calls(desk)).toEqual([['a'], ['b']]);
  });

  it('fail alone where one cannot be placed', async () => {
    const desk = new RunDesk(SOURCES, SOURCES, cargo);
    const copyIn = desk.files.copyIn.bind(desk.files);
    desk.files.copyIn = (from, to) => {
      if (to.startsWith('dist/a/')) throw new Error('read-only');
      copyIn(from, to);
    };
    expect(await build(desk, ['a', 'b'])).toEqual([
      { id: 'a', error: expect.objectContaining({ message: expect.stringContaining('read-only') as string }) as Error },
      { id: 'b', success: true },
    ]);
    expect(calls(desk)).toEqual([['a', 'b']]);
  });
});

describe('a link step', () => {
  it('refuses two crates that make a library of one name', async () => {
    const desk = new RunDesk(SOURCES, SOURCES, cargo);
    const link = runLink(desk.request('a', { linkCrates: ['b', 'same'], linkFolder: 'dist/app/.link' }));
    await expect(link).rejects.toThrow('`b` and `same`, which one program links, both make a library called `b`');
  });
});

it('a link step over two Cargo workspaces that build into one folder does not wait for itself', async () => {
  const texts = { ...SOURCES, 'other/Cargo.toml': `${crate('other')}[workspace]\n`, 'other/src/lib.rs': '' };
  const desk = new RunDesk(texts, texts, cargo);
  const options = { linkCrates: ['a', 'other'], linkFolder: 'dist/app/.link' };
  const link = runLink(desk.request('a', options, { CARGO_TARGET_DIR: '/tmp/target' }));
  await expect(link).rejects.toThrow('cargo made no .rlib of `a`');
  expect(desk.held).toEqual(['/tmp/target/debug']);
});

describe('whose turn it is', () => {
  const keyOf = async (options: object, environment: Record<string, string> = {}, root = 'a'): Promise<string> => {
    const texts = { ...SOURCES, 'other/Cargo.toml': `${crate('other')}[workspace]\n`, 'other/src/lib.rs': '' };
    const desk = new RunDesk(texts, texts, cargo);
    await runCargo('build', desk.request(root, options, environment));
    return desk.held.join();
  };

  it('is one question for all names of a profile', async () => {
    expect(await keyOf({ profile: 'debug' })).toBe(await keyOf({}));
    expect(await keyOf({ profile: 'dev' })).toBe(await keyOf({}));
    expect(await keyOf({ profile: 'bench' })).toBe(await keyOf({ profile: 'release' }));
    expect(await keyOf({ profile: 'release' })).not.toBe(await keyOf({}));
  });

  it('is one question for workspaces that build into one folder', async () => {
    expect(await keyOf({}, {}, 'other')).not.toBe(await keyOf({}));
    const shared = { CARGO_TARGET_DIR: '/tmp/target' };
    expect(await keyOf({}, shared, 'other')).toBe(await keyOf({}, shared));
  });
});
