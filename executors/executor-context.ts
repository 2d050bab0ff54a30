import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { styleText } from 'node:util';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { DiagnosticError, renderDiagnostic } from '#diagnostics';
import { parseMetadata, projectFromMetadata, type FeatureRules, type Project } from '#graph';
import { workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { ambiguousArguments, declaredFeatures, type BuildOptions } from '#plan';
import type { Machine, RunRequest } from '#run';
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
    return { success: await body(await readRequest(options, context, files)) };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    for (const diagnostic of error.diagnostics) {
      const text = diagnostic.span && files.readText(workspacePath(diagnostic.span.file));
      process.stderr.write(`${renderDiagnostic(diagnostic, text)}\n`);
    }
    return { success: false };
  }
}

async function readRequest(
  options: BuildOptions,
  context: ExecutorContext,
  files: NodeFileSystem,
): Promise<RunRequest> {
  requireOwnArguments(context);
  requireOwnCommand(context, options);
  const projects = readProjects(context);
  const project = [...projects.values()].find(({ name }) => name === context.projectName);
  if (project === undefined) throw unknownProject(context.projectName ?? '');
  return {
    files,
    processes: new NodeProcesses(),
    print: (line) => process.stdout.write(`${line}\n`),
    printCommand: (command) => process.stdout.write(`${dim(`> ${command}`)}\n`),
    overlays: new NodeContentFolder(`${workspaceDataDirectory}/grout-overlays` as AbsolutePath),
    project,
    projects,
    knownFeatures: featuresOfRun(project, projects, context.taskGraph),
    featureRules: await readFeatureRules(files),
    options,
    machine: readMachine(),
    runId: String(process.pid),
    isRunning: (runId) => isProcess(Number(runId)),
  };
}

function readMachine(): Machine {
  const home = (name: string, folder: string): AbsolutePath =>
    resolve(process.env[name] ?? join(homedir(), folder)) as AbsolutePath;
  return {
    environment: process.env,
    cargoHome: home('CARGO_HOME', '.cargo'),
    rustupHome: home('RUSTUP_HOME', '.rustup'),
  };
}

/** Nx runs tasks behind a pipe and says by FORCE_COLOR whether its own output takes colours. */
function dim(text: string): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isForced = FORCE_COLOR !== undefined && !['', '0', 'false'].includes(FORCE_COLOR);
  return (NO_COLOR ?? '') === '' && (process.stdout.isTTY || isForced) ? styleText('dim', text) : text;
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

/** @throws DiagnosticError where grout.toml cannot be read as what it should be */
async function readFeatureRules(files: NodeFileSystem): Promise<FeatureRules> {
  const text = files.readText(GROUT_TOML);
  if (text === undefined) return {};
  // Each task is a process of its own, and most need none of the parsers that this loads.
  const { parseGroutToml } = await import('#scaffold');
  const { value, diagnostics } = parseGroutToml(GROUT_TOML, text);
  if (value === undefined || diagnostics.length > 0) throw new DiagnosticError(...diagnostics);
  return value.features;
}

const GROUT_TOML = workspacePath('grout.toml');

/** @throws DiagnosticError when `--args`, meant for the tool of another task, was forwarded to this one */
function requireOwnArguments(context: ExecutorContext): void {
  const { projectName = '', targetName = '', configurationName, taskGraph, projectGraph } = context;
  const id = [projectName, targetName, ...(configurationName === undefined ? [] : [configurationName])].join(':');
  const overrides = taskGraph?.tasks[id]?.overrides;
  if (taskGraph === undefined || overrides?.['args'] === undefined) return;
  const waiting = Object.values(taskGraph.tasks).filter((task) =>
    taskGraph.dependencies[task.id]?.some((edge) => edge.id === id),
  );
  const isForAnotherTool = waiting.some(({ target }) => {
    const { data } = projectGraph.nodes[target.project] ?? {};
    const { executor } = data?.targets?.[target.target] ?? {};
    const isForAllCommands = executor === 'nx:noop' && parseMetadata(data?.metadata)?.rust === undefined;
    return executor !== 'nx-grout:run' && !isForAllCommands;
  });
  if (isForAnotherTool) throw new DiagnosticError(ambiguousArguments(projectName));
}

/** @throws DiagnosticError when `--main` reaches a target that is there for another command */
function requireOwnCommand(context: ExecutorContext, { main }: BuildOptions): void {
  const { projectName = '', targetName = '', projectGraph } = context;
  const own = projectGraph.nodes[projectName]?.data.targets?.[targetName]?.options as BuildOptions | undefined;
  if (own?.main === undefined || main === own.main) return;
  throw new DiagnosticError({
    code: 'executor/another-command',
    severity: 'error',
    message: `${projectName}:${targetName} builds the command in ${own.main}, not the one in ${main ?? ''}`,
    help: `leave --main out and run the target of the command that is meant: \`nx show project ${projectName}\` lists them`,
  });
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
