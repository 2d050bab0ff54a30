import type { RustSide } from '#graph';
import type { AbsolutePath } from '#paths';
import {
  carriedArguments,
  parseCompiledCrates,
  parseCompiledFolders,
  parseLinkerWords,
  parseStandardLibraries,
  planLinkerWords,
  planStandardLibraries,
  tripleOf,
  umbrellaSource,
} from '#plan';
import { readPlaceOfCargo } from './cargo-machine.js';
import { commandOf } from './run-plan.js';
import type { RunRequest } from './run-request.js';

/**
 * What the compiler says of the crates that one call of cargo made: their requests differ in the project alone, so what
 * concerns all of them is asked once.
 */
export class CompilerAnswers {
  #standard: Promise<string[] | undefined> | undefined;
  #all: Promise<string[] | undefined> | undefined;

  /** @param messages what cargo said of the call */
  constructor(readonly messages: string) {}

  /** What Rust's own library needs of the system, as linker words; undefined where the compiler does not say. */
  readStandard(request: RunRequest, rust: RustSide): Promise<string[] | undefined> {
    return (this.#standard ??= askStandard(request, rust));
  }

  /**
   * What a library that holds all crates would give the linker, Rust's own library among them; undefined where the
   * compiler does not say.
   */
  readAll(request: RunRequest, rust: RustSide): Promise<string[] | undefined> {
    return (this.#all ??= this.readOf(request, rust));
  }

  /** The same for some. @param packages ids */
  async readOf(request: RunRequest, rust: RustSide, packages?: ReadonlySet<string>): Promise<string[] | undefined> {
    const crates = parseCompiledCrates(this.messages, tripleOf(request.options), packages);
    if (crates.length === 0) return [];
    const folder = folderForNothing(request, rust);
    const named = `${folder}/crates` as AbsolutePath;
    const words = carriedArguments({ crates, dependencyFolders: parseCompiledFolders(this.messages) });
    request.files.writeForeignText(named, words.join('\n'));
    const plan = planLinkerWords(rust.cargoWorkspace, request.options, {
      program: compilerOf(request),
      folder,
      crates: named,
    });
    const input = umbrellaSource(crates.length);
    const { stdout } = await request.processes.capture({ ...commandOf(request, plan), input });
    return parseLinkerWords(stdout);
  }
}

async function askStandard(request: RunRequest, rust: RustSide): Promise<string[] | undefined> {
  const plan = planStandardLibraries(rust.cargoWorkspace, request.options, {
    program: compilerOf(request),
    folder: folderForNothing(request, rust),
  });
  const { stderr } = await request.processes.capture({ ...commandOf(request, plan), input: '' });
  return parseStandardLibraries(stderr);
}

function compilerOf({ machine }: RunRequest): string {
  return machine.environment['RUSTC'] ?? 'rustc';
}

/** Absolute; for what nobody needs. */
function folderForNothing(request: RunRequest, rust: RustSide): string {
  return `${readPlaceOfCargo(request, rust.cargoWorkspace)}/.grout-nothing`;
}
