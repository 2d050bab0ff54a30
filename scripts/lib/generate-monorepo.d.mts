export interface MonorepoOptions {
  /** Where to write it; made when it does not exist. */
  readonly folder: string;
  /** All crates, bridges included. */
  readonly crates: number;
  /** All Go modules, with the two of each bridge: one links the crate, one is a program above it. */
  readonly goModules: number;
  readonly bridges: number;
  /** Default 7. */
  readonly seed?: number;
  /** Whether projects use crates and modules from outside (default); without them nothing needs a network to build. */
  readonly external?: boolean;
}

export type ProjectKind = 'crate' | 'bridge-crate' | 'module' | 'bridge-module' | 'app';

/** What a graph of the monorepo has to say, by project name. */
export interface MonorepoTruth {
  readonly roots: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, ProjectKind>>;
  /** Direct dependencies, those across the languages included. */
  readonly edges: Readonly<Record<string, readonly string[]>>;
  /** Names of crates or paths of modules from outside that the project itself asks for. */
  readonly externals: Readonly<Record<string, readonly string[]>>;
  /** Crates that compile proto/contract.proto in. */
  readonly includesProto: readonly string[];
}

/** Writes the monorepo and commits it to a new git repository. */
export function generateMonorepo(options: MonorepoOptions): MonorepoTruth;
