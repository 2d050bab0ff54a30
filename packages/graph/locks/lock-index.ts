import type { BuildWorld } from '../build-world.js';
import type { WorkspaceFacts } from '../facts.js';
import type { ProjectModel } from '../model.js';
import { CargoLocks } from './cargo-locks.js';
import { featureFacts } from './feature-facts.js';
import { GoLocks } from './go-locks.js';
import type { GoRequirements } from './go-requirements.js';
import { indexLockCrates } from './lock-crates.js';
import { indexLockModules } from './lock-modules.js';
import type { LockNode } from './lock-node.js';
import { PackageImports } from './package-imports.js';

/** Lockfiles, root manifests and the features of grout.toml, ready to be asked what they say to a task. */
export interface LockIndex {
  readonly cargo: CargoLocks;
  readonly go: GoLocks;
  readonly participants: ProjectModel['participants'];
  /** What counts for every task. */
  readonly features: LockNode;
}

/** @param requirements of Go modules from outside, as far as they are known */
export function indexLocks(
  facts: WorkspaceFacts,
  { projects, participants }: Pick<ProjectModel, 'projects' | 'participants'>,
  world: BuildWorld,
  requirements: GoRequirements = new Map(),
): LockIndex {
  const cargo = new CargoLocks(indexLockCrates(facts, projects), facts.cargoLocks);
  const imports = new PackageImports(facts.goFiles, world);
  const go = new GoLocks({ modules: indexLockModules(facts, projects), imports, requirements });
  return { cargo, go, participants, features: featureFacts(facts.featureRules) };
}

/** The same with what else is known of Go modules from outside. */
export function withRequirements(index: LockIndex, requirements: GoRequirements): LockIndex {
  return { ...index, go: index.go.withRequirements(requirements) };
}
