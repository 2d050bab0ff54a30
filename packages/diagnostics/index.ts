export { DiagnosticError, renderDiagnostic, type Diagnosed, type Diagnostic, type Span } from './diagnostic.js';
export { generatedFrom, generatedMark } from './generated-mark.js';
export { suggest } from './suggest.js';
export { findTemplateMark } from './template-mark.js';
export { GENERATED_FILES } from './generated-files.js';
