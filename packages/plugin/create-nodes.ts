import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AggregateCreateNodesError,
  logger,
  type CreateNodes,
  type CreateNodesContext,
  type CreateNodesResult,
  type ProjectConfiguration,
} from '@nx/devkit';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { DiagnosticError, renderDiagnostic, type Diagnostic } from '#diagnostics';
import { emitMetadata, resolveProjectModel, type Edge, type Project, type ProjectModel } from '#graph';
import { workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { NodeContentStore, NodeFileSystem, packageFolder, type FileSystem } from '#workspace';
import { FactCache } from './fact-cache.js';
import type { FingerprintCommand } from './inputs.js';
import { readPluginOptions, type PluginOptions, type PluginShape } from './options.js';
import { GRAPH_FILES, readFacts } from './read-facts.js';
import { shellWord } from './shell-word.js';
import { inferTargets, technologies } from './targets.js';

let cache: FactCache | undefined;

/** Crates and Go modules as Nx projects. What a broken file leaves out is reported; the rest of the graph stands. */
export const createNodes: CreateNodes<PluginOptions> = [
  GRAPH_FILES,
  (paths, options, context) => {
    const shape = readPluginOptions(options);
    const files = new NodeFileSystem(context.workspaceRoot as AbsolutePath);
    cache ??= openCache();
    const model = resolveProjectModel(readFacts(paths, files, cache), shape.naming);
    const nodes = emitNodes(model, shape, fingerprintCommand(context));
    report(model.diagnostics, nodes, files);
    return nodes;
  },
];

/** Records of another version of this package may be what another parser made of the files. */
function openCache(): FactCache {
  const manifest = new NodeFileSystem(packageFolder()).readText(workspacePath('package.json'));
  const { version } = JSON.parse(manifest ?? '{}') as { version?: string };
  const store = new NodeContentStore(join(workspaceDataDirectory, 'grout-facts.json') as AbsolutePath);
  return new FactCache(store, version ?? 'unknown');
}

type Nodes = [file: string, result: CreateNodesResult][];

function emitNodes(model: ProjectModel, shape: PluginShape, fingerprint: FingerprintCommand): Nodes {
  const projects = new Map(model.projects.map((project) => [project.root, project]));
  const edges = edgesBySource(model);
  return model.projects.map((project) => {
    const configuration: ProjectConfiguration = {
      name: project.name,
      root: project.root,
      projectType: isApplication(project) ? 'application' : 'library',
      targets: inferTargets(project, { shape, fingerprint, projects }),
      metadata: { technologies: technologies(project), grout: emitMetadata(project, edges.get(project.root) ?? []) },
    };
    const source = project.rust?.manifest ?? project.go?.manifest ?? project.root;
    return [source, { projects: { [project.root]: configuration } }];
  });
}

function isApplication(project: Project): boolean {
  const binaries = (project.rust?.binaries.length ?? 0) + (project.go?.mains.length ?? 0);
  return binaries > 0 && project.rust?.library === undefined;
}

function edgesBySource(model: ProjectModel): ReadonlyMap<WorkspacePath, readonly Edge[]> {
  const bySource = new Map<WorkspacePath, Edge[]>();
  for (const edge of model.edges) {
    const list = bySource.get(edge.from);
    if (list === undefined) bySource.set(edge.from, [edge]);
    else list.push(edge);
  }
  return bySource;
}

/** Errors go to Nx with the nodes that stand all the same; warnings are shown. */
function report(diagnostics: readonly Diagnostic[], nodes: Nodes, files: FileSystem): void {
  const render = (diagnostic: Diagnostic): string =>
    renderDiagnostic(diagnostic, diagnostic.span && files.readText(workspacePath(diagnostic.span.file)));
  for (const diagnostic of diagnostics) if (diagnostic.severity !== 'error') logger.warn(render(diagnostic));
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length === 0) return;
  throw new AggregateCreateNodesError(
    errors.map((error) => [error.span?.file ?? null, new RenderedError(render(error), error)]),
    nodes,
  );
}

/** Nx prints the stack of a plugin's error where it has one; a diagnostic says all there is to say. */
class RenderedError extends DiagnosticError {
  constructor(rendered: string, diagnostic: Diagnostic) {
    super(diagnostic);
    this.message = rendered;
    this.stack = rendered;
  }
}

/** A path relative to the workspace root keeps the hash the same in every clone. */
function fingerprintCommand(context: CreateNodesContext): FingerprintCommand {
  const script = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'cli', 'fingerprint.js');
  const path = relative(context.workspaceRoot, script).replaceAll('\\', '/');
  return { command: (language, folder) => `node ${shellWord(path)} ${language} ${shellWord(folder)}` };
}
