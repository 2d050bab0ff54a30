import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { leavesWorkspace, workspacePath, type AbsolutePath, type WorkspacePath } from '#paths';
import type { FileSystem } from './ports.js';

/** The workspace on this machine's disk. */
export class NodeFileSystem implements FileSystem {
  constructor(readonly root: AbsolutePath) {}

  absolute(path: WorkspacePath): AbsolutePath {
    return join(this.root, path) as AbsolutePath;
  }

  readText(path: WorkspacePath): string | undefined {
    return readUnlessAbsent(() => readFileSync(this.absolute(path), 'utf8'));
  }

  readForeignText(path: AbsolutePath): string | undefined {
    return readUnlessAbsent(() => readFileSync(path, 'utf8'));
  }

  writeForeignText(path: AbsolutePath, text: string): void {
    this.#replace(path, (temporary) => {
      writeFileSync(temporary, text);
    });
  }

  readBytes(path: WorkspacePath): Uint8Array | undefined {
    return readUnlessAbsent(() => readFileSync(this.absolute(path)));
  }

  isFile(path: WorkspacePath): boolean {
    return statSync(this.absolute(path), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  isFolder(path: WorkspacePath): boolean {
    return statSync(this.absolute(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  readLink(path: WorkspacePath): WorkspacePath | undefined {
    const place = this.absolute(path);
    const isLink = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (!isLink || !existsSync(place)) return undefined;
    const target = workspacePath(relative(realpathSync(this.root), realpathSync(place)));
    return leavesWorkspace(target) ? undefined : target;
  }

  list(folder: WorkspacePath): readonly string[] {
    return readUnlessAbsent(() => readdirSync(this.absolute(folder))) ?? [];
  }

  write(path: WorkspacePath, content: string | Uint8Array): void {
    this.#replace(this.absolute(path), (temporary) => {
      writeFileSync(temporary, content);
    });
  }

  copyIn(from: AbsolutePath, to: WorkspacePath): void {
    this.#replace(this.absolute(to), (temporary) => {
      copyFileSync(from, temporary, constants.COPYFILE_FICLONE);
    });
  }

  makeFolder(path: WorkspacePath): void {
    mkdirSync(this.absolute(path), { recursive: true });
  }

  remove(path: WorkspacePath): void {
    rmSync(this.absolute(path), { recursive: true, force: true });
  }

  #replace(target: AbsolutePath, fill: (temporary: string) => void): void {
    mkdirSync(dirname(target), { recursive: true });
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      fill(temporary);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }
}

function readUnlessAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
