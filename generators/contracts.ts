import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { contractDigest, lowerContract, optionsProtoName, validateContract, type Contract } from '#contract';
import type { BridgeLayout, GeneratedFile } from '#emit';
import { joinPath, relativePath, type AbsolutePath } from '#paths';
import {
  copyProto,
  originalOf,
  resolveBridgeImports,
  type BridgeProto,
  type BridgeProtos,
  type ImportedProto,
} from '#proto';
import { readContractImage, type Processes } from '#workspace';
import { contractFolderOf } from './bridge-layout.js';
import { failOnErrors, valueOf } from './fail.js';
import { listFiles, readText } from './tree-files.js';

/** The contract of a bridge with what it was read from. */
export interface ReadContract {
  readonly contract: Contract;
  /** Files of other bridges that it imports, over any number of steps. */
  readonly imported: readonly ImportedProto[];
  /** Changes with any of its files, imported ones too. */
  readonly digest: string;
}

/** The contracts of bridges that may import each other: each is read once, after those that it imports. */
export class Contracts {
  readonly #protos: ReadonlyMap<string, BridgeProtos>;
  readonly #imported: ReadonlyMap<string, readonly ImportedProto[]>;
  readonly #read = new Map<string, Promise<ReadContract>>();

  /**
   * Ends the generator when the bridges import each other, or a file that several have.
   * @param wanted the only bridge that is asked for; what is wrong with others matters where it imports them
   */
  constructor(
    private readonly tree: Tree,
    private readonly layouts: readonly BridgeLayout[],
    private readonly processes: Processes,
    wanted?: BridgeLayout,
  ) {
    const protos = layouts.map((layout) => readProtos(tree, layout));
    this.#protos = new Map(protos.map((each) => [each.bridge, each]));
    this.#imported = valueOf(tree, resolveBridgeImports(protos, wanted?.name));
  }

  /** Ends the generator on a contract that cannot be carried over the boundary. */
  read({ name }: BridgeLayout): Promise<ReadContract> {
    const known = this.#read.get(name) ?? this.#readNew(name);
    this.#read.set(name, known);
    return known;
  }

  /** The layouts of the bridges that have the given names. */
  layoutsOf(names: readonly string[]): BridgeLayout[] {
    return this.layouts.filter(({ name }) => names.includes(name));
  }

  async #readNew(name: string): Promise<ReadContract> {
    const own = this.#protos.get(name)?.files ?? [];
    const imported = this.#imported.get(name) ?? [];
    const others: Contract[] = [];
    for (const layout of this.layoutsOf(imported.map(({ bridge }) => bridge))) {
      others.push((await this.read(layout)).contract);
    }
    const contract = await this.#compile(name, own, imported, others);
    failOnErrors(this.tree, validateContract(contract));
    return { contract, imported, digest: contractDigest([...own, ...imported]) };
  }

  async #compile(
    name: string,
    own: readonly BridgeProto[],
    imported: readonly ImportedProto[],
    others: readonly Contract[],
  ): Promise<Contract> {
    const [layout] = this.layoutsOf([name]);
    if (layout === undefined) throw new Error(`there is no bridge ${name}`);
    const path = contractFolderOf(layout.root);
    const folder = mkdtempSync(join(tmpdir(), 'nx-grout-contract-')) as AbsolutePath;
    try {
      // buf reads real files: what the tree holds, written or not yet, goes to a folder outside the workspace.
      for (const file of listFiles(this.tree, path)) {
        if (!isCopy(this.tree, file)) place(folder, relativePath(path, file), this.tree.read(file) ?? '');
      }
      for (const file of imported) place(folder, file.name, file.text);
      const originals = new Map(imported.map((file) => [file.name, file.path]));
      const image = valueOf(this.tree, await readContractImage(this.processes, { folder, path, imported: originals }));
      const findSource = (protoName: string): BridgeProto | undefined => own.find((file) => file.name === protoName);
      return valueOf(this.tree, lowerContract(name, image, findSource, others));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function place(folder: AbsolutePath, name: string, content: string | Buffer): void {
  const target = join(folder, name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** The .proto files beside a bridge's contract but for grout's options: its own, and copies of what other bridges have. */
function readProtos(tree: Tree, { name: bridge, root }: BridgeLayout): BridgeProtos {
  const folder = contractFolderOf(root);
  const paths = listFiles(tree, folder).filter((path) => path.endsWith('.proto'));
  const all = paths.map((path) => ({ name: relativePath(folder, path), path, text: readText(tree, path) ?? '' }));
  const files = all.filter(({ name, text }) => name !== optionsProtoName && originalOf(text) === undefined);
  const copies = all.flatMap(({ name, text }) => {
    const original = originalOf(text);
    return original === undefined ? [] : [[name, original] as const];
  });
  return { bridge, files, copies: new Map(copies) };
}

function isCopy(tree: Tree, path: BridgeProto['path']): boolean {
  return path.endsWith('.proto') && originalOf(readText(tree, path) ?? '') !== undefined;
}

/** Copies of what a contract imports, beside it: so editors, buf and other tools find it where it is asked for. */
export function copiesOf(layout: BridgeLayout, imported: readonly ImportedProto[]): GeneratedFile[] {
  return imported.map(({ name, path, text }) => ({
    path: joinPath(contractFolderOf(layout.root), name),
    text: copyProto(path, text),
    owner: 'grout',
  }));
}
