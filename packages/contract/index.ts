export { abiHash, abiShape, contractDigest } from './abi-shape.js';
export { lowerContract, optionsProtoName, type ContractSource, type FindSource } from './lower.js';
export type {
  Contract,
  Enum,
  EnumValue,
  ErrorCode,
  ErrorDomain,
  Field,
  FieldType,
  HandleOptions,
  MapKey,
  Message,
  Method,
  Oneof,
  Scalar,
  Service,
} from './types.js';
export { validateContract } from './validate.js';
