import { DiagnosticError } from '#diagnostics';
import { workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { CommittedFiles, parseTree } from './git-commit.js';
import type { Ended, Processes } from './ports.js';

/** The git repository that a workspace lies in, at its root or further down. It is read, never changed. */
export class GitRepository {
  constructor(
    readonly root: AbsolutePath,
    readonly processes: Processes,
  ) {}

  /**
   * The commit that Nx compares with: where the two histories parted; the base itself where they share none.
   * @throws DiagnosticError when git knows one of them not, or there is no git
   */
  async findBase(base: string, head: string): Promise<string> {
    const [from, to] = [await this.#resolve(base), await this.#resolve(head)];
    const shared = await this.#git(['merge-base', from, to]);
    return shared.exitCode === 0 ? shared.stdout.trim() : from;
  }

  /** What differs between two commits; without a second one, what differs in the work tree, new files included. */
  async listChanges(base: string, head?: string): Promise<readonly WorkspacePath[]> {
    const diff = ['diff', '--name-only', '--no-renames', '--relative', '-z'];
    const calls =
      head === undefined
        ? [
            [...diff, base, 'HEAD'],
            [...diff, 'HEAD'],
            ['ls-files', '--others', '--exclude-standard', '-z'],
          ]
        : [[...diff, base, head]];
    const listed = await Promise.all(calls.map(async (args) => (await this.#read(args)).split('\0')));
    const files = new Set(listed.flat().filter((file) => file !== ''));
    return [...files].sort().map((file) => workspacePath(file));
  }

  /** The files of a commit; of those that are wanted, and of links, with what is in them. */
  async readCommit(commit: string, isWanted: (path: WorkspacePath) => boolean): Promise<CommittedFiles> {
    const entries = parseTree(await this.#read(['ls-tree', '-r', '-z', commit]));
    const wanted = entries.filter(({ path, isLink }) => isLink || isWanted(path));
    // Between two blobs stands a line that no file holds by chance: sizes would count bytes, where text is read.
    const mark = `blob of ${commit}`;
    const objects = [...new Set(wanted.map(({ object }) => object))];
    const input = objects.map((object) => `${object}\n`).join('');
    const batch = await this.#read(['cat-file', `--batch=${mark} %(objectname)`], input);
    return new CommittedFiles(entries, parseBatch(batch, objects, mark));
  }

  async #resolve(revision: string): Promise<string> {
    const ended = await this.#git(['log', '-1', '--format=%H', '--end-of-options', revision, '--']);
    if (ended.exitCode === 0) return ended.stdout.trim();
    throw refused(ended, revision);
  }

  async #read(args: readonly string[], input?: string): Promise<string> {
    const ended = await this.#git(args, input);
    if (ended.exitCode !== 0) throw refused(ended, args.join(' '));
    return ended.stdout;
  }

  #git(args: readonly string[], input?: string): Promise<Ended> {
    const command = { program: 'git', args, cwd: this.root, env: { LC_ALL: 'C' } };
    return this.processes.capture(input === undefined ? command : { ...command, input });
  }
}

function parseBatch(batch: string, objects: readonly string[], mark: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let start = 0;
  objects.forEach((object, index) => {
    start += `${mark} ${object}\n`.length;
    const next = objects[index + 1];
    const end = next === undefined ? batch.length : batch.indexOf(`\n${mark} ${next}\n`, start) + 1;
    texts.set(object, batch.slice(start, end - 1));
    start = end;
  });
  return texts;
}

/** @param asked revision or command that git would not take */
function refused({ stderr, spawnError }: Ended, asked: string): DiagnosticError {
  const said = stderr.trim().split('\n')[0] ?? '';
  if (spawnError !== undefined) {
    return new DiagnosticError({
      code: 'workspace/no-git',
      severity: 'error',
      message: `the program git could not be started (${spawnError}), and only git knows what changed`,
      help: 'install git, or put it on the PATH',
    });
  }
  if (said.includes('not a git repository')) {
    return new DiagnosticError({
      code: 'workspace/no-repository',
      severity: 'error',
      message: 'this workspace is in no git repository, so there are no commits to compare',
      help: 'call it without --base to see the edges alone',
    });
  }
  return new DiagnosticError({
    code: 'workspace/unknown-commit',
    severity: 'error',
    message: `git does not take \`${asked}\`: ${said}`,
    help: 'name a commit, branch or tag that this clone has; a shallow clone lacks older ones until `git fetch --unshallow`',
  });
}
