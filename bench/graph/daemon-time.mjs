// Time from the edit of a manifest to the first answer of `nx show projects` that knows of it, with the daemon on.
import { setTimeout } from 'node:timers/promises';
import { renameCrate } from './edits.mjs';
import { nxEnvironment, runNode, showProjects } from './processes.mjs';
import { median } from './statistics.mjs';
import { usePlugins } from './workspaces.mjs';

const ENVIRONMENT = nxEnvironment({ NX_DAEMON: 'true' });

/** Background work of the daemon that an answer left behind must not be measured as part of the next one. */
const PAUSE_MS = 1500;

/** An answer that does not know of the edit is asked for again; more than this many mean that it never will. */
const MOST_ANSWERS = 20;

/** @param sides each with a workspace and the plugins to use in it */
export async function measureDaemonTime(sides, graph, runs) {
  const crate = crateWithoutDependents(graph);
  const results = sides.map((side) => ({ ...side, idle: [], edited: [], stale: 0 }));
  try {
    for (const { workspace, plugins } of results) {
      usePlugins(workspace, plugins);
      showProjects(workspace, ENVIRONMENT);
    }
    for (let round = 0; round < runs; round++) for (const result of results) await measureRound(result, crate, round);
  } finally {
    for (const { workspace } of results) stopDaemon(workspace);
  }
  return results.map(({ title, idle, edited, stale }) => ({
    title,
    idle: median(idle),
    edited: median(edited),
    stale,
  }));
}

/** An answer with nothing new, then a renamed crate; the next round renames it again. */
async function measureRound(result, { name, source }, round) {
  const { folder } = result.workspace;
  const [from, to] = [nameInRound(name, round - 1), nameInRound(name, round)];
  await setTimeout(PAUSE_MS);
  result.idle.push(showProjects(result.workspace, ENVIRONMENT).ms);
  await setTimeout(PAUSE_MS);
  renameCrate(folder, source, from, to);
  const started = performance.now();
  for (let answers = 1; answers <= MOST_ANSWERS; answers++) {
    if (showProjects(result.workspace, ENVIRONMENT).names.includes(to)) {
      result.edited.push(performance.now() - started);
      return;
    }
    result.stale++;
  }
  throw new Error(`${result.title}: the daemon does not see that ${from} is now ${to}`);
}

function nameInRound(name, round) {
  return round < 0 ? name : `${name}-${round}`;
}

function crateWithoutDependents({ projects, dependencies }) {
  const needed = new Set(dependencies.map(({ target }) => target));
  const crate = projects.find(({ name, source }) => source.endsWith('/Cargo.toml') && !needed.has(name));
  if (crate === undefined) throw new Error('something depends on every crate: none can be renamed');
  return crate;
}

function stopDaemon(workspace) {
  runNode([workspace.nx, 'daemon', '--stop'], { cwd: workspace.folder, env: ENVIRONMENT });
}
