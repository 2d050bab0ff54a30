import { baseName } from '#paths';

/** A run of protoc that writes Go. */
export interface ProtocCall {
  /** .proto files, as written. */
  readonly protos: readonly string[];
  /** Folders in which imports are searched. */
  readonly importFolders: readonly string[];
  /** Folders that Go files are written to. */
  readonly outFolders: readonly string[];
}

const IMPORT_FOLDER = /^(?:-I|--proto_path(?:=|$))(.*)$/;
const GO_OUT = /^--go[\w-]*_out(?:=|$)(.*)$/;
/** A variable that holds the program, as in `$(PROTOC)`. */
const PROTOC_VARIABLE = /^\$[({]?PROTOC\w*[)}]?$/;

/** Undefined for words that start another program, and for a run that writes no Go. */
export function parseProtocCall([program = '', ...words]: readonly string[]): ProtocCall | undefined {
  if (!/^protoc(?:\.exe)?$/.test(baseName(program)) && !PROTOC_VARIABLE.test(program)) return undefined;
  const valueOf = (index: number, inline: string): string => (inline === '' ? (words[index + 1] ?? '') : inline);
  const all = (flag: RegExp): string[] =>
    words.flatMap((word, index) => {
      const inline = flag.exec(word)?.[1];
      return inline === undefined ? [] : [valueOf(index, inline)];
    });
  // `--go_out=plugins=grpc:folder`: options come before a colon.
  const outFolders = all(GO_OUT).map((value) => value.slice(value.lastIndexOf(':') + 1));
  const protos = words.filter((word) => !word.startsWith('-') && word.endsWith('.proto'));
  if (outFolders.length === 0 || protos.length === 0) return undefined;
  return { protos, importFolders: all(IMPORT_FOLDER), outFolders };
}
