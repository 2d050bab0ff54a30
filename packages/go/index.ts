export { splitCgoWords, type CgoWords } from './cgo-words.js';
export { parseConstraint, type ParsedConstraint } from './constraint.js';
export { constraintTags, evaluateConstraint, matchesCgoDirective, matchesContext } from './evaluate.js';
export { parseGoFileHeader } from './header.js';
export { parseGoMod } from './mod.js';
export { lastElement } from './module-path.js';
export { KNOWN_GOARCH, KNOWN_GOOS } from './platforms.js';
export type {
  BuildConstraint,
  BuildContext,
  CgoDirective,
  GoFileHeader,
  GoMod,
  GoReplace,
  GoRequire,
  GoWork,
} from './types.js';
export { parseGoWork } from './work.js';
