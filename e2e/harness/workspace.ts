import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { cleanEnvironment } from './environment.js';
import { installPackage } from './install.js';
import { parseNxRun, type NxRun } from './nx-run.js';

/** Files of a workspace by path. */
export type Files = Readonly<Record<string, string>>;

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** What a user has before the first line of Go or Rust: Nx, the package, one line of configuration. */
export function nxFiles(pluginOptions?: Readonly<Record<string, unknown>>): Files {
  const plugin = pluginOptions === undefined ? 'nx-grout' : { plugin: 'nx-grout', options: pluginOptions };
  return {
    'nx.json': json({ plugins: [plugin], neverConnectToCloud: true, analytics: false }),
    'package.json': json({ name: 'workspace', private: true, devDependencies: { nx: '*', 'nx-grout': '*' } }),
    '.gitignore': 'node_modules/\ntarget/\ndist/\n.nx/\n',
  };
}

/** The same where `nx sync` keeps grout.lock.json. */
export function syncedNxFiles(): Files {
  const files = nxFiles();
  const nxJson = JSON.parse(files['nx.json'] ?? '{}') as object;
  return { ...files, 'nx.json': json({ ...nxJson, sync: { globalGenerators: ['nx-grout:sync'] } }) };
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const made: string[] = [];

/** Removes the workspaces of this spec file; with KEEP_E2E=1 says where they are instead. */
export function removeWorkspaces(): void {
  for (const folder of made.splice(0)) {
    if (process.env['KEEP_E2E'] === '1') process.stderr.write(`kept: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A monorepo in a folder of its own, with the packed package installed and a cache that no other workspace shares. */
export class Workspace {
  private constructor(
    readonly root: string,
    readonly cacheFolder: string,
  ) {}

  static async create(files: Files): Promise<Workspace> {
    const workspace = await Workspace.#inNewFolder((root) => {
      mkdirSync(root);
      return Promise.resolve();
    });
    for (const [path, text] of Object.entries(files)) workspace.write(path, text);
    return workspace;
  }

  /** `git clone` of another one, elsewhere on the disk, with an empty cache. */
  static cloneOf(original: Workspace): Promise<Workspace> {
    return Workspace.#inNewFolder(async (root) => {
      await original.run('git', ['clone', '--quiet', original.root, root]);
    });
  }

  static async #inNewFolder(fill: (root: string) => Promise<void>): Promise<Workspace> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-e2e-')));
    made.push(folder);
    const root = join(folder, 'workspace');
    await fill(root);
    await linkFolder(join(await installPackage(), 'node_modules'), join(root, 'node_modules'));
    return new Workspace(root, join(folder, 'cache'));
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string, mode?: number): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
    if (mode !== undefined) chmodSync(this.path(path), mode);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** @throws when the text to replace is not there: the edit would test nothing */
  edit(path: string, before: string, after: string): void {
    const text = this.read(path);
    if (!text.includes(before)) throw new Error(`${path} does not hold ${before}`);
    this.write(path, text.replace(before, after));
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  /** All files below a folder, relative to it; none when it is not there. */
  filesBelow(path: string): string[] {
    if (!this.exists(path)) return [];
    return readdirSync(this.path(path), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(this.path(path), join(entry.parentPath, entry.name)))
      .sort();
  }

  /** Digests of all files below a folder: equal when every byte is. */
  contentsBelow(path: string): Record<string, string> {
    const digest = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(this.path(join(path, file))))
        .digest('hex');
    return Object.fromEntries(this.filesBelow(path).map((file) => [file, digest(file)]));
  }

  /** The real Nx of the workspace. */
  async nx(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<NxRun> {
    const ended = await this.start(['node_modules/.bin/nx', ...args, ...staticOutput(args)], env);
    return parseNxRun(ended.exitCode ?? 1, stripVTControlCharacters(ended.all));
  }

  /** Node with the given arguments, in a process group of its own, its output collected. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return execa(process.execPath, args, {
      cwd: this.root,
      env: { ...this.environment(), ...env },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      detached: true,
    });
  }

  /** Any other program; its failure is a result, not an exception. */
  async run(program: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const ended = await execa(program, args, {
      cwd: existsSync(this.root) ? this.root : tmpdir(),
      env: { ...this.environment(), ...env },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
    });
    return { exitCode: ended.exitCode ?? 1, output: ended.all };
  }

  /** What a built program prints. */
  async print(program: string, args: readonly string[] = []): Promise<string> {
    const ended = await this.run(this.path(program), args);
    if (ended.exitCode !== 0) throw new Error(`${program} ended with ${ended.exitCode}: ${ended.output}`);
    return ended.output.trim();
  }

  async git(...args: readonly string[]): Promise<string> {
    const ended = await this.run('git', args);
    if (ended.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${ended.output}`);
    return ended.output.trim();
  }

  /** Commits everything, in a new repository where there is none. */
  async commit(message: string): Promise<void> {
    if (!this.exists('.git')) await this.git('init', '--quiet', '--initial-branch=main');
    await this.git('add', '--all');
    await this.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', `--message=${message}`);
  }

  environment(): Record<string, string> {
    return { ...cleanEnvironment(), NX_CACHE_DIRECTORY: this.cacheFolder };
  }
}

/** Only commands that run tasks know the option. */
function staticOutput(args: readonly string[]): string[] {
  const runsNoTask = ['show', 'graph', 'generate', 'g', 'sync', 'sync:check', 'reset', 'report'].includes(
    args[0] ?? '',
  );
  return runsNoTask || args.some((arg) => arg.startsWith('--output-style')) ? [] : ['--output-style=static'];
}

/** The same files under another name at next to no cost; a copy where the disk or the platform cannot. */
async function linkFolder(from: string, to: string): Promise<void> {
  const linked = await execa('cp', ['-al', from, to], { reject: false });
  if (linked.exitCode === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
