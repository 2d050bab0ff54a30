import type { Diagnostic, Span } from '#diagnostics';
import type { DescEnum, DescFile } from '@bufbuild/protobuf';
import type { OptionReader } from './options.js';
import type { SourceInfo } from './source-info.js';

/** What lowering one .proto file needs at hand. */
export interface LoweringUnit {
  readonly file: DescFile;
  readonly info: SourceInfo;
  readonly options: OptionReader;
  /** Every enum of the bridge, whether an error domain or not; methods name them in their `errors` option. */
  readonly enums: readonly DescEnum[];
  /** Lowering says here what it could not make sense of. */
  readonly diagnostics: Diagnostic[];
}

/** The part that all declarations of a contract share. */
export interface Declaration {
  readonly name: string;
  readonly fullName: string;
  readonly doc: string;
  readonly span: Span;
}

/** Lowers name, comment and place of the declaration at `path` of the file's descriptor. */
export function lowerDeclaration(
  unit: LoweringUnit,
  path: readonly number[],
  name: string,
  fullName: string,
): Declaration {
  return { name, fullName, doc: unit.info.docOf(path), span: unit.info.spanOf(path) };
}

/** Whether the enum is an error domain, that is marked `(grout.v1.error_domain) = true`. */
export function isErrorDomain(unit: LoweringUnit, desc: DescEnum): boolean {
  return unit.options.scalar(desc, 'error_domain') === true;
}
