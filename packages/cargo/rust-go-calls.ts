import { folderOfValue, type PathReader } from './rust-path-values.js';
import type { RustTokens } from './rust-tokens.js';
import type { RustGoCall } from './types.js';

/** Subcommands that read the sources of packages. */
const READS_SOURCES = new Set(['build', 'install', 'run', 'test', 'generate', 'vet']);
/** Flags whose value is the next argument. */
const WITH_VALUE =
  /^--?(?:o|p|C|tags|ldflags|gcflags|asmflags|gccgoflags|mod|modfile|overlay|pgo|pkgdir|toolexec|buildmode|buildvcs|compiler|installsuffix|exec|run|skip|bench|count|cpu|timeout|parallel|coverprofile|coverpkg|covermode|vet)$/;
const BUILD_MODE = /^(?:--?buildmode=)?(c-archive|c-shared)$/;

type Argument = string | undefined;

/** What a call of go says; undefined at an index where none begins, and for one that reads no sources. */
export function readGoCall(
  tokens: RustTokens,
  paths: PathReader,
  index: number,
): Omit<RustGoCall, 'testOnly'> | undefined {
  const call = argumentsOfCall(tokens, index);
  if (call === undefined) return undefined;
  const use = readUse(tokens, paths, call.behind, endOfUse(tokens, index));
  const { command, packages, folder } = interpret([...call.first, ...use.given]);
  if (command !== undefined && !READS_SOURCES.has(command)) return undefined;
  const start = use.setsFolder ? use.folder : paths.startFolder;
  return {
    ...(start === undefined ? {} : { folder: [start, folder].filter((part) => part !== undefined).join('/') }),
    packages,
    ...(use.buildmode === undefined ? {} : { buildmode: use.buildmode }),
    span: tokens.span(index),
  };
}

interface Start {
  /** Arguments that the call itself gives. */
  readonly first: readonly Argument[];
  readonly behind: number;
}

/** `Command::new("go")` of any library, and `cmd!("go", …)` or `cmd!(shell, "go …")`. */
function argumentsOfCall(tokens: RustTokens, index: number): Start | undefined {
  if (tokens.is(index, 'Command', ':', ':', 'new', '(')) {
    const behind = tokens.closerOf(index + 4) + 1;
    return isGo(tokens.string(index + 5)) && behind === index + 7 ? { first: [], behind } : undefined;
  }
  if (!tokens.is(index, 'cmd', '!')) return undefined;
  const closer = tokens.closerOf(index + 2);
  const parts = tokens
    .split(index + 3, closer)
    .map(({ from, to }) => (to === from + 1 ? tokens.string(from) : undefined));
  const behind = closer + 1;
  if (isGo(parts[0])) return { first: parts.slice(1), behind };
  const words = parts[1]?.split(/\s+/).map((word) => (/[{}]/.test(word) ? undefined : word)) ?? [];
  return isGo(words[0]) ? { first: words.slice(1), behind } : undefined;
}

function isGo(program: string | undefined): boolean {
  return program !== undefined && /^(?:.*\/)?go(?:\.exe)?$/.test(program);
}

/** The statement's end; where it gives the command a name, the end of the block in which that name is used. */
function endOfUse(tokens: RustTokens, index: number): number {
  let before = index - 1;
  while (before >= 0 && ![';', '{', '}', 'let'].some((mark) => tokens.is(before, mark))) before--;
  return tokens.is(before, 'let') ? tokens.findAtLevel(index) : tokens.findAtLevel(index, ';');
}

interface Use {
  readonly given: Argument[];
  folder?: string;
  setsFolder: boolean;
  buildmode?: string;
}

function readUse(tokens: RustTokens, paths: PathReader, from: number, to: number): Use {
  const use: Use = { given: [], setsFolder: false };
  for (let index = from; index < to; index++) {
    if (tokens.is(index, 'Command', ':', ':', 'new')) break;
    const mode = BUILD_MODE.exec(tokens.string(index) ?? '')?.[1];
    if (mode !== undefined) use.buildmode ??= mode;
    if (!tokens.is(index, '.') || !tokens.is(index + 2, '(')) continue;
    const closer = tokens.closerOf(index + 2);
    const method = tokens.word(index + 1);
    if (method === 'arg') use.given.push(paths.readWhole(index + 3, closer)?.path);
    if (method === 'args') use.given.push(...readList(tokens, paths, index + 3, closer));
    if (method !== 'current_dir' && method !== 'dir') continue;
    use.setsFolder = true;
    const folder = paths.readWhole(index + 3, closer);
    if (folder !== undefined) use.folder = folderOfValue(folder);
  }
  return use;
}

/** `["a", b]`, `&["a"]` or `vec!["a"]`; of another list it is only known that it may have elements. */
function readList(tokens: RustTokens, paths: PathReader, from: number, to: number): Argument[] {
  const opening = [from, from + 1, from + 2].find((index) => index < to && tokens.is(index, '['));
  if (opening === undefined) return [undefined];
  return tokens.split(opening + 1, tokens.closerOf(opening)).map((part) => paths.readWhole(part.from, part.to)?.path);
}

function interpret(given: readonly Argument[]): { command: Argument; packages: string[]; folder?: string } {
  const packages: string[] = [];
  const words: Argument[] = [];
  let folder: string | undefined;
  for (let index = 0; index < given.length; index++) {
    const argument = given[index];
    const [, inline] = /^--?C=(.+)$/.exec(argument ?? '') ?? [];
    if (inline !== undefined) folder = inline;
    if (argument === '-C' || argument === '--C') folder = given[index + 1];
    if (argument !== undefined && WITH_VALUE.test(argument)) index++;
    else if (argument?.startsWith('-') !== true) words.push(argument);
  }
  const [command, ...rest] = words;
  // What follows the package of `go run` are arguments of the program.
  for (const word of command === 'run' ? rest.slice(0, 1) : rest) if (word !== undefined) packages.push(word);
  return { command, packages, ...(folder === undefined ? {} : { folder }) };
}
