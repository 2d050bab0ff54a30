import type { Project } from '#graph';
import type { AbsolutePath } from '#paths';
import type { BuildOptions } from '#plan';
import type { RunRequest } from '#run';
import type { Command, Ended } from '#workspace';
import { MemoryContentFolder, MemoryFileSystem } from './memory-file-system.js';
import { modelOf } from './model-of.js';
import { RecordedProcesses } from './recorded-processes.js';

/** Requests for tasks of a workspace in memory, whose tools answer from a script; keeps what they ran and printed. */
export class RunDesk {
  readonly files: MemoryFileSystem;
  readonly overlays = new MemoryContentFolder();
  readonly printed: string[] = [];
  readonly processes: RecordedProcesses;
  /** Names of the locks that were held. */
  readonly held: string[] = [];
  readonly #holding = new Set<string>();

  /**
   * @param texts all files there are
   * @param sources those that the graph was made of
   */
  constructor(
    texts: Readonly<Record<string, string>>,
    readonly sources: Readonly<Record<string, string>> = texts,
    answer: (command: Command) => Partial<Ended> = () => ({}),
  ) {
    this.files = new MemoryFileSystem(texts);
    this.processes = new RecordedProcesses(answer);
  }

  request(root: string, options: BuildOptions = {}, environment: Record<string, string> = {}): RunRequest {
    const projects = new Map(modelOf(this.sources).projects.map((project) => [project.root, project]));
    const project = [...projects.values()].find((candidate) => candidate.root === root) as Project;
    const { files, processes, overlays } = this;
    return {
      files,
      processes,
      overlays,
      locks: {
        hold: async (name, _holder, work) => {
          if (this.#holding.has(name)) throw new Error(`would wait for itself: ${name}`);
          this.#holding.add(name);
          this.held.push(name);
          try {
            return await work({ ms: 0 });
          } finally {
            this.#holding.delete(name);
          }
        },
      },
      project,
      projects,
      options,
      knownFeatures: new Set(['simd', 'grout_mock']),
      featureRules: {},
      machine: { environment, cargoHome: '/cargo' as AbsolutePath, rustupHome: '/rustup' as AbsolutePath },
      runId: '7',
      isRunning: () => false,
      print: (line) => this.printed.push(line),
      printCommand: (command) => this.printed.push(command),
    };
  }
}
