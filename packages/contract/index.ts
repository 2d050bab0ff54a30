export { abiHash, abiShape, contractDigest, packingHash } from './abi-shape.js';
export { placeholdersOf } from './hint.js';
export { lowerContract, optionsProtoName, type ContractSource, type FindSource } from './lower.js';
export { responseParts } from './response-parts.js';
export {
  abiMajor,
  calledServices,
  callbackOf,
  givenServices,
  goServices,
  implementedIn,
  isArena,
  rustServices,
} from './services.js';
export { ownEnums, ownMessages, sharingBridges } from './shared.js';
export type {
  Canonical,
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
