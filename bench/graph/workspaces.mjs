// The monorepos that are measured, below the install whose Nx opens them.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateMonorepo } from '../../scripts/lib/generate-monorepo.mjs';
import { RECORD } from './baseline-plugin.mjs';
import { runNode, runScript } from './processes.mjs';

const NOT_COPIED = new Set(['node_modules', 'target', 'dist', '.nx']);

/** What is generated when no workspace is given: 200 and 1,000 projects. */
export const SIZES = [
  { crates: 100, goModules: 100, bridges: 20 },
  { crates: 500, goModules: 500, bridges: 50 },
];

export const OUR_PLUGINS = ['nx-grout'];
export const BASELINE_PLUGIN = join(import.meta.dirname, 'baseline-plugin.mjs');
export const PEER_PLUGINS = ['@monodon/rust', '@nx-go/nx-go'];

/** Generates the monorepo below the install. */
export function generateWorkspace(install, size) {
  const name = `${size.crates}-${size.goModules}-${size.bridges}`;
  return openWorkspace(install, name, (folder) => generateMonorepo({ folder, ...size }));
}

/** Copies a monorepo that exists. */
export function copyWorkspace(install, source, name = basename(source)) {
  const filter = (path) => !NOT_COPIED.has(basename(path));
  return openWorkspace(install, name, (folder) => cpSync(source, folder, { recursive: true, filter }));
}

function openWorkspace(install, name, fill) {
  const folder = join(install, 'workspaces', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  const workspace = { name, folder, nx: join(install, 'node_modules', 'nx', 'dist', 'bin', 'nx.js') };
  write(workspace, 'package.json', { name: 'workspace', private: true });
  write(workspace, 'nx.json', { neverConnectToCloud: true, analytics: false });
  return workspace;
}

/** What a user does who begins with our plugin, up to the files that `nx sync` keeps. */
export function setUpOurs(workspace) {
  for (const command of [['generate', 'nx-grout:init'], ['sync']])
    runNode([workspace.nx, ...command], { cwd: workspace.folder });
  return workspace;
}

/** Replaces the list of plugins, and nothing else of what nx.json holds. */
export function usePlugins(workspace, plugins) {
  const settings = JSON.parse(readFileSync(join(workspace.folder, 'nx.json'), 'utf8'));
  write(workspace, 'nx.json', { ...settings, plugins });
}

function write({ folder }, path, value) {
  writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
}

/** Keeps what the plugin answers for this workspace where the baseline plugin finds it, and tells about it. */
export function recordGraph(workspace) {
  const record = join(workspace.folder, RECORD);
  usePlugins(workspace, OUR_PLUGINS);
  runScript('plugin-pass.mjs', [`--record=${record}`], { cwd: workspace.folder });
  const { nodes, dependencies } = JSON.parse(readFileSync(record, 'utf8'));
  const projects = nodes.flatMap(([source, result]) =>
    Object.values(result.projects ?? {}).map(({ name }) => ({ name, source })),
  );
  return { projects, dependencies };
}

/** Leaves of a recorded graph what Nx cannot do without: names, roots and edges. */
export function stripRecord(workspace) {
  const path = join(workspace.folder, RECORD);
  const { nodes, dependencies } = JSON.parse(readFileSync(path, 'utf8'));
  const bare = nodes.map(([source, { projects = {}, ...rest }]) => {
    const named = Object.entries(projects).map(([root, { name }]) => [root, { name, root }]);
    return [source, { ...rest, projects: Object.fromEntries(named) }];
  });
  writeFileSync(path, JSON.stringify({ nodes: bare, dependencies }));
  return workspace;
}
