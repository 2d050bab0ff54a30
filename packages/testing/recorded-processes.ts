import type { Command, Ended, Processes } from '#workspace';

const SUCCEEDED: Ended = { exitCode: 0, stdout: '', stderr: '' };

/** Processes that answer from a script and remember what they were asked to do. */
export class RecordedProcesses implements Processes {
  readonly commands: Command[] = [];

  constructor(readonly answer: (command: Command) => Partial<Ended> = () => ({})) {}

  capture(command: Command): Promise<Ended> {
    return this.#record(command);
  }

  run(command: Command): Promise<Ended> {
    return this.#record(command);
  }

  #record(command: Command): Promise<Ended> {
    this.commands.push(command);
    return Promise.resolve({ ...SUCCEEDED, ...this.answer(command) });
  }
}
