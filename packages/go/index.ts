export { C_EXTENSIONS, isFromElsewhere, parseCSource } from './c-source.js';
export { quoteCgoWord, splitCgoWords, type CgoWords } from './cgo-words.js';
export { parseConstraint, type ParsedConstraint } from './constraint.js';
export { constraintTags, evaluateConstraint, isUserTag, matchesCgoDirective, matchesContext } from './evaluate.js';
export { parseGenerateCommands, type GenerateCommand } from './generate-commands.js';
export { parseGoFileHeader } from './header.js';
export { parseLinkScript } from './link-script.js';
export { parseGoMod } from './mod.js';
export { lastElement } from './module-path.js';
export { KNOWN_GOARCH, KNOWN_GOOS, parseGoPlatform, type GoPlatform } from './platforms.js';
export { parseProtocCall, type ProtocCall } from './protoc-call.js';
export { canBuild, canUseDirective, type PossibleBuilds } from './satisfiable.js';
export { parseGoSum } from './sum.js';
export type {
  BuildConstraint,
  BuildContext,
  CgoDirective,
  CSource,
  GoFileHeader,
  GoMod,
  GoReplace,
  GoSum,
  GoRequire,
  GoWork,
  LinkScript,
} from './types.js';
export { compareVersions } from './version.js';
export { parseGoWork } from './work.js';
