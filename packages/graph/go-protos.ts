import { parseGenerateCommands, parseProtocCall, type GoFileHeader, type LinkScript, type ProtocCall } from '#go';
import { folderOf, joinPath, workspacePath, type WorkspacePath } from '#paths';
import { foldersUpwards } from './folder-index.js';
import type { OutsideInput } from './model.js';
import { packageFolderOf, type GoModule } from './modules.js';
import type { ProtoIndex } from './proto-index.js';

type Reader = Pick<OutsideInput, 'from' | 'evidence' | 'fromPackage'>;

/**
 * Finds the .proto files that Go code was made from, with what they import: by the headers of generated files, by
 * `//go:generate protoc`, and by runs of protoc in scripts.
 */
export function findGoProtos(
  scripts: readonly LinkScript[],
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  protos: ProtoIndex,
): OutsideInput[] {
  const inputs: OutsideInput[] = [];
  for (const module of modules.values()) {
    for (const file of module.files) {
      if (file.protoSource === undefined && file.generates.length === 0) continue;
      inputs.push(...protosOfHeader(module, file, protos), ...protosOfGenerate(module, file, protos));
    }
  }
  const known = new Set(inputs.map(({ from, path }) => `${from} ${path}`));
  // A generated file tells the package besides; the script is asked where none is committed.
  const ofScripts = scripts.flatMap((script) =>
    script.protocCalls.flatMap((call) => protosOfScript(script, call, modules, protos)),
  );
  return [...inputs, ...ofScripts.filter(({ from, path }) => !known.has(`${from} ${path}`))];
}

function protosOfHeader(module: GoModule, file: GoFileHeader, protos: ProtoIndex): OutsideInput[] {
  const { protoSource } = file;
  if (protoSource === undefined) return [];
  const path = protos.find(protoSource.path, foldersUpwards(folderOf(workspacePath(file.file))));
  if (path === undefined) return [];
  return toInputs(readerOf(module, file, protoSource.span), protos.withImports([path], []));
}

function protosOfGenerate(module: GoModule, file: GoFileHeader, protos: ProtoIndex): OutsideInput[] {
  if (!file.generates.some(({ command }) => command.includes('protoc'))) return [];
  return parseGenerateCommands(file.generates).flatMap(({ words, folder, span }) => {
    const call = folder === undefined ? undefined : parseProtocCall(words);
    if (call === undefined || folder === undefined) return [];
    const start = joinPath(folderOf(workspacePath(file.file)), folder);
    return toInputs(readerOf(module, file, span), compiledBy(call, start, protos));
  });
}

/** The script may be meant to run in its own folder or in the workspace's root: where there is what it names. */
function protosOfScript(
  { file }: LinkScript,
  call: LinkScript['protocCalls'][number],
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  protos: ProtoIndex,
): OutsideInput[] {
  if (call.folder === undefined) return [];
  for (const base of new Set([folderOf(workspacePath(file)), workspacePath('.')])) {
    const start = joinPath(base, call.folder);
    const compiled = compiledBy(call, start, protos);
    const out = call.outFolders.map((folder) => joinPath(start, folder));
    const from = [...out, start].flatMap(foldersUpwards).find((folder) => modules.has(folder));
    if (compiled.length > 0 && from !== undefined) return toInputs({ from, evidence: call.span }, compiled);
  }
  return [];
}

function compiledBy(call: ProtocCall, start: WorkspacePath, protos: ProtoIndex): readonly WorkspacePath[] {
  const folders = call.importFolders.map((folder) => joinPath(start, folder));
  return protos.withImports(
    call.protos.flatMap((word) => protos.named(word, start, folders)),
    folders,
  );
}

function readerOf(module: GoModule, file: GoFileHeader, evidence: OutsideInput['evidence']): Reader {
  return { from: module.root, evidence, fromPackage: packageFolderOf(module, file.file) };
}

function toInputs(reader: Reader, paths: readonly WorkspacePath[]): OutsideInput[] {
  return paths.map((path) => ({ ...reader, path, isFolder: false, kind: 'proto' }));
}
