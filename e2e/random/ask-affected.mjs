// Run in a workspace: for each of the given files, the projects with an affected task, as `nx show projects --affected
// -t <target> --files=<file>` would list them one by one. Nx makes its graph once for all of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const require = createRequire(join(process.cwd(), 'package.json'));
const { createProjectGraphAsync } = require('nx/src/project-graph/project-graph');
const { computeAffectedTasks } = require('nx/src/project-graph/affected/affected-tasks');
const { calculateFileChanges } = require('nx/src/project-graph/file-utils');
const { readNxJson } = require('nx/src/config/nx-json');

const [questions, answers] = process.argv.slice(2);
const { targets, files } = JSON.parse(readFileSync(questions, 'utf8'));
const nxJson = readNxJson();
const projectGraph = await createProjectGraphAsync({ exitOnError: true });
const roots = Object.fromEntries(Object.entries(projectGraph.nodes).map(([name, node]) => [name, node.data.root]));

const affected = {};
for (const target of targets) {
  affected[target] = {};
  for (const file of files) affected[target][file] = await ask(target, file);
}
writeFileSync(answers, JSON.stringify({ roots, affected }));
process.exit(0);

async function ask(target, file) {
  const fileChangeArgs = { files: [file] };
  const { taskSelection } = await computeAffectedTasks({
    projectGraph,
    nxJson,
    targets: [target],
    touchedFiles: calculateFileChanges([file], fileChangeArgs),
    fileChangeArgs,
    selectivelyHashTsConfig: false,
  });
  const { taskGraph, initiatingTaskIds } = taskSelection;
  return [...new Set(initiatingTaskIds.map((id) => roots[taskGraph.tasks[id].target.project]))];
}
