export { MemoryContentFolder, MemoryFileSystem } from './memory-file-system.js';
export { modelOf } from './model-of.js';
export { mutate, randomFrom } from './mutate.js';
export { RecordedProcesses } from './recorded-processes.js';
