import type { Diagnosed, Diagnostic, Span } from '#diagnostics';
import type { WorkspacePath } from '#paths';
import { parseProtoImports } from './proto-imports.js';

/** A .proto file of a bridge's contract. */
export interface BridgeProto {
  /** What other files import it by: its path in the folder of the contract. */
  readonly name: string;
  readonly path: WorkspacePath;
  readonly text: string;
}

/** The .proto files that a bridge's contract consists of. */
export interface BridgeProtos {
  readonly bridge: string;
  readonly files: readonly BridgeProto[];
  /** Copies of other bridges' files beside them, by name: the path of the original, which may be gone. */
  readonly copies: ReadonlyMap<string, string>;
}

/** A file of another bridge that a contract imports, or that one of those imports. */
export interface ImportedProto extends BridgeProto {
  readonly bridge: string;
}

/**
 * Finds, for each bridge, the files of other bridges that its contract imports, over any number of steps. A bridge's own
 * file goes before one of the same name elsewhere; what no bridge has is left for the compiler to judge.
 *
 * @param wanted the only bridge that matters, with those that it imports; all of them where it is not given
 * @returns by the name of the bridge; with diagnostics where a name has several owners, or none but a copy from before, or
 * where bridges import each other
 */
export function resolveBridgeImports(
  bridges: readonly BridgeProtos[],
  wanted?: string,
): Diagnosed<ReadonlyMap<string, readonly ImportedProto[]>> {
  const resolver = new ImportResolver(bridges);
  const value = new Map<string, readonly ImportedProto[]>();
  const open = wanted === undefined ? bridges.map(({ bridge }) => bridge) : [wanted];
  for (const name of open) {
    const bridge = bridges.find((each) => each.bridge === name);
    if (bridge === undefined || value.has(name)) continue;
    const imported = resolver.importedBy(bridge);
    value.set(name, imported);
    open.push(...imported.map((file) => file.bridge));
  }
  return { value, diagnostics: [...resolver.diagnostics, ...findCycles(bridges, resolver.firstImports)] };
}

/** For each bridge, the bridges that its own files import, each with the first place. */
type FirstImports = ReadonlyMap<string, ReadonlyMap<string, Span>>;

class ImportResolver {
  readonly diagnostics: Diagnostic[] = [];
  readonly firstImports = new Map<string, Map<string, Span>>();

  constructor(private readonly bridges: readonly BridgeProtos[]) {}

  importedBy({ bridge, files }: BridgeProtos): ImportedProto[] {
    const found = new Map<string, ImportedProto>();
    const own = files.map((file): ImportedProto => ({ ...file, bridge }));
    const open = [...own];
    for (let importer = open.pop(); importer !== undefined; importer = open.pop()) {
      for (const name of parseProtoImports(importer.path, importer.text).value?.imports ?? []) {
        const file = this.#find(name, importer);
        if (file === undefined || (file.bridge === bridge && importer.bridge === bridge)) continue;
        if (importer.bridge === bridge) this.#note(bridge, file.bridge, placeOfImport(importer, name));
        if (found.get(name)?.path === file.path || file.bridge === bridge) continue;
        const taken = found.get(name) ?? own.find((it) => it.name === name);
        if (taken !== undefined) {
          this.#refuse(ambiguous(name, [taken, file], placeOfImport(importer, name)));
          continue;
        }
        found.set(name, file);
        open.push(file);
      }
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The file that a name means to the file that imports it. */
  #find(name: string, importer: ImportedProto): ImportedProto | undefined {
    const all = this.bridges.flatMap(({ bridge, files }) =>
      files.filter((file) => file.name === name).map((file): ImportedProto => ({ ...file, bridge })),
    );
    const own = all.find(({ bridge }) => bridge === importer.bridge);
    if (all.length === 0) this.#refuseCopy(name, importer);
    if (own !== undefined || all.length < 2) return own ?? all[0];
    this.#refuse(ambiguous(name, all, placeOfImport(importer, name)));
    return undefined;
  }

  /** To the compiler a copy without its original is not there, though anyone sees the file lie there. */
  #refuseCopy(name: string, importer: ImportedProto): void {
    const original = this.bridges.find(({ bridge }) => bridge === importer.bridge)?.copies.get(name);
    if (original !== undefined) this.#refuse(staleCopy(name, original, placeOfImport(importer, name)));
  }

  /** A file is read for each bridge that imports it, but what is wrong with it is said once. */
  #refuse(diagnostic: Diagnostic): void {
    const isKnown = this.diagnostics.some(
      ({ span, message }) => span?.file === diagnostic.span?.file && message === diagnostic.message,
    );
    if (!isKnown) this.diagnostics.push(diagnostic);
  }

  #note(importer: string, imported: string, place: Span): void {
    const known = this.firstImports.get(importer) ?? new Map<string, Span>();
    if (!known.has(imported)) known.set(imported, place);
    this.firstImports.set(importer, known);
  }
}

/** Where a file imports a name; its first line when the statement is written in an unusual way. */
function placeOfImport({ path, text }: BridgeProto, name: string): Span {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => /^\s*import\b/.test(line) && line.includes(name));
  const column = (lines[at] ?? '').indexOf(name);
  return at < 0
    ? { file: path, line: 1, column: 1 }
    : { file: path, line: at + 1, column: column + 1, endColumn: column + 1 + name.length };
}

function ambiguous(name: string, files: readonly ImportedProto[], span: Span): Diagnostic {
  const places = files.map(({ bridge, path }) => `${bridge} (${path})`).join(' and ');
  return {
    code: 'proto/ambiguous-import',
    severity: 'error',
    message: `${name} is a file of several bridges: ${places}`,
    span,
    help: 'rename one of the files; a folder that is called as the package, such as money/v1, keeps names apart',
  };
}

function staleCopy(name: string, original: string, span: Span): Diagnostic {
  return {
    code: 'proto/stale-copy',
    severity: 'error',
    message: `${name} is a copy of ${original}, which no bridge of grout.toml has any more`,
    span,
    help: 'import the file by the name that it has now, or list its bridge in grout.toml; where it now comes from the deps of buf.yaml, delete the copy',
  };
}

/** Crates and modules that depend on each other cannot be built, so bridges cannot share messages both ways. */
function findCycles(bridges: readonly BridgeProtos[], imports: FirstImports): Diagnostic[] {
  const done = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const visit = (bridge: string, above: readonly string[]): void => {
    if (done.has(bridge)) return;
    for (const [imported, span] of imports.get(bridge) ?? []) {
      const chain = [...above, bridge];
      if (!chain.includes(imported)) {
        visit(imported, chain);
        continue;
      }
      const cycle = [...chain.slice(chain.indexOf(imported)), imported].join(' → ');
      diagnostics.push({
        code: 'proto/bridge-cycle',
        severity: 'error',
        message: `the contracts of these bridges import each other: ${cycle}`,
        span,
        help: 'move the messages that both use to the contract of one of them, or of a third bridge, and import them from there',
      });
    }
    done.add(bridge);
  };
  for (const { bridge } of bridges) if (imports.has(bridge)) visit(bridge, []);
  return diagnostics;
}
