import type { Diagnostic, Span } from '#diagnostics';
import type { DescEnum, DescFile, DescMessage } from '@bufbuild/protobuf';
import type { OptionReader } from './options.js';
import type { SourceInfo } from './source-info.js';

/** What lowering one .proto file needs at hand. */
export interface LoweringUnit {
  readonly file: DescFile;
  /** Workspace path. */
  readonly path: string;
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

/** `Order.Item` of what is declared inside a message, the plain name otherwise. */
export function nameInPackage(desc: DescEnum | DescMessage): string {
  const { package: packageName } = desc.file.proto;
  return packageName === '' ? desc.typeName : desc.typeName.slice(packageName.length + 1);
}

/**
 * `PricingError` → `PRICING_ERROR_`, `HTTPError` → `HTTP_ERROR_`: what Protobuf style has each value of an enum begin
 * with, as values of all enums of a scope share one namespace.
 */
export function valuePrefix(enumName: string): string {
  const words = enumName.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2');
  return `${words.toUpperCase()}_`;
}

/** Name and full name of a value of an enum: the name without the prefix, the full name as Protobuf scopes it. */
export function valueNames(desc: DescEnum, valueName: string): { readonly name: string; readonly fullName: string } {
  const prefix = valuePrefix(desc.name);
  const hasPrefix = valueName.startsWith(prefix) && /^[A-Za-z]/.test(valueName.slice(prefix.length));
  const scope = desc.typeName.slice(0, -desc.name.length);
  return { name: hasPrefix ? valueName.slice(prefix.length) : valueName, fullName: `${scope}${valueName}` };
}
