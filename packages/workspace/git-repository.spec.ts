import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { joinPath, workspacePath, type AbsolutePath } from '#paths';
import { RecordedProcesses } from '#testing';
import { GitRepository } from './git-repository.js';
import { NodeProcesses } from './node-processes.js';

const everything = (): boolean => true;

describe('a git repository', () => {
  let folder: AbsolutePath;
  let git: GitRepository;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const run = async (...args: readonly string[]): Promise<string> => {
    const settings = ['-c', 'user.name=spec', '-c', 'user.email=spec@example.com', '-c', 'commit.gpgsign=false'];
    const ended = await new NodeProcesses().capture({ program: 'git', args: [...settings, ...args], cwd: folder });
    if (ended.exitCode !== 0) throw new Error(ended.stderr);
    return ended.stdout.trim();
  };
  const commit = async (): Promise<string> => {
    await run('add', '--all');
    await run('commit', '--quiet', '--allow-empty', '--message=spec');
    return run('rev-parse', 'HEAD');
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grout-git-')) as AbsolutePath;
    git = new GitRepository(folder, new NodeProcesses());
    await run('init', '--quiet', '--initial-branch=main');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads the files of a commit byte by byte, whatever is in them', async () => {
    const texts = {
      empty: '',
      'no newline': 'x',
      'ends.txt': 'a\n\n',
      'größe/名.rs': '// größe 名\r\n',
      'sub/same': 'x',
      'with\ttab': 'tab',
    };
    for (const [path, text] of Object.entries(texts)) write(path, text);
    const hash = await commit();
    write('ends.txt', 'later');
    const files = await git.readCommit(hash, everything);
    expect(files.listed.map(({ path }) => path).sort()).toEqual(Object.keys(texts).sort());
    for (const [path, text] of Object.entries(texts)) expect(files.readText(workspacePath(path))).toBe(text);
    expect(files.readText(workspacePath('none'))).toBeUndefined();
  });

  it('reads what is wanted alone', async () => {
    write('a.rs', 'a');
    write('big.bin', 'b');
    const files = await git.readCommit(await commit(), (path) => path.endsWith('.rs'));
    expect(files.listed).toHaveLength(2);
    expect([files.readText(workspacePath('a.rs')), files.readText(workspacePath('big.bin'))]).toEqual(['a', undefined]);
  });

  it('follows links to what the commit holds, and no others', async () => {
    write('real/a.proto', '');
    mkdirSync(join(folder, 'sub'));
    const links = { 'sub/in': '../real', 'sub/file': '../real/a.proto', 'sub/out': '../../elsewhere', gone: 'nowhere' };
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
    const files = await git.readCommit(await commit(), () => false);
    const found = Object.keys(links).map((path) => files.readLink(workspacePath(path)));
    expect(found).toEqual(['real', 'real/a.proto', undefined, undefined]);
    expect(files.readLink(workspacePath('real'))).toBeUndefined();
  });

  it('reads a link to a file as the file', async () => {
    write('real.go', 'package real');
    symlinkSync('real.go', join(folder, 'link.go'));
    const files = await git.readCommit(await commit(), () => true);
    expect(files.readText(workspacePath('link.go'))).toBe('package real');
  });

  it('lists what Nx compares: commits since, edits, and files that git does not know yet', async () => {
    write('.gitignore', 'ignored\n');
    write('kept', '');
    write('removed', '');
    const base = await commit();
    write('committed', '');
    rmSync(join(folder, 'removed'));
    const head = await commit();
    write('kept', 'edited');
    write('new', '');
    write('ignored', '');
    expect(await git.listChanges(base)).toEqual(['committed', 'kept', 'new', 'removed']);
    expect(await git.listChanges(base, head)).toEqual(['committed', 'removed']);
  });

  it('begins where two branches parted', async () => {
    const parted = await commit();
    await run('checkout', '--quiet', '-b', 'topic');
    write('topic', '');
    await commit();
    await run('checkout', '--quiet', 'main');
    write('main', '');
    await commit();
    expect(await git.findBase('main', 'topic')).toBe(parted);
    expect(await git.findBase('main', 'HEAD')).not.toBe(parted);
  });

  it('takes the workspace for the root, wherever it lies in the repository', async () => {
    write('outside', '');
    write('ws/a', '');
    const hash = await commit();
    write('ws/b', '');
    write('outside', 'edited');
    const inner = new GitRepository(join(folder, joinPath(workspacePath('ws'))) as AbsolutePath, new NodeProcesses());
    expect((await inner.readCommit(hash, everything)).listed).toEqual([{ path: 'a' }]);
    expect(await inner.listChanges(hash)).toEqual(['b']);
  });

  it.each(['nope', '--version', ''])('says what git says of the revision %j', async (revision) => {
    await commit();
    await expect(git.findBase(revision, 'HEAD')).rejects.toThrow(/workspace\/unknown-commit[^]*fatal: /);
  });
});

it('says in plain words that there is no git', async () => {
  const processes = new RecordedProcesses(() => ({ exitCode: 127, spawnError: 'ENOENT' }));
  const git = new GitRepository('/ws' as AbsolutePath, processes);
  await expect(git.findBase('main', 'HEAD')).rejects.toThrow(/workspace\/no-git[^]*only git knows what changed/);
});

it('says in plain words that there is no repository', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grout-no-git-')) as AbsolutePath;
  try {
    const git = new GitRepository(folder, new NodeProcesses());
    await expect(git.findBase('main', 'HEAD')).rejects.toThrow(/workspace\/no-repository/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
