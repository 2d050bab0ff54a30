// Memory of the plugin's own work in fresh processes, at growing numbers of projects.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nxEnvironment, runScript } from './processes.mjs';
import { median } from './statistics.mjs';
import { generateWorkspace, setUpOurs } from './workspaces.mjs';

const PROJECTS = [100, 200, 500, 1000];

/** Half of the projects are crates, half Go modules; one in ten of each belongs to a bridge's crate. */
export function measureMemory(install, runs) {
  const workspaces = PROJECTS.map((projects) =>
    setUpOurs(generateWorkspace(install, { crates: projects / 2, goModules: projects / 2, bridges: projects / 20 })),
  );
  const rounds = Array.from({ length: runs }, () => workspaces.map(measureOnce));
  return PROJECTS.map((projects, index) => {
    const middle = (key) => median(rounds.map((round) => round[index].memory[key]));
    return { projects, peak: middle('peak'), kept: middle('kept') };
  });
}

function measureOnce({ folder }) {
  const data = join(dirname(folder), 'data-of-memory');
  rmSync(data, { recursive: true, force: true });
  const env = nxEnvironment({ NX_WORKSPACE_DATA_DIRECTORY: data });
  return runScript('plugin-pass.mjs', [], { cwd: folder, env, nodeFlags: ['--expose-gc'] });
}
