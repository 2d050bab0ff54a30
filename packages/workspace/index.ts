export { readFingerprint, type Language } from './fingerprint.js';
export { NodeContentFolder } from './node-content-folder.js';
export { NodeContentStore } from './node-content-store.js';
export { NodeFileSystem } from './node-file-system.js';
export { NodeProcesses } from './node-processes.js';
export { packageFolder } from './package-files.js';
export type { Command, ContentFolder, ContentStore, Ended, FileSystem, Processes, RunOptions } from './ports.js';
export { watchPaths } from './watch.js';
export { readContractImage, type ContractFolder } from './buf.js';
