// Workspaces with the same projects and the same Nx as ours, in which the tasks have nothing to do.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD } from '../graph/baseline-plugin.mjs';
import * as workspaces from '../graph/workspaces.mjs';

/** A build that does nothing and is cached. */
const NOTHING = {
  executor: 'nx:noop',
  cache: true,
  inputs: ['{projectRoot}/**/*', { externalDependencies: [] }],
  outputs: [],
};

/** Builds that do nothing; the one of `restored` makes what ours makes, by copying it. */
export function makeIdleTwin({ install, ours, restored }) {
  return makeTwin({ install, ours, name: 'nothing-to-do' }, ({ name, root, outputs }) => {
    if (name !== restored) return NOTHING;
    const copied = `cp -r '${ours.folder}/dist/${root}/.' 'dist/${root}/'`;
    const command = `mkdir -p 'dist/${root}' && ${copied}`;
    return { ...NOTHING, executor: 'nx:run-commands', options: { command }, outputs };
  });
}

/** Builds that do nothing, over a copy of all that ours have made: what Nx itself takes to keep and restore that. */
export function makeTwinWithOutputs({ install, ours }) {
  const twin = makeTwin({ install, ours, name: 'same-outputs' }, ({ outputs }) => ({ ...NOTHING, outputs }));
  cpSync(join(ours.folder, 'dist'), join(twin.folder, 'dist'), { recursive: true });
  return twin;
}

/**
 * The same, with dependents that read the libraries they link: what comes on top in Nx when a task follows the bytes of
 * what it links.
 */
export function makeTwinThatReads({ install, ours }) {
  const twin = makeTwin({ install, ours, name: 'same-outputs-read' }, ({ outputs, dependsOn, inputs }) => {
    const read = inputs.filter((input) => input.dependentTasksOutputFiles !== undefined);
    return { ...NOTHING, inputs: [...NOTHING.inputs, ...read], outputs, dependsOn };
  });
  cpSync(join(ours.folder, 'dist'), join(twin.folder, 'dist'), { recursive: true });
  return twin;
}

/** @param buildOf the build of a project, from its name, its root and what its build is with us */
function makeTwin({ install, ours, name }, buildOf) {
  const twin = workspaces.copyWorkspace(install, ours.folder, name);
  workspaces.recordGraph(ours);
  const path = join(twin.folder, RECORD);
  cpSync(join(ours.folder, RECORD), path);
  rmSync(join(ours.folder, RECORD));
  const record = JSON.parse(readFileSync(path, 'utf8'));
  for (const project of record.nodes.flatMap(([, { projects = {} }]) => Object.values(projects))) {
    const { outputs = [], dependsOn = [], inputs = [] } = project.targets?.build ?? {};
    const build = buildOf({ name: project.name, root: project.root, outputs, dependsOn, inputs });
    Object.assign(project, { targets: { build }, namedInputs: {} });
  }
  writeFileSync(path, JSON.stringify(record));
  workspaces.usePlugins(twin, [workspaces.BASELINE_PLUGIN]);
  return twin;
}
