// An Nx plugin that does nothing: it returns nodes and dependencies that another plugin gave, from one JSON file.
// What Nx takes for a graph of this size, plugin worker and all, is what Nx takes with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'recorded-graph';

/** In the workspace, and not ignored by git: Nx asks a plugin only about files that it knows. */
export const RECORD = 'recorded-graph.json';

let record;

export const createNodes = [
  RECORD,
  (_paths, _options, { workspaceRoot }) => {
    record = JSON.parse(readFileSync(join(workspaceRoot, RECORD), 'utf8'));
    return record.nodes;
  },
];

export function createDependencies() {
  return record.dependencies;
}
