import type { AbsolutePath, WorkspacePath } from '#paths';

/** The files of one workspace. Everything outside this room reads and writes through it. */
export interface FileSystem {
  readonly root: AbsolutePath;
  /** Where a workspace path lies on this machine. */
  absolute(path: WorkspacePath): AbsolutePath;
  /** Undefined when there is no such file. */
  readText(path: WorkspacePath): string | undefined;
  /** A file anywhere on this machine, such as one that a tool's configuration names. */
  readForeignText(path: AbsolutePath): string | undefined;
  /** Writes beside what a tool keeps for itself, such as cargo's target folder; as `write` does. */
  writeForeignText(path: AbsolutePath, text: string): void;
  readBytes(path: WorkspacePath): Uint8Array | undefined;
  isFile(path: WorkspacePath): boolean;
  isFolder(path: WorkspacePath): boolean;
  /** File or folder of this workspace that a symbolic link leads to; undefined for anything else. */
  readLink(path: WorkspacePath): WorkspacePath | undefined;
  /** Names in a folder; empty when there is no such folder. */
  list(folder: WorkspacePath): readonly string[];
  /** Makes the folders above it; the file appears whole or not at all. */
  write(path: WorkspacePath, content: string | Uint8Array): void;
  /** Copies the bytes and mode of a file from anywhere on this machine; the target appears whole or not at all. */
  copyIn(from: AbsolutePath, to: WorkspacePath): void;
  makeFolder(path: WorkspacePath): void;
  /** Removes a file or a folder with all that is in it; nothing happens when it is not there. */
  remove(path: WorkspacePath): void;
}

/** A file of the workspace; Nx and git know the hash of its content without it being read again. */
export interface ListedFile {
  readonly path: WorkspacePath;
  /** Absent where nobody knows it: the content is read and hashed. */
  readonly hash?: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: AbsolutePath;
  /** Set on top of this process' environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What `capture` gives the program to read; nothing by default. */
  readonly input?: string;
}

/** How a process ended. `spawnError` is set when it could not be started at all (`ENOENT`: no such program). */
export interface Ended {
  /** 128 + signal number when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly spawnError?: string;
}

export interface RunOptions {
  /** Standard output: `show` streams it to the user, `capture` keeps it. Default `show`. */
  readonly stdout?: 'show' | 'capture';
  /** Standard error: `show` hands over the terminal; `both` streams it and keeps it. Default `show`. */
  readonly stderr?: 'show' | 'both';
  /** The user talks to the program: it keeps the terminal's input and stays in its foreground group. */
  readonly interactive?: boolean;
}

/** Other programs. A process started here dies with this one: signals reach its whole tree. */
export interface Processes {
  /** Runs to the end with its output collected, nothing shown. */
  capture(command: Command): Promise<Ended>;
  /** Runs to the end with its output shown as it comes. */
  run(command: Command, options?: RunOptions): Promise<Ended>;
}

/** A folder of files named after their content, kept between runs; safe to fill from several processes at once. */
export interface ContentFolder {
  /** Writes the text unless it is there already, and returns where it lies. */
  keep(extension: string, text: string): AbsolutePath;
}

/** One text kept between runs to save time; a lost or unwritable one costs nothing but that. */
export interface ContentStore {
  read(): string | undefined;
  write(text: string): void;
}

/** How long a lock was waited for, in milliseconds, and whose work it was that went on meanwhile. */
export interface Waited {
  readonly ms: number;
  readonly for?: string;
}

/** Keeps tasks apart that may run at the same time, in whatever process. */
export interface Locks {
  /**
   * Does the work while nobody else holds the lock of that name.
   * @param holder what others are told that they wait for
   */
  hold<T>(name: string, holder: string, work: (waited: Waited) => Promise<T>): Promise<T>;
}
