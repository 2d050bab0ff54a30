import type { Command, Ended, Processes, RunOptions } from './ports.js';

/**
 * Processes for tasks that share this process: output goes to the task when its program ends, and a question that one task
 * asked of a tool is answered to the others from memory.
 */
export class CollectingProcesses implements Processes {
  readonly #processes: Processes;
  readonly #answers: Map<string, Promise<Ended>>;
  readonly #print: (text: string) => void;

  /** @param answers what was asked so far, shared by the tasks */
  constructor(processes: Processes, answers: Map<string, Promise<Ended>>, print: (text: string) => void) {
    this.#processes = processes;
    this.#answers = answers;
    this.#print = print;
  }

  capture(command: Command): Promise<Ended> {
    const key = JSON.stringify(command);
    const known = this.#answers.get(key) ?? this.#processes.capture(command);
    this.#answers.set(key, known);
    return known;
  }

  async run(command: Command, options: RunOptions = {}): Promise<Ended> {
    const ended = await this.#processes.capture(command);
    const said = options.stdout === 'capture' ? ended.stderr : ended.stdout + ended.stderr;
    if (said !== '') this.#print(said.endsWith('\n') ? said : `${said}\n`);
    return ended;
  }
}
