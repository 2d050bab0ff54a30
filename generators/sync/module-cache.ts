import { canBuild, parseGoFileHeader, parseGoMod, type GoFileHeader } from '#go';
import { completeRequirements, type GoRequirements } from '#graph';
import { joinPath, workspacePath, type WorkspacePath } from '#paths';
import type { FileSystem } from '#workspace';

type CacheFiles = Pick<FileSystem, 'readText' | 'isFolder' | 'list'>;

/** Go's module cache of this machine (https://go.dev/ref/mod#module-cache). Nothing is ever downloaded for us. */
export class ModuleCache {
  readonly #files: CacheFiles;

  /** @param files of the cache, GOMODCACHE */
  constructor(files: CacheFiles) {
    this.#files = files;
  }

  /**
   * What modules require, as far as the cache tells.
   * @param keys `path@version` of the modules
   */
  readRequirements(keys: Iterable<string>): GoRequirements {
    const requirements = new Map<string, readonly string[]>();
    for (const key of keys) {
      const required = this.#requiredBy(key);
      if (required !== undefined) requirements.set(key, required);
    }
    return requirements;
  }

  #requiredBy(key: string): readonly string[] | undefined {
    const at = key.lastIndexOf('@');
    const [path, version] = [escape(key.slice(0, at)), escape(key.slice(at + 1))];
    const file = joinPath(CACHE, 'cache/download', path, '@v', `${version}.mod`);
    const text = isBelow(file) ? this.#files.readText(file) : undefined;
    if (text === undefined) return undefined;
    const { value, diagnostics } = parseGoMod(file, text);
    if (value === undefined || diagnostics.some(({ severity }) => severity === 'error')) return undefined;
    const complete = completeRequirements(value);
    if (complete !== undefined || value.require.length > 0) return complete;
    const folder = joinPath(CACHE, `${path}@${version}`);
    return this.#isSelfContained(folder, key.slice(0, at)) ? [] : undefined;
  }

  /** Whether no package of a module imports another one: then a go.mod that is old, or made up, has nothing to say. */
  #isSelfContained(root: WorkspacePath, module: string): boolean {
    const folders = this.#files.isFolder(root) ? [root] : [];
    for (const folder of folders) {
      for (const name of this.#files.list(folder)) {
        const path = joinPath(folder, name);
        if (this.#files.isFolder(path)) {
          if (!/^(?:[._]|testdata$|vendor$)/.test(name)) folders.push(path);
        } else if (name.endsWith('.go') && this.#importsAnother(path, module)) {
          return false;
        }
      }
    }
    return folders.length > 0;
  }

  #importsAnother(file: WorkspacePath, module: string): boolean {
    const header = parseGoFileHeader(file, this.#files.readText(file) ?? '').value;
    return header === undefined || (canBeImported(header) && header.imports.some(({ path }) => leadsOut(path, module)));
  }
}

/** The cache is read like a workspace, by paths from its own root. */
const CACHE = workspacePath('.');

function isBelow(path: WorkspacePath): boolean {
  return path.startsWith('cache/download/');
}

/** Capital letters are written as `!` and the small letter. */
function escape(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function canBeImported(header: GoFileHeader): boolean {
  return !header.isTest && header.package !== 'main' && canBuild(header, { cgo: 'any' });
}

/** The standard library has no dot in its first element. */
function leadsOut(importPath: string, module: string): boolean {
  const isStandard = !(importPath.split('/')[0] ?? '').includes('.');
  return !isStandard && importPath !== module && !importPath.startsWith(`${module}/`);
}
