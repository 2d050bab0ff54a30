// `npm run bench:graph`: what the project graph costs, next to a plain read of the same files and next to the peers.
//   -- --workspace=FOLDER  measure this monorepo (a copy) and not the generated ones; may be given several times
//   -- --only=PART         own, added, daemon or memory; may be given several times
//   -- --runs=N            rounds of each measurement; default 7
//   -- --tarball=FILE      a packed plugin, in place of the sources as they stand
//   -- --keep              leave the scratch folder, and say where it is
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAddedTime } from './added-time.mjs';
import { RECORD } from './baseline-plugin.mjs';
import { measureDaemonTime } from './daemon-time.mjs';
import { installOurs, installPeers } from './installs.mjs';
import { describeMachine } from './machine.mjs';
import { measureMemory } from './memory.mjs';
import { measureOwnTime } from './own-time.mjs';
import { addedTimeTable, daemonTable, memoryTable, ownTimeTable } from './tables.mjs';
import * as workspaces from './workspaces.mjs';

const PARTS = ['own', 'added', 'daemon', 'memory'];

const { values: options } = parseArgs({
  options: {
    workspace: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: PARTS },
    runs: { type: 'string', default: '7' },
    tarball: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const isWanted = (part) => options.only.includes(part);
if (!(runs >= 1) || !options.only.every((part) => PARTS.includes(part))) {
  console.error(`--runs is a number, --only one of ${PARTS.join(', ')}`);
  process.exit(2);
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-bench-')));
try {
  await measure();
} finally {
  if (options.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function measure() {
  const installs = { ours: join(scratch, 'ours'), peers: join(scratch, 'peers') };
  installOurs(installs.ours, options.tarball && resolve(options.tarball));
  const problem = isWanted('added') || isWanted('daemon') ? installPeers(installs.peers) : 'not asked for';
  console.log('# Results of `npm run bench:graph`');
  show(`${describeMachine(options.tarball)}\n- medians of ${runs} rounds`);
  if (problem !== undefined) show(`Peers are left out: ${problem}`);
  for (const make of monorepos()) {
    const ours = workspaces.setUpOurs(make(installs.ours));
    await measureWorkspace({ ours, peers: problem === undefined ? make(installs.peers) : undefined });
  }
  if (isWanted('memory')) show(`## Memory\n\n${memoryTable(measureMemory(installs.ours, runs))}`);
}

/** A paragraph, heading or table of its own. */
function show(text) {
  console.log(`\n${text}`);
}

/** For each monorepo, what puts it below an install. */
function monorepos() {
  if (options.workspace.length > 0)
    return options.workspace.map((folder) => (install) => workspaces.copyWorkspace(install, resolve(folder)));
  return workspaces.SIZES.map((size) => (install) => workspaces.generateWorkspace(install, size));
}

async function measureWorkspace(pair) {
  const graph = workspaces.recordGraph(pair.ours);
  show(`## ${pair.ours.name}: ${graph.projects.length} projects, ${graph.dependencies.length} dependencies`);
  if (isWanted('own')) show(ownTimeTable(measureOwnTime(pair.ours, graph, runs)));
  if (pair.peers !== undefined) fetchSources(pair.peers);
  if (isWanted('added')) show(addedTimeTable(measureAddedTime(pair, runs)));
  if (isWanted('daemon')) show(daemonTable(await measureDaemonTime(sidesOf(pair), graph, runs)));
}

/** The recorded graphs move to workspaces of their own: one daemon serves one workspace. */
function sidesOf({ ours, peers }) {
  const copy = (suffix) =>
    workspaces.copyWorkspace(dirname(dirname(ours.folder)), ours.folder, `${ours.name}-${suffix}`);
  const recorded = copy('recorded');
  const bare = workspaces.stripRecord(copy('bare'));
  rmSync(join(ours.folder, RECORD));
  return [
    { title: 'ours', workspace: ours, plugins: workspaces.OUR_PLUGINS },
    { title: 'recorded graph', workspace: recorded, plugins: [workspaces.BASELINE_PLUGIN] },
    { title: 'recorded names, no targets', workspace: bare, plugins: [workspaces.BASELINE_PLUGIN] },
    ...(peers === undefined ? [] : [{ title: 'peers', workspace: peers, plugins: workspaces.PEER_PLUGINS }]),
  ];
}

/** Peers ask cargo and go, which want what lies outside at hand; that is not part of any measurement. */
function fetchSources({ folder }) {
  for (const [program, ...args] of [
    ['cargo', 'fetch', '--quiet', '--locked'],
    ['go', 'mod', 'download'],
  ]) {
    const ended = spawnSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (ended.status !== 0) show(`${program} ${args.join(' ')} failed: peers may miss projects`);
  }
}
