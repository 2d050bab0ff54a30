import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AbsolutePath } from '#paths';
import type { ContentFolder } from './ports.js';

/** Content-addressed files on this machine's disk. */
export class NodeContentFolder implements ContentFolder {
  constructor(readonly folder: AbsolutePath) {}

  keep(extension: string, text: string): AbsolutePath {
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    const path = join(this.folder, `${name}.${extension}`) as AbsolutePath;
    if (existsSync(path)) return path;
    mkdirSync(this.folder, { recursive: true });
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    writeFileSync(temporary, text);
    renameSync(temporary, path);
    return path;
  }
}
