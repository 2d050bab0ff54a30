export { CollectingProcesses } from './collecting-processes.js';
export { isGraphFile, kindOfFile, type FileKind } from './file-kinds.js';
export { readFingerprint, type Language } from './fingerprint.js';
export { CommittedFiles } from './git-commit.js';
export { GitRepository } from './git-repository.js';
export { NodeContentFolder } from './node-content-folder.js';
export { NodeContentStore } from './node-content-store.js';
export { NodeFileSystem } from './node-file-system.js';
export { NodeLocks } from './node-locks.js';
export { NodeProcesses } from './node-processes.js';
export { packageFolder, packageIdentity } from './package-files.js';
export { isRunningProcess, processIdentity } from './process-identity.js';
export type {
  Command,
  ContentFolder,
  ContentStore,
  Ended,
  FileSystem,
  ListedFile,
  Locks,
  Processes,
  RunOptions,
  Waited,
} from './ports.js';
export { watchPaths } from './watch.js';
export { readContractImage, type ContractFolder } from './buf.js';
