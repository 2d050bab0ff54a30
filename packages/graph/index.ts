export { libraryOfWord, MOCK_TAG } from './cgo-links.js';
export type { ProjectNaming, WorkspaceFacts } from './facts.js';
export { foldersUpwards, isSetAside } from './folder-index.js';
export { emitMetadata, parseMetadata, projectFromMetadata, type GroutMetadata } from './metadata.js';
export { reachableFrom } from './reachable.js';
export type {
  CgoInclude,
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
