import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { styleText } from 'node:util';
import type { ExecutorContext, ProjectGraph, Task, TaskGraph } from '@nx/devkit';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { DiagnosticError, renderDiagnostic } from '#diagnostics';
import { parseMetadata, projectFromMetadata, type FeatureRules, type Project } from '#graph';
import { workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import { ambiguousArguments, declaredFeatures, type BuildOptions } from '#plan';
import { inOrder, isSuccess, type BatchedOutcome, type BatchedTask, type Machine, type RunRequest } from '#run';
import {
  CollectingProcesses,
  NodeContentFolder,
  NodeFileSystem,
  NodeLocks,
  NodeProcesses,
  isRunningProcess,
  processIdentity,
  type Ended,
  type Processes,
} from '#workspace';

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
    return { success: await body(await readRequest(options, context, terminalDesk(files))) };
  } catch (error) {
    process.stderr.write(renderError(error, files));
    return { success: false };
  }
}

/** Where a task reads, runs and speaks. */
interface Desk extends Pick<RunRequest, 'processes' | 'runId'> {
  readonly files: NodeFileSystem;
  readonly print: (text: string) => void;
}

function terminalDesk(files: NodeFileSystem): Desk {
  return {
    files,
    processes: new NodeProcesses(),
    runId: processIdentity(),
    print: (text) => {
      process.stdout.write(text);
    },
  };
}

/** @throws anything that is no diagnostic: a bug keeps its stack */
function renderError(error: unknown, files: NodeFileSystem): string {
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics
    .map((diagnostic) => {
      const text = diagnostic.span && files.readText(workspacePath(diagnostic.span.file));
      return `${renderDiagnostic(diagnostic, text)}\n`;
    })
    .join('');
}

/** What one task of a batch tells Nx. */
interface BatchResult {
  readonly task: string;
  readonly result: { readonly success: boolean; readonly terminalOutput: string };
}

/**
 * Runs the tasks of a batch and gives the outcome of each as soon as it is known, with what it had to say. Nx shows that
 * itself, and keeps it with the outputs.
 */
export async function* executeBatch(
  tasks: TaskGraph,
  inputs: Readonly<Record<string, BuildOptions>>,
  context: ExecutorContext,
  body: (tasks: readonly BatchedTask[], processes: Processes) => AsyncGenerator<BatchedOutcome>,
): AsyncGenerator<BatchResult> {
  const processes = new NodeProcesses();
  const answers = new Map<string, Promise<Ended>>();
  const files = new NodeFileSystem(context.root as AbsolutePath);
  const output = new Map<string, string>();
  const ended = (id: string, success: boolean): BatchResult => {
    return { task: id, result: { success, terminalOutput: output.get(id) ?? '' } };
  };
  const say = (id: string, text: string): void => {
    output.set(id, `${output.get(id) ?? ''}${text}`);
  };
  const ready: BatchedTask[] = [];
  for (const [id, task] of Object.entries(tasks.tasks)) {
    const print = (text: string): void => {
      say(id, text);
    };
    const desk = {
      files,
      print,
      processes: new CollectingProcesses(processes, answers, print),
      runId: `${processIdentity()}-${String(ready.length)}`,
    };
    try {
      ready.push({ id, request: await readRequest(inputs[id] ?? {}, contextOf(task, context), desk) });
    } catch (error) {
      say(id, renderError(error, files));
      yield ended(id, false);
    }
  }
  const dependencies = new Map(
    Object.entries(tasks.dependencies).map(([id, edges]) => [id, edges.map((edge) => edge.id)]),
  );
  for await (const outcome of inOrder(ready, dependencies, (level) => body(level, processes))) {
    if ('error' in outcome) say(outcome.id, renderError(outcome.error, files));
    yield ended(outcome.id, isSuccess(outcome));
  }
}

async function readRequest(
  options: BuildOptions,
  context: ExecutorContext,
  { files, processes, runId, print }: Desk,
): Promise<RunRequest> {
  requireOwnArguments(context);
  requireOwnCommand(context, options);
  const projects = readProjects(context);
  const project = [...projects.values()].find(({ name }) => name === context.projectName);
  if (project === undefined) throw unknownProject(context.projectName ?? '');
  return {
    files,
    processes,
    print: (line) => {
      print(`${line}\n`);
    },
    printCommand: (command) => {
      print(`${dim(`> ${command}`)}\n`);
    },
    overlays: new NodeContentFolder(`${workspaceDataDirectory}/grout-overlays` as AbsolutePath),
    locks: new NodeLocks(`${workspaceDataDirectory}/grout-locks` as AbsolutePath),
    project,
    projects,
    knownFeatures: featuresOfRun(project, projects, context.taskGraph),
    featureRules: await readFeatureRules(files),
    options,
    machine: readMachine(),
    runId,
    isRunning: (other) => isRunningProcess(other.split('-')[0] ?? ''),
  };
}

/** As Nx makes it for a task that runs by itself. */
function contextOf({ target }: Task, context: ExecutorContext): ExecutorContext {
  const { project, target: name, configuration } = target;
  const own = { ...context, projectName: project, targetName: name };
  return configuration === undefined ? own : { ...own, configurationName: configuration };
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

/** The tasks of a batch share one graph. */
const projectsByGraph = new WeakMap<ProjectGraph, ReadonlyMap<WorkspacePath, Project>>();

function readProjects({ projectGraph }: ExecutorContext): ReadonlyMap<WorkspacePath, Project> {
  const known = projectsByGraph.get(projectGraph) ?? projectsIn(projectGraph);
  projectsByGraph.set(projectGraph, known);
  return known;
}

function projectsIn({ nodes }: ProjectGraph): ReadonlyMap<WorkspacePath, Project> {
  const projects = Object.entries(nodes).flatMap(([name, { data }]) => {
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
