import type { GoSide, MainPackage, Project } from '#graph';
import { relativePath, type AbsolutePath, type WorkspacePath } from '#paths';
import type { CommandPlan } from './command-plan.js';
import {
  chosenMains,
  goEnvironmentOf,
  goSideOf,
  hasNameOfItsOwn,
  linkerArguments,
  requireFreeNames,
  tagArguments,
  toolArguments,
  type GoSurroundings,
} from './go-commands.js';
import type { BuildOptions } from './options.js';

/** One module of a call for several, with what a call of its own would get. */
export interface GoPart {
  readonly project: Project;
  readonly options: BuildOptions;
  readonly around: GoSurroundings;
}

/** What a call for several modules gets besides. */
export interface GoBatchPlace {
  /** Where go runs: the folder of the go.work that lists them. */
  readonly folder: WorkspacePath;
  readonly overlay?: AbsolutePath;
  readonly staging: AbsolutePath;
}

/** Whether a call for several can do what the module's own does: flags for the linker and names of output files are per call. */
export function canShareGoCall(project: Project, options: BuildOptions): boolean {
  const { go } = project;
  const { args, goArgs, buildmode, ldflags, linkFolder } = options;
  // A path among the user's arguments starts from the module's folder.
  const isPlain = [args, goArgs, buildmode, ldflags, linkFolder].every((option) => option === undefined);
  return go?.goWork !== undefined && isPlain && !chosenMains(go, options).some((main) => hasNameOfItsOwn(main, go));
}

/**
 * One call of go that makes what a call for each module would. Options but `main`, and the environment, are the same for
 * all; each program gets its own flags for the linker, by the import path of its package.
 * @throws DiagnosticError when the options cannot be met
 */
export function planGoBatch(parts: readonly GoPart[], { folder, overlay, staging }: GoBatchPlace): CommandPlan {
  const [first] = parts;
  if (first === undefined) throw new Error('no module to build');
  const { options, around } = first;
  const hasPrograms = parts.some((part) => chosenMains(goSideOf(part.project), part.options).length > 0);
  return {
    program: 'go',
    args: [
      'build',
      '-trimpath',
      '-buildvcs=false',
      ...(overlay === undefined ? [] : [`-overlay=${overlay}`]),
      ...parts.flatMap((part) => linkerFlagsOf(part, folder)),
      ...tagArguments(options, around.goflags),
      ...(options.race === true ? ['-race'] : []),
      ...toolArguments(options),
      ...(hasPrograms ? [`-o=${staging}/`] : []),
      ...parts.map((part) => packagesOf(part, folder)),
    ],
    cwd: folder,
    env: goEnvironmentOf(options, around.libraries.length > 0),
    diagnostics: [],
  };
}

function packagesOf({ project, options: { main } }: GoPart, folder: WorkspacePath): string {
  const root = `./${relativePath(folder, project.root)}`;
  if (main === undefined) return `${root}/...`;
  return main === '.' ? root : `${root}/${main.replace(/^\.\//, '')}`;
}

/** By package: without, they would be those of every program of the call. */
function linkerFlagsOf({ project, options, around }: GoPart, folder: WorkspacePath): string[] {
  const go = goSideOf(project);
  const mains = chosenMains(go, options);
  requireFreeNames(
    project,
    mains.map(({ name }) => name),
  );
  const flags = linkerArguments('build', project, options, { ...around, folder });
  return mains.flatMap((main) =>
    flags.map((flag) => flag.replace(/^-ldflags=/, (start) => `${start}${importPathOf(go, main)}=`)),
  );
}

function importPathOf({ module }: GoSide, { folder }: MainPackage): string {
  return folder === '.' ? module : `${module}/${folder}`;
}
