import { generatedHeader } from '../docs.js';
import type { Contract } from '#contract';
import type { Bridge } from '../bridge.js';
import { sharingOf } from '../sharing.js';
import { qualifiersOf } from './qualifiers.js';

/** `//go:build` expressions that choose how `New` connects. */
export const buildTags = {
  inProcess: 'cgo && !grout_mock',
  noCgo: '!cgo && !grout_mock',
  mock: 'grout_mock',
} as const;

/** What files need that pack: a service of Rust is reached by cgo only, all else is plain Go but for archives. */
export function packingTag({ implementedIn }: Bridge): string | undefined {
  return implementedIn === 'rust' ? buildTags.inProcess : undefined;
}

/**
 * A Go source file in the making. Printers ask it for symbols; its imports follow from the symbols that were used.
 */
export class GoFile {
  private readonly imports = new Map<string, string>();
  private readonly outside = new Set<string>();
  private readonly body: string[] = [];

  constructor(
    private readonly bridge: Bridge,
    private readonly options: {
      readonly buildTag?: string | undefined;
      /** Of a file that is not of the bridge's package. */
      readonly packageName?: string;
      readonly packageDoc?: readonly string[];
      /** Preamble of `import "C"`, which makes it a cgo file. */
      readonly cgoPreamble?: readonly string[];
    } = {},
  ) {}

  /** A symbol of the standard library, e.g. `std('context', 'Context')`. */
  std(importPath: string, name: string): string {
    this.imports.set(importPath, importPath);
    return `${importPath.slice(importPath.lastIndexOf('/') + 1)}.${name}`;
  }

  /** A symbol of a package from outside, whose name is the last element of its path. */
  external(importPath: string, name: string): string {
    this.outside.add(importPath);
    return this.std(importPath, name);
  }

  get contract(): Contract {
    return this.bridge.contract;
  }

  /** Whether nothing was added. */
  get isEmpty(): boolean {
    return this.body.length === 0;
  }

  /** A symbol of the runtime package. */
  grout(name: string): string {
    this.imports.set(this.bridge.layout.go.runtimeModule, 'grout');
    return `grout.${name}`;
  }

  /** A symbol of the bridge's package, for files of another one. */
  own(name: string): string {
    const { modulePath, package: packageName } = this.bridge.layout.go;
    this.imports.set(modulePath, packageName);
    return `${packageName}.${name}`;
  }

  /** A symbol of the bridge with that name, whose messages this one uses; of this one's package where there is none. */
  ofOwner(owner: string | undefined, name: string): string {
    if (owner === undefined) return name;
    const { goModule } = sharingOf(this.bridge.layout, owner);
    const qualifier = qualifiersOf(this.bridge.layout).get(owner) ?? owner;
    this.imports.set(goModule, qualifier);
    return `${qualifier}.${name}`;
  }

  /** A symbol of a package below the runtime's, e.g. `budget.Run`. */
  runtimePackage(folder: string, name: string): string {
    this.imports.set(`${this.bridge.layout.go.runtimeModule}/${folder}`, folder);
    return `${folder}.${name}`;
  }

  /** Adds a declaration, set off by a blank line. */
  add(...lines: readonly string[]): void {
    this.body.push('', ...lines);
  }

  render(): string {
    const { buildTag, packageDoc = [], packageName = this.bridge.layout.go.package } = this.options;
    const lines = [
      ...generatedHeader('//', this.bridge.contract.files),
      ...(buildTag === undefined ? [] : ['', `//go:build ${buildTag}`]),
      '',
      ...packageDoc,
      `package ${packageName}`,
      ...this.cgoImport(),
      ...this.importBlock(),
      ...this.body,
    ];
    return `${lines.join('\n')}\n`;
  }

  private cgoImport(): string[] {
    const { cgoPreamble } = this.options;
    return cgoPreamble === undefined ? [] : ['', '/*', ...cgoPreamble, '*/', 'import "C"'];
  }

  private importBlock(): string[] {
    const { runtimeModule, modulePath } = this.bridge.layout.go;
    const paths = [...this.imports.keys()].sort();
    const shared = Object.values(this.bridge.layout.sharing ?? {}).map(({ goModule }) => goModule);
    const isNamed = (path: string): boolean => [runtimeModule, modulePath, ...shared].includes(path);
    const isOwn = (path: string): boolean =>
      isNamed(path) || this.outside.has(path) || path.startsWith(`${runtimeModule}/`);
    const spell = (path: string): string => `${this.imports.get(path) ?? ''} "${path}"`;
    const own = paths.filter(isOwn).map((path) => (isNamed(path) ? spell(path) : `"${path}"`));
    const standard = paths.filter((path) => !isOwn(path)).map((path) => `"${path}"`);
    const [only, ...more] = [...standard, ...own];
    if (only === undefined) return [];
    if (more.length === 0) return ['', `import ${only}`];
    const separator = standard.length > 0 && own.length > 0 ? [''] : [];
    return ['', 'import (', ...indent(standard), ...separator, ...indent(own), ')'];
  }
}

/** Indents lines by one step; blank lines stay blank. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `\t${line}`));
}

/** An interpreted string literal. */
export function goString(text: string): string {
  const escaped = text.replaceAll(/[\u0000-\u001f\u007f"\\\u2028\u2029\ufeff]/g, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
