import { GENERATED_FILES } from '#diagnostics';
import { joinPath, type WorkspacePath } from '#paths';
import type { BareLink, CrossingKind, Edge, EdgeKind, Project } from './model.js';

/** Go links the library of a crate. */
const TO_RUST: ReadonlySet<EdgeKind> = new Set<CrossingKind>(['cgo-link', 'cgo-pkg-config', 'cgo-script']);
/** A crate takes in a library of Go. */
const TO_GO: ReadonlySet<EdgeKind> = new Set<CrossingKind>(['go-library', 'c-archive']);

export type CrossingLink = Edge & { readonly kind: CrossingKind };

/** Whether one language links the other by it. */
export function isCrossingLink(edge: Edge): edge is CrossingLink {
  return TO_RUST.has(edge.kind) || TO_GO.has(edge.kind);
}

/** Whether it is a link of Go: then it is the business of Go's lint. */
export function isLinkOfGo({ kind }: Pick<Edge, 'kind'>): boolean {
  return TO_RUST.has(kind);
}

/**
 * Bridges by where they lie: the file that `nx sync` writes in the Go folder of a bridge of grout.toml, and the crate
 * beside it. A header that says "generated" proves nothing, since it is copied with the rest of a file.
 */
export class BridgeLinks {
  readonly #crates: ReadonlyMap<WorkspacePath, WorkspacePath>;

  /** @param folders of the bridges in grout.toml */
  constructor(folders: readonly WorkspacePath[]) {
    this.#crates = new Map(folders.map((folder) => [joinPath(folder, 'rust'), joinPath(folder, 'go')]));
  }

  /** Root of the Go side of the bridge whose crate that is. */
  goSideOver(crate: WorkspacePath): WorkspacePath | undefined {
    return this.#crates.get(crate);
  }

  /** Whether the bridge itself makes the link. */
  make({ kind, to, evidence }: Edge): boolean {
    const go = this.goSideOver(to);
    return kind === 'cgo-link' && go !== undefined && evidence.file === joinPath(go, GENERATED_FILES.goLink);
  }
}

/** Bare links that are the business of one side's lint. */
export function linksOf({ lint }: Pick<Project, 'lint'>, side: 'go' | 'rust'): readonly BareLink[] {
  return (lint?.bareLinks ?? []).filter((link) => isLinkOfGo(link) === (side === 'go'));
}
