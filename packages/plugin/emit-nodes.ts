import type { CreateNodesResult, ProjectConfiguration } from '@nx/devkit';
import { emitMetadata, type Edge, type ExternalNodes, type Project, type ProjectModel, type RustSide } from '#graph';
import type { WorkspacePath } from '#paths';
import { goPackageSources, goTestFiles } from './go-inputs.js';
import {
  asOwn,
  CRATE_SOURCES,
  CRATE_TESTS,
  GO_MACHINE,
  MODULE_TESTS,
  packageInput,
  RUST_MACHINE,
  type Inputs,
} from './inputs.js';
import { goMachineInputs, rustMachineInputs } from './machine-inputs.js';
import { crateSources, crateTestFiles } from './rust-inputs.js';
import type { TargetSurroundings } from './target-shape.js';
import { inferTargets, technologies } from './targets.js';

/** What createNodes returns: each project by the manifest that makes it one. */
export type Nodes = [file: string, result: CreateNodesResult][];

/** The model as projects of Nx: targets, named inputs, and the facts that executors read. */
export function emitNodes(model: ProjectModel, externals: ExternalNodes, around: TargetSurroundings): Nodes {
  const edges = edgesBySource(model);
  const nodes = model.projects.map((project): Nodes[number] => {
    const { root } = project;
    const metadata = emitMetadata(project, edges.get(root) ?? [], externals.byProject.get(root));
    const configuration: ProjectConfiguration = {
      name: project.name,
      root,
      projectType: isApplication(project) ? 'application' : 'library',
      namedInputs: namedInputs(project, around),
      targets: inferTargets(project, around),
      metadata: { technologies: technologies(project), grout: metadata },
    };
    const source = project.rust?.manifest ?? project.go?.manifest ?? project.root;
    return [source, { projects: { [root]: configuration } }];
  });
  const [first] = nodes;
  if (first !== undefined && externals.nodes.length > 0) {
    const externalNodes = Object.fromEntries(externals.nodes.map((node) => [node.name, node]));
    nodes.push([first[0], { externalNodes }]);
  }
  return nodes;
}

function namedInputs(project: Project, around: TargetSurroundings): Record<string, Inputs> {
  const { root, rust, go } = project;
  const packages = around.model.packages.get(root) ?? [];
  return {
    ...(rust === undefined ? {} : rustNamedInputs(project, rust, around)),
    ...(go === undefined
      ? {}
      : { [MODULE_TESTS]: goTestFiles(root, around), [GO_MACHINE]: goMachineInputs(root, go, around) }),
    ...Object.fromEntries(
      packages.map((sources) => [packageInput(sources.folder), goPackageSources(root, sources, around)]),
    ),
  };
}

function rustNamedInputs(project: Project, rust: RustSide, around: TargetSurroundings): Record<string, Inputs> {
  return {
    [CRATE_SOURCES]: crateSources(project, around),
    [CRATE_TESTS]: crateTestFiles(project, around),
    [RUST_MACHINE]: asOwn(project.root, rustMachineInputs(project, rust, around)),
  };
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
