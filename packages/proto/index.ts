export { parseProtoImports, type ProtoSource } from './proto-imports.js';
