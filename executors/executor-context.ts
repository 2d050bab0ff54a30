import process from 'node:process';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { DiagnosticError, renderDiagnostic } from '#diagnostics';
import { parseMetadata, projectFromMetadata, type Project } from '#graph';
import { workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { declaredFeatures, withoutForeignOverrides, type BuildOptions } from '#plan';
import type { RunRequest } from '#run';
import { NodeContentFolder, NodeFileSystem, NodeProcesses } from '#workspace';

/**
 * Runs an executor's body and turns its outcome into Nx's: diagnostics are shown with the user's line underlined and
 * fail the task; anything else thrown is a bug and keeps its stack.
 */
export async function execute(
  options: BuildOptions,
  context: ExecutorContext,
  body: (request: RunRequest) => Promise<boolean>,
): Promise<{ success: boolean }> {
  const files = new NodeFileSystem(context.root as AbsolutePath);
  try {
    return { success: await body(readRequest(options, context, files)) };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    for (const diagnostic of error.diagnostics) {
      const text = diagnostic.span && files.readText(workspacePath(diagnostic.span.file));
      process.stderr.write(`${renderDiagnostic(diagnostic, text)}\n`);
    }
    return { success: false };
  }
}

function readRequest(options: BuildOptions, context: ExecutorContext, files: NodeFileSystem): RunRequest {
  const projects = readProjects(context);
  const project = [...projects.values()].find(({ name }) => name === context.projectName);
  if (project === undefined) throw unknownProject(context.projectName ?? '');
  return {
    files,
    processes: new NodeProcesses(),
    print: (line) => process.stdout.write(`${line}\n`),
    overlays: new NodeContentFolder(`${workspaceDataDirectory}/grout-overlays` as AbsolutePath),
    project,
    projects,
    knownFeatures: featuresOfRun(project, projects, context.taskGraph),
    options: ownOptions(options, context),
    runId: String(process.pid),
    isRunning: (runId) => isProcess(Number(runId)),
  };
}

/** Signal 0 reaches a process without doing anything; one that belongs to somebody else is there as well. */
function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readProjects(context: ExecutorContext): ReadonlyMap<WorkspacePath, Project> {
  const projects = Object.entries(context.projectGraph.nodes).flatMap(([name, { data }]) => {
    const metadata = parseMetadata(data.metadata);
    return metadata === undefined ? [] : [projectFromMetadata(name, workspacePath(data.root), metadata)];
  });
  return new Map(projects.map((project) => [project.root, project]));
}

/** One name on both sides: what any project of the run declares is known to all of it. */
function featuresOfRun(
  project: Project,
  projects: ReadonlyMap<WorkspacePath, Project>,
  taskGraph: TaskGraph | undefined,
): ReadonlySet<string> {
  const names = new Set(Object.values(taskGraph?.tasks ?? {}).map((task) => task.target.project));
  const running = [project, ...[...projects.values()].filter(({ name }) => names.has(name))];
  const seen = new Set(running.map(({ root }) => root));
  for (const root of seen) {
    const go = projects.get(root)?.go;
    for (const next of [...(go?.imports ?? []), ...(go?.testLinkedCrates ?? [])]) seen.add(next);
  }
  return new Set([...seen].flatMap((root) => declaredFeatures(projects.get(root) ?? project)));
}

/** A task that another one waits for was started for its sake: of the command line it takes what travels. */
function ownOptions(options: BuildOptions, context: ExecutorContext): BuildOptions {
  const { projectName = '', targetName = '', configurationName, taskGraph } = context;
  const id = [projectName, targetName, ...(configurationName === undefined ? [] : [configurationName])].join(':');
  const task = taskGraph?.tasks[id];
  const isForAnother = Object.values(taskGraph?.dependencies ?? {}).some((edges) =>
    edges.some((edge) => edge.id === id),
  );
  if (task === undefined || !isForAnother) return options;
  const { target } = context;
  const configured = target?.configurations?.[configurationName ?? ''] as object | undefined;
  const staticOptions: Record<string, unknown> = { ...(target?.options as object | undefined), ...configured };
  return withoutForeignOverrides(options, task.overrides, staticOptions);
}

function unknownProject(name: string): DiagnosticError {
  return new DiagnosticError({
    code: 'executor/unknown-project',
    severity: 'error',
    message: `\`${name}\` is no project that nx-grout found a crate or a Go module in`,
    span: { file: 'nx.json', line: 1, column: 1 },
    help: 'have "nx-grout" among the plugins of nx.json and a Cargo.toml or go.mod in the project; `nx reset` when it is new',
  });
}
