export { abiHash, abiShape, contractDigest } from './abi-shape.js';
export { lowerContract, optionsProtoName, type ContractSource, type FindSource } from './lower.js';
export type { Contract, ErrorCode, ErrorDomain, Field, FieldType, Message, Method, Scalar, Service } from './types.js';
export { validateContract } from './validate.js';
