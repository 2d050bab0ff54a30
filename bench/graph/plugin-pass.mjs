// Asks the installed plugin for its nodes and dependencies as Nx does, and prints as JSON what that took. To be run with
// the workspace as working directory; walking and hashing its files is Nx's share and is done, and timed, beforehand.
//   --passes=N     how often to ask in this process; default 1
//   --edit=PATH    adds a comment to the file before each pass but the first, and tells Nx so; restores it at the end
//   --changed      imports with the plugin what it loads only when something changed
//   --record=PATH  writes what the plugin answered, for baseline-plugin.mjs
// Under --expose-gc it also tells how much memory the plugin's part takes.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withComment } from './edits.mjs';

const { values: options } = parseArgs({
  options: {
    passes: { type: 'string', default: '1' },
    edit: { type: 'string' },
    changed: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const workspaceRoot = process.cwd();
const require = createRequire(join(workspaceRoot, 'package.json'));
const nxFiles = require('nx/src/utils/workspace-context.js');
const nxJsonConfiguration = JSON.parse(readFileSync(join(workspaceRoot, 'nx.json'), 'utf8'));

const walkMs = await time(async () => {
  nxFiles.setupWorkspaceContext(workspaceRoot);
  await nxFiles.getAllFileDataInContext(workspaceRoot);
});
const memoryBefore = memoryNow();
const entry = pathToFileURL(require.resolve('nx-grout'));
let plugin;
const importMs = await time(async () => {
  plugin = await import(entry.href);
  if (options.changed) await import(new URL('compute-nodes.js', entry).href);
});

const original = options.edit === undefined ? undefined : readFileSync(options.edit, 'utf8');
const passes = [];
let answer;
for (let number = 0; number < Number(options.passes); number++) {
  if (original !== undefined && number > 0) editAndTellNx(number);
  const pass = await ask();
  passes.push(pass.ms);
  answer = pass.answer;
}
if (original !== undefined) writeFileSync(options.edit, original);
if (options.record !== undefined) writeFileSync(options.record, JSON.stringify(answer));
console.log(JSON.stringify({ walkMs, importMs, passes, memory: memorySince(memoryBefore) }));

function editAndTellNx(number) {
  writeFileSync(options.edit, withComment(options.edit, original, number));
  nxFiles.updateFilesInContext(workspaceRoot, [options.edit], []);
}

/** One graph: milliseconds that the plugin took for it, and its answer. What Nx does in between does not count. */
async function ask() {
  const [pattern, createNodes] = plugin.createNodes;
  const paths = await nxFiles.globWithWorkspaceContext(workspaceRoot, [pattern]);
  let nodes, dependencies;
  const nodesMs = await time(async () => {
    nodes = await createNodes(paths, undefined, { nxJsonConfiguration, workspaceRoot });
  });
  const context = await dependenciesContext(nodes);
  const dependenciesMs = await time(async () => {
    dependencies = await plugin.createDependencies(undefined, context);
  });
  return { ms: nodesMs + dependenciesMs, answer: { nodes, dependencies } };
}

async function dependenciesContext(nodes) {
  const projects = {};
  const externalNodes = {};
  const nameOfRoot = {};
  for (const [, result] of nodes) {
    for (const [root, project] of Object.entries(result.projects ?? {})) {
      projects[project.name] = { root, ...project };
      nameOfRoot[root] = project.name;
    }
    Object.assign(externalNodes, result.externalNodes);
  }
  const { projectFileMap, globalFiles } = await nxFiles.getNxWorkspaceFilesFromContext(workspaceRoot, nameOfRoot);
  const fileMap = { projectFileMap, nonProjectFiles: globalFiles };
  return { projects, externalNodes, fileMap, filesToProcess: fileMap, nxJsonConfiguration, workspaceRoot };
}

async function time(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function memoryNow() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

/** Bytes at the peak above what the process had before, and bytes that stay in use. */
function memorySince(before) {
  const peak = process.resourceUsage().maxRSS * 1024 - before.rss;
  return { peak, kept: memoryNow().heapUsed - before.heapUsed };
}
