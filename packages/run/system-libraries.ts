import {
  artifactFolder,
  mayNameLibrary,
  parseCargoArtifacts,
  parseCompiledCrates,
  parseCompiledFolders,
  parseLibraryFiles,
  parseLinkerWords,
  parseScriptLibraries,
  parseSourcesOfArtifact,
  parseStandardLibraries,
  planLinkerWords,
  planNativeLibraries,
  planStandardLibraries,
  systemLibrariesFile,
  umbrellaSource,
} from '#plan';
import type { RustSide } from '#graph';
import { joinPath, type AbsolutePath } from '#paths';
import { writing } from './artifacts.js';
import { readPlaceOfCargo, readReproducibleCargo } from './cargo-machine.js';
import { commandOf } from './run-plan.js';
import type { RunRequest } from './run-request.js';

/**
 * Writes beside the crate's static library what has to be linked with it, for builds of Go that may run where there is no
 * Rust.
 * @param messages what cargo said of the build
 * @param packages ids of the packages that are in the library; all of the messages where it is not given
 */
export async function placeSystemLibraries(
  request: RunRequest,
  messages: string,
  packages?: ReadonlySet<string>,
): Promise<void> {
  const { rust, root } = request.project;
  const name = rust && systemLibrariesFile(rust);
  if (rust === undefined || name === undefined) return;
  const library = new BuiltLibrary(request, rust, messages, packages);
  const words = [...new Set(await library.readNeeded())];
  const place = artifactFolder(root);
  writing(place, () => {
    request.files.write(joinPath(place, name), words.map((word) => `${word}\n`).join(''));
  });
}

/** A static library that cargo has just made. */
class BuiltLibrary {
  readonly #program: string;
  /** Absolute; for what nobody needs. */
  readonly #folder: string;

  constructor(
    readonly request: RunRequest,
    readonly rust: RustSide,
    readonly messages: string,
    readonly packages: ReadonlySet<string> | undefined,
  ) {
    this.#program = request.machine.environment['RUSTC'] ?? 'rustc';
    this.#folder = `${readPlaceOfCargo(request, rust.cargoWorkspace)}/.grout-nothing`;
  }

  /**
   * What has to be linked with it, as linker words: what Rust's own library needs and what build scripts said. Only where
   * attributes in the sources name more is the crate compiled once more to learn it.
   */
  async readNeeded(): Promise<readonly string[]> {
    const standard = await this.#readStandard();
    const known = [...parseScriptLibraries(this.messages, this.packages), ...standard];
    if (!this.#mayNameLibraries() && !(await this.#holdsMoreThan(known, standard))) return known;
    const { request } = this;
    const plan = planNativeLibraries(request.project, request.options);
    const unshown = readReproducibleCargo(request, plan.cwd, true);
    const { stderr } = await request.processes.capture(commandOf(request, { ...plan, unshown }));
    const said = parseStandardLibraries(stderr);
    return said.length === 0 ? known : said;
  }

  /** The same question for all crates of the workspace. */
  async #readStandard(): Promise<string[]> {
    const { rust, request } = this;
    const plan = planStandardLibraries(rust, request.options, { program: this.#program, folder: this.#folder });
    const { stderr } = await request.processes.capture({ ...commandOf(request, plan), input: '' });
    return parseStandardLibraries(stderr);
  }

  /** Whether sources of the crate may name libraries themselves, where it has no compiled form that the compiler can read. */
  #mayNameLibraries(): boolean {
    const { rust, messages } = this;
    const { files } = this.request;
    const manifest = files.absolute(rust.manifest);
    if (parseLibraryFiles(messages, manifest).some(({ fileName }) => fileName.endsWith('.rlib'))) return false;
    const archive = parseCargoArtifacts(messages, manifest, rust).find(({ fileName }) => /\.(?:a|lib)$/.test(fileName));
    const list = archive && files.readForeignText(archive.path.replace(/\.[^.]+$/, '.d') as AbsolutePath);
    if (list === undefined) return archive !== undefined;
    const sources = parseSourcesOfArtifact(list).filter((path) => path.endsWith('.rs'));
    return sources.some((path) => mayNameLibrary(files.readForeignText(path as AbsolutePath) ?? ''));
  }

  /** Whether compiled crates of the library need others; a call for several crates is one question for all of them. */
  async #holdsMoreThan(known: readonly string[], standard: readonly string[]): Promise<boolean> {
    const holdsOnly = (words: readonly string[] | undefined, others: readonly string[]): boolean =>
      words?.every((word) => others.includes(word)) === true;
    const all = await this.#readLinkerWords(parseCompiledCrates(this.messages));
    if (holdsOnly(all, standard)) return false;
    const own =
      this.packages === undefined
        ? all
        : await this.#readLinkerWords(parseCompiledCrates(this.messages, this.packages));
    return !holdsOnly(own, known);
  }

  /** @param crates absolute paths of .rlib files */
  async #readLinkerWords(crates: readonly string[]): Promise<string[] | undefined> {
    if (crates.length === 0) return [];
    const { request, rust, messages } = this;
    const plan = planLinkerWords(rust, request.options, {
      program: this.#program,
      folder: this.#folder,
      crates: { crates, dependencyFolders: parseCompiledFolders(messages) },
    });
    const input = umbrellaSource(crates.length);
    const { stdout } = await request.processes.capture({ ...commandOf(request, plan), input });
    return parseLinkerWords(stdout);
  }
}
