export { MemoryContentFolder, MemoryFileSystem } from './memory-file-system.js';
export { modelOf } from './model-of.js';
export { RecordedProcesses } from './recorded-processes.js';
