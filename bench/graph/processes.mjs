// Programs that are measured, each in an environment that holds nothing but what the measurement needs.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STEERING = /^(?:NX_|npm_|CARGO_(?!HOME$)|GO(?!CACHE$|MODCACHE$|PATH$|ROOT$)|CI$|NODE_OPTIONS$|FORCE_COLOR$)/;

/** The shell's environment without settings that steer the tools. */
export function toolEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STEERING.test(name)));
}

/** No daemon, no network and nothing that is shared with other workspaces, unless `settings` say otherwise. */
export function nxEnvironment(settings = {}) {
  return {
    ...toolEnvironment(),
    ...{ NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_CACHE_DIRECTORY: '.nx/cache' },
    ...{ CARGO_NET_OFFLINE: 'true', GOPROXY: 'off', GOTOOLCHAIN: 'local' },
    ...settings,
  };
}

/**
 * Runs Node to its end and returns its output and the milliseconds that the whole process took. The output goes to a file:
 * Node writes to a pipe of spawnSync in the background, and Nx exits without waiting for that.
 * @throws with what it printed when it fails
 */
export function runNode(args, { cwd, env = nxEnvironment() }) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-grout-output-'));
  const output = openSync(join(folder, 'stdout'), 'w+');
  try {
    const started = performance.now();
    const ended = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', output, 'pipe'] });
    const ms = performance.now() - started;
    const stdout = readFileSync(join(folder, 'stdout'), 'utf8');
    if (ended.status === 0) return { ms, stdout };
    throw new Error(`node ${args.join(' ')} in ${cwd}:\n${ended.error?.message ?? stdout + ended.stderr}`);
  } finally {
    closeSync(output);
    rmSync(folder, { recursive: true });
  }
}

/** `nx show projects` with the Nx of an install. */
export function showProjects(workspace, env) {
  const { ms, stdout } = runNode([workspace.nx, 'show', 'projects'], { cwd: workspace.folder, env });
  return { ms, names: stdout.split('\n').filter((line) => line !== '') };
}

/** What a script of this folder printed as JSON. */
export function runScript(name, args, options) {
  const { nodeFlags = [], ...rest } = options;
  return JSON.parse(runNode([...nodeFlags, join(import.meta.dirname, name), ...args], rest).stdout);
}
