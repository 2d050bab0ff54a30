export { NodeFileSystem } from './node-file-system.js';
export { NodeProcesses } from './node-processes.js';
export { packageFolder } from './package-files.js';
export type { Command, Ended, FileSystem, Processes, RunOptions } from './ports.js';
