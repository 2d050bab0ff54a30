export { resolveBridgeImports, type BridgeProto, type BridgeProtos, type ImportedProto } from './bridge-imports.js';
export { copyProto, originalOf } from './copied-proto.js';
export { parseProtoImports, type ProtoSource } from './proto-imports.js';
