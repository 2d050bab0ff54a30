// A scratch Nx workspace with the packed plugin, for scripts that show or check the product as a user has it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packPackage, ROOT } from './install.mjs';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Makes the folder, installs Nx and the plugin, and commits nothing. */
export function createWorkspace() {
  const parent = mkdtempSync(join(tmpdir(), 'nx-grout-demo-'));
  const tarball = packPackage(parent);
  const workspace = new Workspace(join(parent, 'acme'));
  workspace.write('package.json', '{ "name": "acme", "private": true }\n');
  workspace.write('nx.json', '{ "neverConnectToCloud": true, "analytics": false }\n');
  workspace.must('git', ['init', '--quiet', '--initial-branch=main']);
  const versions = ['nx', '@nx/devkit'].map((name) => `${name}@${devDependencies[name]}`);
  workspace.must('npm', ['install', '--save-dev', '--no-audit', '--no-fund', '--silent', ...versions, tarball]);
  return workspace;
}

class Workspace {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  write(path, text) {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  edit(path, from, to) {
    const text = readFileSync(join(this.folder, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    writeFileSync(join(this.folder, path), text.replace(from, to));
  }

  /** Runs a program and returns its exit code and output, standard error included. */
  run(program, args, env = {}) {
    const ended = spawnSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        NX_DAEMON: 'false',
        NX_NO_CLOUD: 'true',
        NX_CACHE_DIRECTORY: join(this.folder, '.nx', 'cache'),
        ...env,
      },
    });
    if (ended.error) throw ended.error;
    return { code: ended.status, output: `${ended.stdout}${ended.stderr}` };
  }

  must(program, args, env = {}) {
    const ended = this.run(program, args, env);
    if (ended.code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${ended.output}`);
    return ended.output;
  }

  /** Runs Nx and tells what became of each task. */
  nx(args, env = {}) {
    const ended = this.run(
      process.execPath,
      [join(this.folder, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args, '--output-style=static'],
      env,
    );
    return { ...ended, tasks: parseTasks(ended.output) };
  }
}

/** Fate of each task in Nx's static output: `built`, `cached` (outputs were there) or `restored` (from the cache). */
function parseTasks(output) {
  const fates = [...output.matchAll(/^> nx run (\S+?)(?: +\[(.+)\])?\s*$/gm)].map(([, task, note]) => ({
    task: task.replace(/ .*/, ''),
    fate: note === undefined ? 'built' : /existing outputs/.test(note) ? 'cached' : 'restored',
  }));
  return fates;
}
