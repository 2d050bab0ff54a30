import { DiagnosticError, type Diagnostic } from '#diagnostics';
import type { RustSide } from '#graph';
import { joinPath, type AbsolutePath } from '#paths';
import {
  artifactFolder,
  mayNameLibrary,
  parseCargoArtifacts,
  parseLibraryFiles,
  parseScriptFolders,
  parseScriptLibraries,
  parseSourcesOfArtifact,
  parseStandardLibraries,
  planCargo,
  planNativeLibraries,
  systemLibrariesFile,
  type CommandPlan,
} from '#plan';
import type { Ended } from '#workspace';
import { writing } from './artifacts.js';
import { readReproducibleCargo } from './cargo-machine.js';
import type { CompilerAnswers } from './compiler-answers.js';
import { commandOf } from './run-plan.js';
import type { RunRequest } from './run-request.js';

/**
 * Writes beside the crate's static library what has to be linked with it, for builds of Go that may run where there is no
 * Rust.
 * @param answers of the call of cargo that made it
 * @param packages ids of the packages that are in the library; all of the call where it is not given
 * @throws DiagnosticError where that cannot be told
 */
export async function placeSystemLibraries(
  request: RunRequest,
  answers: CompilerAnswers,
  packages?: ReadonlySet<string>,
): Promise<void> {
  const { rust, root } = request.project;
  const name = rust && systemLibrariesFile(rust);
  if (rust === undefined || name === undefined) return;
  const words = await readSystemWords(request, rust, answers, packages);
  const place = artifactFolder(root);
  writing(place, () => {
    request.files.write(joinPath(place, name), words.map((word) => `${word}\n`).join(''));
  });
}

/**
 * What has to be linked with the static library of the request's project, as linker words: where the libraries lie that
 * build scripts made, and all that it needs.
 * @param packages as for `placeSystemLibraries`
 * @throws DiagnosticError where that cannot be told
 */
export async function readSystemWords(
  request: RunRequest,
  rust: RustSide,
  answers: CompilerAnswers,
  packages?: ReadonlySet<string>,
): Promise<string[]> {
  const needed = await new BuiltLibrary(request, rust, answers, packages).readNeeded();
  const folders = parseScriptFolders(answers.messages, packages).map((folder) => folderWord(request, folder));
  return [...new Set([...folders, ...needed])];
}

/** A folder of the workspace is the same in every checkout. */
function folderWord({ files }: RunRequest, folder: string): string {
  return folder.startsWith(`${files.root}/`) ? `-L${folder.slice(files.root.length + 1)}` : `-L${folder}`;
}

/** A static library that cargo has just made. */
class BuiltLibrary {
  constructor(
    readonly request: RunRequest,
    readonly rust: RustSide,
    readonly answers: CompilerAnswers,
    readonly packages: ReadonlySet<string> | undefined,
  ) {}

  /**
   * What has to be linked with it, as linker words: what Rust's own library needs and what build scripts said. Only where
   * attributes in the sources may name more is the crate compiled once more to learn it.
   */
  async readNeeded(): Promise<readonly string[]> {
    const { request, rust, answers } = this;
    const standard = await answers.readStandard(request, rust);
    if (standard === undefined || this.#mayNameLibraries()) return this.#compileAgain();
    const known = [...parseScriptLibraries(answers.messages, this.packages), ...standard];
    return (await this.#holdsMoreThan(known, standard)) ? this.#compileAgain() : known;
  }

  async #compileAgain(): Promise<readonly string[]> {
    const { project, options } = this.request;
    const { stderr } = await this.#callCargo(planNativeLibraries(project, options));
    // Cargo has put the library of the question in the place of the one that was built, where others may link it.
    await this.#callCargo(planCargo('build', project, options));
    return parseStandardLibraries(stderr) ?? [];
  }

  async #callCargo(plan: CommandPlan): Promise<Ended> {
    const { request } = this;
    const unshown = readReproducibleCargo(request, plan.cwd, true);
    const ended = await request.processes.capture(commandOf(request, { ...plan, unshown }));
    if (ended.exitCode === 0) return ended;
    throw new DiagnosticError(unknownLibraries(this.rust, ended.spawnError ?? ended.stderr.trim()));
  }

  /** Whether sources of the crate may name libraries themselves, where it has no compiled form that the compiler can read. */
  #mayNameLibraries(): boolean {
    const { rust, answers } = this;
    const { files } = this.request;
    const manifest = files.absolute(rust.manifest);
    if (parseLibraryFiles(answers.messages, manifest).some(({ fileName }) => fileName.endsWith('.rlib'))) return false;
    const made = parseCargoArtifacts(answers.messages, manifest, rust);
    const archive = made.find(({ fileName }) => /\.(?:a|lib)$/.test(fileName));
    if (archive === undefined) return false;
    const list = files.readForeignText(archive.path.replace(/\.[^.]+$/, '.d') as AbsolutePath);
    const sources = parseSourcesOfArtifact(list ?? '');
    return sources.length === 0 || mayNameLibrary(sources.map((path) => files.readForeignText(path as AbsolutePath)));
  }

  /** Whether compiled crates of the library need others. */
  async #holdsMoreThan(known: readonly string[], standard: readonly string[]): Promise<boolean> {
    const { request, rust, answers, packages } = this;
    const holdsOnly = (words: readonly string[] | undefined, others: readonly string[]): boolean =>
      words?.every((word) => others.includes(word)) === true;
    const all = await answers.readAll(request, rust);
    if (holdsOnly(all, standard)) return false;
    const own = packages === undefined ? all : await answers.readOf(request, rust, packages);
    return !holdsOnly(own, known);
  }
}

/** @param said by cargo */
function unknownLibraries(rust: RustSide, said: string): Diagnostic {
  return {
    code: 'run/unknown-system-libraries',
    severity: 'error',
    message: `cargo does not say what the library of \`${rust.package}\` needs of the system:\n${said}`,
    span: { file: rust.manifest, line: 1, column: 1 },
    help: 'a static library alone, or one whose crates name libraries by #[link], is compiled a second time to learn it, with the arguments of the build',
  };
}
