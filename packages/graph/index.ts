export { libraryOfWord, MOCK_TAG } from './cgo-links.js';
export type { ProjectNaming, WorkspaceFacts } from './facts.js';
export { emitMetadata, parseMetadata, projectFromMetadata, type GroutMetadata } from './metadata.js';
export { reachableFrom } from './reachable.js';
export type {
  CgoLink,
  Edge,
  EdgeKind,
  GoSide,
  MainPackage,
  Project,
  ProjectModel,
  RustSide,
  ToolchainFloor,
} from './model.js';
export { resolveProjectModel } from './resolve-project-model.js';
