export { MOCK_TAG } from './cgo-links.js';
export { resolverOf } from './cargo-resolver.js';
export { GO_EXTENSION, GO_NAMES, LOCK_NAMES, NOT_BUILT_FOLDERS, PROSE, ROOT_NAMES } from './crate-folder.js';
export type { BuildWorld } from './build-world.js';
export {
  TRAVELLING_OPTIONS,
  type DeclaredEdge,
  type FeatureRule,
  type FeatureRules,
  type ProjectNaming,
  type TargetSettings,
  type WorkspaceFacts,
} from './facts.js';
export { isLinkOfGo, linksOf } from './crossing-links.js';
export { foldersUpwards, isSetAside } from './folder-index.js';
export { FolderOwners } from './folder-owners.js';
export { readGraphSettings, wrongOption, type GraphOptions, type GraphSettings } from './graph-settings.js';
export { externalNodes, type ExternalNode, type ExternalNodes } from './locks/external-nodes.js';
export { isAboutFeature } from './locks/feature-facts.js';
export { completeRequirements, type GoRequirements } from './locks/go-requirements.js';
export { emitGroutLock, GROUT_LOCK, lockField, lockOf, parseGroutLock, type GroutLock } from './locks/grout-lock.js';
export { compareFacts } from './locks/lock-changes.js';
export { compareLocks, type LockFreshness } from './locks/lock-freshness.js';
export { indexLocks, withRequirements, type LockIndex } from './locks/lock-index.js';
export { allFacts, digestOf, type LockFact, type LockNode } from './locks/lock-node.js';
export { commandPurpose, resolveLocks, type LockPurpose, type ProjectLocks } from './locks/resolve-locks.js';
export { parseLinkWords } from './link-words.js';
export { emitMetadata, parseMetadata, projectFromMetadata, type GroutMetadata } from './metadata.js';
export { reachableFrom } from './reachable.js';
export type {
  BareLink,
  CgoInput,
  CgoLink,
  CrossingKind,
  GoLink,
  Edge,
  EdgeKind,
  GoSide,
  MainPackage,
  OutsideInput,
  PackageSources,
  Participants,
  Project,
  ProjectLint,
  ProjectModel,
  ProjectParticipants,
  RustSide,
  ToolchainFloor,
  VariableInput,
} from './model.js';
export { resolveProjectModel } from './resolve-project-model.js';
export {
  findOneSided,
  findSwitches,
  findUnsetTags,
  warnOfUnsetTags,
  type Switches,
  type UnsetTag,
} from './switches.js';
