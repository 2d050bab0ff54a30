export type { BridgeLayout, GeneratedFile } from './types.js';
