import { runCargo, runCargoBatch } from '#run';
import { RunDesk } from '#testing';
import type { Command, Ended } from '#workspace';

const crate = (name: string, types: string): string =>
  `[package]\nname = "${name}"\nedition = "2021"\n[lib]\ncrate-type = [${types}]\n`;
const TEXTS = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["a", "b", "lone"]\n',
  'a/Cargo.toml': crate('a', '"staticlib", "rlib"'),
  'a/src/lib.rs': '',
  'b/Cargo.toml': crate('b', '"staticlib", "rlib"'),
  'b/src/lib.rs': '',
  'lone/Cargo.toml': crate('lone', '"staticlib"'),
  'lone/src/lib.rs': '',
  'target/debug/liba.a': 'a',
  'target/debug/libb.a': 'b',
  'target/debug/liblone.a': 'lone',
  'target/debug/liblone.d': '/ws/target/debug/liblone.a: /ws/lone/src/lib.rs\n',
};

/** What crate `name` is compiled to; the library of `z` is one that the build script of `name` asks for. */
function madeOf(name: string, types: readonly string[], z?: 'z'): string[] {
  const script = { reason: 'build-script-executed', package_id: name, linked_libs: ['z'] };
  const artifact = {
    reason: 'compiler-artifact',
    package_id: name,
    manifest_path: `/ws/${name}/Cargo.toml`,
    target: { name, kind: types },
    filenames: types.map((type) => `/ws/target/debug/lib${name}.${type === 'rlib' ? 'rlib' : 'a'}`),
  };
  return [...(z === undefined ? [] : [script]), artifact].map((message) => JSON.stringify(message));
}

/** @param linked crate → what the compiler finds named in its compiled form; `fails` where it cannot be read */
function tools(messages: readonly string[], linked: Readonly<Record<string, readonly string[] | 'fails'>> = {}) {
  return ({ program, args }: Command, desk: RunDesk): Partial<Ended> => {
    if (program === 'rustc' && args.includes('--print=native-static-libs'))
      return { stderr: 'note: native-static-libs: -lgcc_s -lm -lc\n' };
    if (args.includes('--print=link-args')) {
      const asked = args.flatMap((arg) => namedIn(arg, desk));
      const words = Object.keys(linked).flatMap((name) =>
        asked.some((line) => line.endsWith(`lib${name}.rlib`)) ? [linked[name] ?? []] : [],
      );
      if (words.includes('fails')) return { exitCode: 1, stderr: 'error: two allocators' };
      const line = ['grout-links-nothing', ...words.flat(), '-lgcc_s', '-lm', '-lc'];
      return { exitCode: 1, stdout: `LC_ALL="C" ${line.map((word) => `"${word}"`).join(' ')}\n` };
    }
    if (args[0] === '--version') return { stdout: 'cargo 1.95.0 (x)' };
    if (args[0] === 'rustc') return { stderr: 'note: native-static-libs: -lexact -lgcc_s -lm -lc\n' };
    if (args[0] === 'build') return { stdout: messages.join('\n') };
    return {};
  };
}

/** Lines of the file that an argument for the compiler names. */
function namedIn(arg: string, { files }: RunDesk): string[] {
  return arg.startsWith('@') ? (files.readForeignText(arg.slice(1) as never) ?? '').split('\n') : [];
}

type Answer = (command: Command, desk: RunDesk) => Partial<Ended>;

function deskOf(answer: Answer, texts: Readonly<Record<string, string>> = TEXTS): RunDesk {
  const desk: RunDesk = new RunDesk(texts, TEXTS, (command) => answer(command, desk));
  return desk;
}

async function built(
  name: string,
  answer: Answer,
  texts: Readonly<Record<string, string>> = TEXTS,
): Promise<[words: string | undefined, compiledAgain: boolean]> {
  const desk = deskOf(answer, texts);
  expect(await runCargo('build', desk.request(name))).toBe(true);
  return [desk.files.readText(`dist/${name}/${name}.system-libraries` as never), wasCompiledAgain(desk)];
}

function wasCompiledAgain({ processes }: RunDesk): boolean {
  return processes.commands.some(({ args }) => args[0] === 'rustc');
}

const BOTH = ['staticlib', 'rlib'];
const KNOWN = '-lgcc_s\n-lm\n';
const EXACT = '-lexact\n-lgcc_s\n-lm\n';

