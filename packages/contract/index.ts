export { abiHash, abiShape, contractDigest } from './abi-shape.js';
export { placeholdersOf } from './hint.js';
export { lowerContract, optionsProtoName, type ContractSource, type FindSource } from './lower.js';
export type {
  Canonical,
  Contract,
  ErrorCode,
  ErrorDomain,
  Field,
  FieldType,
  Message,
  Method,
  Scalar,
  Service,
} from './types.js';
export { validateContract } from './validate.js';
