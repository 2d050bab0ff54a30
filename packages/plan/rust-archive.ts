import type { Project } from '#graph';
import type { WorkspacePath } from '#paths';
import type { CommandPlan } from './command-plan.js';

/** What of a cargo profile counts where compiled crates are put into one archive. */
export interface CodeProfile {
  readonly optLevel: string;
  readonly lto: string;
  readonly codegenUnits?: number;
  readonly debuginfo: string;
  readonly panic: string;
}

/**
 * The profile of the roots in what `cargo build --unit-graph` prints; undefined for another format, which is not stable.
 * Format: https://doc.rust-lang.org/cargo/reference/unstable.html#unit-graph
 */
export function parseRootProfile(unitGraph: string): CodeProfile | undefined {
  try {
    const { units, roots } = JSON.parse(unitGraph) as {
      units: readonly { readonly profile: Record<string, unknown> }[];
      roots: readonly number[];
    };
    const profile = units[roots[0] ?? -1]?.profile;
    if (profile === undefined) return undefined;
    const { opt_level, lto, codegen_units, debuginfo, panic } = profile;
    if (![opt_level, lto, panic].every((value) => typeof value === 'string')) return undefined;
    return {
      optLevel: String(opt_level),
      lto: String(lto),
      ...(typeof codegen_units === 'number' ? { codegenUnits: codegen_units } : {}),
      debuginfo: typeof debuginfo === 'number' || typeof debuginfo === 'string' ? String(debuginfo) : '0',
      panic: String(panic),
    };
  } catch {
    return undefined;
  }
}

export interface CarriedCrates {
  /** Absolute path of the .rlib of each crate, as cargo made it for other crates. */
  readonly crates: readonly string[];
  /** Absolute folders of the .rlib files that these crates need. */
  readonly dependencyFolders: readonly string[];
}

export interface ArchiveRequest extends CarriedCrates {
  /** Absolute path of the source that names them. */
  readonly source: string;
  /** Absolute path of the archive. */
  readonly archive: string;
  /** Absolute path of the file that gets the names of system libraries. */
  readonly systemLibraries: string;
  readonly profile: CodeProfile;
  readonly triple?: string;
  /** Compiler flags in force. */
  readonly flags: readonly string[];
  /** Where rustup finds which toolchain it is. */
  readonly cwd: WorkspacePath;
  /** The compiler: `rustc`, or what RUSTC says. */
  readonly program: string;
}

/**
 * Puts compiled crates into one static library. What cargo made is taken as it is: lockfile, patches, features and
 * profile are those of its build, and nothing is compiled a second time.
 */
export function planArchive(request: ArchiveRequest): CommandPlan {
  const { profile } = request;
  return {
    program: request.program,
    args: ['--edition=2021', '--crate-type=staticlib', '--crate-name=grout_link'],
    cwd: request.cwd,
    env: {},
    diagnostics: [],
    unshown: {
      args: [
        ...codegenFlags(profile),
        ...(request.triple === undefined ? [] : ['--target', request.triple]),
        ...request.flags,
        ...carriedArguments(request),
        '--print',
        `native-static-libs=${request.systemLibraries}`,
        '-o',
        request.archive,
        request.source,
      ],
      env: {},
    },
  };
}

/** Names the crates that a source of {@link umbrellaSource} carries. */
export function carriedArguments({ crates, dependencyFolders }: CarriedCrates): string[] {
  return [
    ...crates.flatMap((path, index) => ['--extern', `${aliasOf(index)}=${path}`]),
    ...dependencyFolders.flatMap((folder) => ['-L', `dependency=${folder}`]),
  ];
}

function codegenFlags({ optLevel, lto, codegenUnits, debuginfo, panic }: CodeProfile): string[] {
  const isLto = ['fat', 'true', 'thin'].includes(lto);
  return [
    ...['-C', `opt-level=${optLevel}`, '-C', `debuginfo=${debuginfo}`, '-C', `panic=${panic}`],
    ...(isLto ? ['-C', `lto=${lto === 'thin' ? 'thin' : 'fat'}`] : []),
    ...(codegenUnits === undefined ? [] : ['-C', `codegen-units=${String(codegenUnits)}`]),
  ];
}

/** Source of the crate that carries so many others: naming one is enough to keep its exported functions. */
export function umbrellaSource(count: number): string {
  return Array.from({ length: count }, (_, index) => `extern crate ${aliasOf(index)} as _;\n`).join('');
}

/** Crates of two Cargo workspaces may have one name. */
function aliasOf(index: number): string {
  return `bridge_${String(index)}`;
}

/** What a crate brings to a link: compiled for other crates, or only as a finished library. */
export function isCarried(project: Project): boolean {
  return project.rust?.library?.crateTypes.some((type) => type === 'rlib' || type === 'lib') ?? false;
}
