// What a plugin adds to the whole of `nx show projects`: ours over the same Nx with a plugin that returns the same graph
// from one file (what that adds to no plugin is Nx's share), the peers over their own Nx with no plugin at all.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nxEnvironment, showProjects } from './processes.mjs';
import { median } from './statistics.mjs';
import { BASELINE_PLUGIN, OUR_PLUGINS, PEER_PLUGINS, usePlugins } from './workspaces.mjs';

/** Nx starts a process for each plugin unless told otherwise. */
const STATES = [
  { title: 'nothing cached', isCold: true, env: {} },
  { title: 'unchanged', isCold: false, env: {} },
  { title: "unchanged, plugins in Nx's own process", isCold: false, env: { NX_ISOLATE_PLUGINS: 'false' } },
];

/** For each state, milliseconds of each variant and the number of projects that it shows. */
export function measureAddedTime({ ours, peers }, runs) {
  const variants = [
    { key: 'bare', workspace: ours, plugins: [] },
    { key: 'recorded', workspace: ours, plugins: [BASELINE_PLUGIN] },
    { key: 'ours', workspace: ours, plugins: OUR_PLUGINS },
  ];
  if (peers !== undefined) {
    variants.push({ key: 'peersBare', workspace: peers, plugins: [] });
    variants.push({ key: 'peers', workspace: peers, plugins: PEER_PLUGINS });
  }
  return STATES.map((state) => {
    if (!state.isCold) for (const variant of variants) runVariant(variant, state);
    const rounds = Array.from({ length: runs }, () => variants.map((variant) => runVariant(variant, state)));
    return { title: state.title, ...Object.fromEntries(variants.map(({ key }, index) => [key, sumUp(rounds, index)])) };
  });
}

function sumUp(rounds, index) {
  return { ms: median(rounds.map((round) => round[index].ms)), projects: rounds[0][index].names.length };
}

/** Each variant keeps its caches apart from the others'. */
function runVariant({ key, workspace, plugins }, { isCold, env }) {
  const data = join(dirname(workspace.folder), `data-of-${key}`);
  if (isCold) rmSync(data, { recursive: true, force: true });
  usePlugins(workspace, plugins);
  return showProjects(workspace, nxEnvironment({ NX_WORKSPACE_DATA_DIRECTORY: data, ...env }));
}
