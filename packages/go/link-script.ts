import type { Diagnosed } from '#diagnostics';
import { baseName } from '#paths';
import { splitCgoWords } from './cgo-words.js';
import { parseProtocCall } from './protoc-call.js';
import { scriptLines, type ScriptLine } from './script-lines.js';
import { splitShellCommands } from './shell-commands.js';
import type { LinkScript } from './types.js';

const HINTS = ['CGO_LDFLAGS', '-extldflags', '_out'];

/** Programs that only show what they are given, or look for it. */
const PRINTS: ReadonlySet<string> = new Set(['echo', 'printf', 'print', 'grep', 'sed', 'awk']);
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash']);
const NAMES_LIBRARY = /^-l|^-Wl,.*-l|\.(?:a|so|dylib|lib)$/;

/** `NAME=value` of a shell, as one word. */
const ASSIGNED = /^CGO_LDFLAGS\+?=([^]*)$/;
/** `NAME := value` of make and just, `NAME: value` of YAML, also behind `export` and behind the target it is for. */
const DECLARED =
  /^[\s-]*(?:[^#=:'"]+:\s+)?(?:export\s+|override\s+)*CGO_LDFLAGS(?:\s*(?::{1,3}|\?)=|\s+\+?=|:(?=\s))\s*(.*)$/;
const EXTERNAL = /-extldflags(?:=|\s+)(?:"([^"]*)"|'([^']*)'|(\S+))/;

/**
 * Reads the words that a shell script, Makefile, justfile or Taskfile hands to the linker of Go builds, and its runs of
 * protoc that write Go. Undefined when it has none.
 */
export function parseLinkScript(file: string, text: string): Diagnosed<LinkScript | undefined> {
  const script = HINTS.some((hint) => text.includes(hint)) ? new ScriptReader(file).read(text) : undefined;
  return { value: script, diagnostics: [] };
}

type LinkWord = LinkScript['words'][number];

class ScriptReader {
  readonly #file: string;
  readonly #words: LinkWord[] = [];
  readonly #protocCalls: LinkScript['protocCalls'][number][] = [];
  readonly #goFolders = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  read(text: string): LinkScript | undefined {
    const keepsFolder = /\.(?:sh|bash)$/.test(this.#file);
    let folder: string | undefined = '.';
    for (const line of scriptLines(text)) {
      const end = this.#readLine(line, folder);
      // A recipe starts anew on each line, and what stands in brackets leaves the folder as it was.
      if (keepsFolder && !line.text.includes('(')) folder = end;
    }
    const words = this.#words.some(({ word }) => NAMES_LIBRARY.test(word)) ? this.#words : [];
    if (words.length + this.#protocCalls.length === 0) return undefined;
    // Flags that stand apart from the build they are for are for the only one there is.
    const shared = onlyOf(this.#goFolders);
    return { file: this.#file, words: words.map((word) => ({ ...shared, ...word })), protocCalls: this.#protocCalls };
  }

  /** The folder in which the line leaves the shell. */
  #readLine(line: ScriptLine, start: string | undefined): string | undefined {
    const flags: string[] = [...wordsOfValue(DECLARED.exec(line.text)?.[1])];
    const built = new Set<string>();
    let folder = start;
    for (const words of commandsOf(line.text)) {
      if (words[0] === 'cd' || words[0] === 'pushd') {
        folder = enter(folder, words[1]);
        continue;
      }
      flags.push(...words.flatMap(linkerWords));
      const target = goFolder(words, folder);
      if (target !== undefined) built.add(target);
      const call = parseProtocCall(words);
      if (call === undefined) continue;
      const span = line.spanOf(this.#file, call.protos[0] ?? '', '.proto');
      this.#protocCalls.push({ ...call, ...(folder === undefined ? {} : { folder }), span });
    }
    for (const target of built) this.#goFolders.add(target);
    const span = flags.length === 0 ? undefined : line.spanOf(this.#file, 'CGO_LDFLAGS', '-extldflags');
    if (span !== undefined) this.#words.push(...flags.map((word) => ({ word, span, ...onlyOf(built) })));
    return folder;
  }
}

function onlyOf(folders: ReadonlySet<string>): { readonly folder?: string } {
  const [only] = folders;
  return folders.size === 1 && only !== undefined ? { folder: only } : {};
}

/** Commands of a line, those behind `sh -c` too, without the marks of recipes and lists, and without those that print. */
function commandsOf(line: string): string[][] {
  return splitShellCommands(line).flatMap((written) => {
    const words = written.map((word, index) => (index === 0 ? word.replace(/^[@+-]+/, '') : word)).filter(Boolean);
    const program = baseName(words[0] ?? '');
    if (PRINTS.has(program)) return [];
    const script = SHELLS.has(program) ? words[words.findIndex((word) => /^-[a-z]*c$/.test(word)) + 1] : undefined;
    return script === undefined || script === words[0] ? [words] : splitShellCommands(script);
  });
}

function linkerWords(word: string): readonly string[] {
  const [, double, single, plain] = EXTERNAL.exec(word) ?? [];
  return [...wordsOfValue(ASSIGNED.exec(word)?.[1]), ...wordsOfValue(double ?? single ?? plain)];
}

function wordsOfValue(value = ''): readonly string[] {
  const text = value.replace(/\s+#.*$/, '').trim();
  const [, , quoted] = /^(["'])([^]*)\1$/.exec(text) ?? [];
  return splitCgoWords(quoted ?? text).words;
}

function enter(folder: string | undefined, target = '$'): string | undefined {
  // `$SCRIPT_DIR` and the like: where the script lies, or the root, which look the same from here.
  const path = target.replace(/^\$\{?\w*(?:DIR|ROOT|dir|root)\w*\}?(?=\/|$)/, '.');
  return folder === undefined || /[$`~]|^\//.test(path) ? undefined : joined(folder, path);
}

/** Where a go command builds, when that is not the folder in which the script starts. */
function goFolder(words: readonly string[], folder: string | undefined): string | undefined {
  const start = words.findIndex((word) => !/^\w+\+?=/.test(word) && word !== 'env');
  if (folder === undefined || start === -1 || baseName(words[start] ?? '') !== 'go') return undefined;
  const rest = words.slice(start + 1);
  const isValueOf = (index: number, flag: string): boolean => rest[index - 1] === flag;
  const own = rest.find((_word, index) => isValueOf(index, '-C'));
  const named = rest.find(
    (word, index) => /^\.{1,2}\/[^$]*$/.test(word) && !isValueOf(index, '-C') && !isValueOf(index, '-o'),
  );
  const built = joined(folder, own ?? '.', named?.replace(/\/?\.\.\.$/, '') ?? '.');
  return built === '.' ? undefined : built;
}

function joined(...parts: readonly string[]): string {
  const segments = parts.join('/').split('/');
  return segments.filter((segment) => segment !== '.' && segment !== '').join('/') || '.';
}
