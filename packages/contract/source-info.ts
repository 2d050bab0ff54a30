import type { Span } from '#diagnostics';
import type { DescFile } from '@bufbuild/protobuf';

/** Field numbers of google/protobuf/descriptor.proto that lead to a declaration in `SourceCodeInfo.Location.path`. */
export const descriptorPath = {
  file: { package: 2, message: 4, enum: 5, service: 6 },
  message: { field: 2, nestedMessage: 3, nestedEnum: 4, oneof: 8 },
  enum: { value: 2 },
  enumValue: { options: 3 },
  service: { method: 2 },
  method: { options: 4 },
  name: 1,
} as const;

/** Where the declarations of one .proto file stand, and what their comments say. */
export interface SourceInfo {
  /**
   * The span of the first of the declarations that the source has: of its name if it has one, else of the whole. The
   * file's first line when there is none.
   */
  spanOf(...declarations: readonly (readonly number[])[]): Span;
  /** The leading comment without its markers; empty when there is none. */
  docOf(path: readonly number[]): string;
}

/** buf counts a tab as the step to the next multiple of four columns. */
const tabWidth = 4;

/** Turns buf's column, which counts tabs by their width, into an offset in UTF-16 units. */
function unitsBefore(line: string | undefined, column: number): number {
  if (line === undefined) return column;
  let width = 0;
  for (let index = 0; index < line.length; index++) {
    if (width >= column) return index;
    width += line[index] === '\t' ? tabWidth - (width % tabWidth) : 1;
  }
  return Math.min(column, line.length);
}

/** Strips the one space that a comment line begins with, and lines that only tools read. */
function cleanComment(comment: string): string {
  return comment
    .split(/\r?\n/)
    .map((line) => line.replace(/^ /, '').trimEnd())
    .filter((line) => !line.startsWith('buf:lint:ignore'))
    .join('\n')
    .trim();
}

/**
 * Indexes a file's source info.
 *
 * @param path workspace path that spans name
 * @param text the file's text, when at hand: columns after tabs are exact only with it
 */
export function indexSourceInfo(file: DescFile, path: string, text: string | undefined): SourceInfo {
  const locations = new Map(file.proto.sourceCodeInfo?.location.map((location) => [location.path.join('.'), location]));
  const lines = text?.split(/\r?\n/);
  const spanOf = (...declarations: readonly (readonly number[])[]): Span => {
    const keys = declarations.flatMap((declaration) => [[...declaration, descriptorPath.name], declaration]);
    const location = keys.map((key) => locations.get(key.join('.'))).find((candidate) => candidate !== undefined);
    const [startLine = 0, startColumn = 0, endLineOrColumn = 0, endColumn] = location?.span ?? [];
    const start = { file: path, line: startLine + 1, column: unitsBefore(lines?.[startLine], startColumn) + 1 };
    const onOneLine = location !== undefined && endColumn === undefined;
    return onOneLine ? { ...start, endColumn: unitsBefore(lines?.[startLine], endLineOrColumn) + 1 } : start;
  };
  return {
    spanOf,
    docOf: (declaration) => cleanComment(locations.get(declaration.join('.'))?.leadingComments ?? ''),
  };
}