describe('a static library', () => {
  it('whose crates name nothing is not compiled again', async () => {
    expect(await built('a', tools(madeOf('a', BOTH)))).toEqual([KNOWN, false]);
    expect(await built('a', tools(madeOf('a', BOTH, 'z'), { a: ['-lz'] }))).toEqual([`-lz\n${KNOWN}`, false]);
  });

  it('whose crates name a library is, to learn which', async () => {
    const messages = [...madeOf('dep', ['rlib']), ...madeOf('a', BOTH)];
    expect(await built('a', tools(messages, { dep: ['-lexact'] }))).toEqual([EXACT, true]);
    expect(await built('a', tools(messages, { dep: 'fails' }))).toEqual([EXACT, true]);
  });

  it('is not built where it cannot be learned which', async () => {
    const answer = tools([...madeOf('dep', ['rlib']), ...madeOf('a', BOTH)], { dep: ['-lexact'] });
    const stderr = 'error: a word that cargo does not take\n';
    const desk = deskOf((command, own) =>
      command.args[0] === 'rustc' ? { exitCode: 1, stderr } : answer(command, own),
    );
    await expect(runCargo('build', desk.request('a'))).rejects.toThrow(stderr.trim());
    expect(desk.files.readText('dist/a/a.system-libraries' as never)).toBeUndefined();
  });

  it('is one that the compiler is asked for, whatever targets the user builds beside it', async () => {
    const desk = deskOf(tools(madeOf('a', BOTH), { a: ['-lexact'] }));
    const options = { args: '--lib --bins --locked', cargoArgs: ['--bin', 'b', '--package=c', '-F', 'd'] };
    expect(await runCargo('build', desk.request('a', options))).toBe(true);
    const again = desk.processes.commands.find(({ args }) => args[0] === 'rustc')?.args ?? [];
    const taken = ['--lib', '--bins', '--bin', 'b', '--package=c', '--locked', '-F', 'd', '--'];
    expect(again.filter((word) => taken.includes(word))).toEqual(['--locked', '-F', 'd', '--lib', '--']);
    // Cargo is left with what was built.
    expect(desk.processes.commands.filter(({ args }) => args[0] === 'build').at(-1)).toBe(
      desk.processes.commands.at(-1),
    );
    expect(desk.processes.commands.at(-1)?.args).toContain('--bins');
  });

  it('for another platform holds no crates of macros', async () => {
    const target = 'aarch64-unknown-linux-gnu';
    const messages = [
      ...madeOf('quote', ['rlib']),
      ...madeOf('a', BOTH).map((line) => line.replaceAll('/debug/', `/${target}/debug/`)),
    ];
    const texts = { ...TEXTS, [`target/${target}/debug/liba.a`]: 'a' };
    const desk = deskOf(tools(messages, { quote: 'fails' }), texts);
    expect(await runCargo('build', desk.request('a', { target }))).toBe(true);
    expect(wasCompiledAgain(desk)).toBe(false);
  });

  it('is looked for libraries outside it where build scripts say', async () => {
    const script = (paths: readonly string[], ...libraries: readonly string[]): string =>
      JSON.stringify({ reason: 'build-script-executed', package_id: 'a', linked_libs: libraries, linked_paths: paths });
    const messages = [
      script(['native=/ws/native/lib', '/opt/lib', 'dependency=/ws/deps'], 'static:-bundle=own'),
      script(['native=/ws/target/debug/build/out'], 'static=bundled'),
      ...madeOf('a', BOTH),
    ];
    expect(await built('a', tools(messages))).toEqual([`-Lnative/lib\n-L/opt/lib\n-lown\n${KNOWN}`, false]);
  });

  it('that is all that a crate makes is judged by its sources', async () => {
    const answer = tools(madeOf('lone', ['staticlib']));
    expect(await built('lone', answer)).toEqual([KNOWN, false]);
    const naming = { ...TEXTS, 'lone/src/lib.rs': '#[link(name = "exact")]\nextern "C" {}\n' };
    expect(await built('lone', answer, naming)).toEqual([EXACT, true]);
    // Where cargo says nothing of the sources, they may name anything.
    const unlisted = Object.entries(TEXTS).filter(([path]) => !path.endsWith('.d'));
    expect(await built('lone', answer, Object.fromEntries(unlisted))).toEqual([EXACT, true]);
  });

  it('of a call for several is told from the others', async () => {
    const names = ['a', 'b'];
    const metadata = JSON.stringify({
      packages: names.map((id) => ({
        id,
        name: id,
        manifest_path: `/ws/${id}/Cargo.toml`,
        features: {},
        targets: [{ kind: ['lib'] }],
        dependencies: [],
      })),
      resolve: { nodes: names.map((id) => ({ id, deps: [] })) },
    });
    const units = names.map((pkg_id) => ({
      pkg_id,
      features: [],
      profile: { opt_level: '0', lto: 'off', debuginfo: 0, panic: 'unwind' },
    }));
    const answer = tools([...madeOf('a', BOTH, 'z'), ...madeOf('b', BOTH)], { a: ['-lz'] });
    const desk = deskOf((command) => {
      const { args } = command;
      if (args.includes('--unit-graph')) return { stdout: JSON.stringify({ units, roots: [0] }) };
      if (args[0] === 'metadata') return { stdout: metadata };
      if (args[0] === '-vV') return { stdout: 'host: x86_64-unknown-linux-gnu\n' };
      return answer(command, desk);
    });
    const tasks = names.map((id) => ({ id, request: desk.request(id) }));
    for await (const outcome of runCargoBatch(tasks, desk.processes)) expect(outcome).toMatchObject({ success: true });
    const wordsOf = (name: string) => desk.files.readText(`dist/${name}/${name}.system-libraries` as never);
    expect(names.map(wordsOf)).toEqual([`-lz\n${KNOWN}`, KNOWN]);
    expect(wasCompiledAgain(desk)).toBe(false);
    // What holds for all of them is asked once.
    const asked = (word: string): number => desk.processes.commands.filter(({ args }) => args.includes(word)).length;
    expect(asked('--print=native-static-libs')).toBe(1);
    expect(asked('--print=link-args')).toBe(1 + names.length);
  });
});
