export { checkEmittable } from './check-emittable.js';
export { archiveFeature } from './rust/hosted/archive-feature.js';
export { emitGo, emitPage, emitRust, emitVectors } from './emit.js';
export { propertyLibraries } from './property-libraries.js';
export type { AbiFacts, BridgeFeature, BridgeLayout, GeneratedFile, SharingBridge } from './types.js';
