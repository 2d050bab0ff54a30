import { generatedFrom, generatedMark } from '#diagnostics';

/** The text of the copy of a .proto file that lies beside a contract which imports it. */
export function copyProto(path: string, text: string): string {
  return `// ${generatedMark([path]).join(' ')}\n\n${text}`;
}

/** The path of the file that a .proto file is such a copy of; undefined for one that speaks for itself. */
export function originalOf(text: string): string | undefined {
  return generatedFrom(text);
}
