import { baseName, type WorkspacePath } from '#paths';

/** Kinds of files that say something about the graph. */
export type FileKind = (typeof MANIFESTS)[number] | 'rust' | 'go' | 'c' | 'proto' | 'script';

const MANIFESTS = [
  ...(['grout.toml', 'Cargo.toml', 'Cargo.lock'] as const),
  ...(['go.mod', 'go.sum', 'go.work', 'go.work.sum', 'project.json'] as const),
] as const;

const SCRIPTS: ReadonlySet<string> = new Set([
  ...['Makefile', 'makefile', 'GNUmakefile', 'justfile', 'Justfile'],
  ...['Taskfile.yml', 'Taskfile.yaml'],
]);

const C_SOURCES = [
  ...['c', 'cc', 'cpp', 'cxx', 'm', 's', 'S', 'sx', 'f', 'F', 'for', 'f90'],
  ...['h', 'hh', 'hpp', 'hxx', 'inc', 'inl', 'ipp', 'tcc'],
];

const KIND_OF_EXTENSION: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ['rs', 'rust'],
  ['go', 'go'],
  ['proto', 'proto'],
  ...C_SOURCES.map((extension) => [extension, 'c'] as const),
  ...['sh', 'bash', 'mk', 'just'].map((extension) => [extension, 'script'] as const),
]);

const KIND_OF_NAME: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...MANIFESTS.map((name) => [name, name] as const),
  ...[...SCRIPTS].map((name) => [name, 'script'] as const),
]);

/** Undefined for a file that the graph does not read. grout.toml counts at the workspace's root only. */
export function kindOfFile(path: WorkspacePath): FileKind | undefined {
  const name = baseName(path);
  if (name === 'grout.toml') return path === name ? name : undefined;
  return KIND_OF_NAME.get(name) ?? KIND_OF_EXTENSION.get(name.slice(name.lastIndexOf('.') + 1));
}

/** Whether what the file says, and not only that it is there, can change the graph. */
export function isGraphFile(path: WorkspacePath): boolean {
  return kindOfFile(path) !== undefined || path === 'grout.lock.json';
}
