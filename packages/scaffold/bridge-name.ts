import type { Diagnostic } from '#diagnostics';

/** The spellings of a bridge's name that the scaffold needs; `doc-index` stands for the name as given. */
export interface BridgeName {
  /** `doc-index` */
  readonly kebab: string;
  /** `doc_index`: Protobuf package, Rust library. */
  readonly snake: string;
  /** `DOC_INDEX`: values of Protobuf enums. */
  readonly upperSnake: string;
  /** `DocIndex`: service, Rust trait. */
  readonly pascal: string;
  /** `docindex`: Go package. */
  readonly flat: string;
}

const keywordsOf = (language: string, words: string): [string, string][] =>
  words.split(/\s+/).map((word) => [word, `a word of ${language}`]);

/** Names that a language, cargo, go or this plugin uses itself, with what they are. */
const takenNames: ReadonlyMap<string, string> = new Map([
  ...keywordsOf(
    'Rust',
    `abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl
     in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type
     typeof unsafe unsized use virtual where while yield alloc core std proc-macro`,
  ),
  ...keywordsOf(
    'Go',
    `break case chan const continue default defer else fallthrough for func go goto if import interface map package range
     return select struct switch type var any append bool byte cap clear close comparable complex complex64 complex128
     copy delete error false float32 float64 imag init int int8 int16 int32 int64 iota len make max min new nil panic
     print println real recover rune string true uint uint8 uint16 uint32 uint64 uintptr`,
  ),
  ...keywordsOf('Protobuf', 'message service rpc returns option optional repeated oneof reserved syntax bytes double'),
  ...['internal', 'main', 'test', 'testdata', 'vendor', 'cmd', 'c'].map((name): [string, string] => [
    name,
    'a name with a meaning for go or cargo',
  ]),
  ...['atomic', 'context', 'errors', 'fmt', 'runtime', 'sync', 'time', 'math', 'testing', 'os'].map(
    (name): [string, string] => [name, 'a package of the standard library that the generated Go code uses'],
  ),
  ...['client', 'mock', 'result', 'vec', 'generated', 'fake'].map((name): [string, string] => [
    name,
    'a name that the generated code uses itself',
  ]),
  ...['con', 'prn', 'aux', 'nul'].map((name): [string, string] => [name, 'a name that Windows keeps for devices']),
  ['grout', 'the name of the runtime that all bridges share'],
  ['google', 'a name that Protobuf keeps for its own packages'],
]);

/** Says why a name cannot be that of a bridge; empty when it can. */
export function validateBridgeName(name: string): Diagnostic[] {
  const refuse = (message: string, help: string): Diagnostic[] => [
    { code: 'scaffold/bridge-name', severity: 'error', message, help },
  ];
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return refuse(
      `"${name}" cannot be the name of a bridge: folders, a Go package, a crate and a Protobuf package are named after it`,
      'use lower-case letters, digits and single dashes, beginning with a letter, such as doc-index',
    );
  }
  const taken = takenNames.get(name) ?? takenNames.get(name.replaceAll('-', ''));
  if (taken === undefined) return [];
  return refuse(`"${name}" cannot be the name of a bridge: it is ${taken}`, `say more of it, such as ${name}-engine`);
}

/** Spells a valid name for every place. */
export function spellBridgeName(name: string): BridgeName {
  const words = name.split('-');
  return {
    kebab: name,
    snake: words.join('_'),
    upperSnake: words.join('_').toUpperCase(),
    pascal: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    flat: words.join(''),
  };
}
