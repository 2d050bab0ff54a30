import { suggest, type Diagnostic } from '#diagnostics';
import { readModLines, type ModLine } from './mod-lines.js';
import type { GoMod, GoReplace } from './types.js';

/** What go.mod and go.work have in common. */
export interface SharedDirectives {
  go?: NonNullable<GoMod['go']>;
  toolchain?: NonNullable<GoMod['toolchain']>;
  readonly replace: GoReplace[];
  readonly godebug: string[];
}

const GO_VERSION = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;
/** A file of another kind would have something wrong on every line; the first few say that as well as all would. */
const MAX_PROBLEMS = 10;
const TOOLCHAIN = /^(?:default$|go1(?:$|\.))/;

/** Reads the statements of a go.mod or go.work file, handing each to the reader of its verb. */
export class DirectiveReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly shared: SharedDirectives = { replace: [], godebug: [] };
  readonly #file: string;
  readonly #unknown = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  /** `own` are the verbs of this kind of file with what reads them; `ignored` the known ones that tell nothing here. */
  read(text: string, own: Readonly<Record<string, (line: ModLine) => void>>, ignored: readonly string[]): void {
    const readers: Readonly<Record<string, (line: ModLine) => void>> = {
      go: (line) => {
        this.#readGo(line);
      },
      toolchain: (line) => {
        this.#readToolchain(line);
      },
      replace: (line) => {
        this.#readReplace(line);
      },
      godebug: (line) => {
        const setting = this.only(line, 'godebug name=value');
        if (setting !== undefined) this.shared.godebug.push(setting);
      },
      ...own,
    };
    if (this.#reportConflict(text)) return;
    const { lines, diagnostics } = readModLines(this.#file, text);
    diagnostics.forEach((diagnostic) => {
      this.#report(diagnostic);
    });
    for (const line of lines) {
      if (ignored.includes(line.verb.text)) continue;
      if (Object.hasOwn(readers, line.verb.text)) readers[line.verb.text]?.(line);
      else this.#reportUnknown(line, [...Object.keys(readers), ...ignored]);
    }
  }

  /** Reports a statement that does not have its form and is left out. */
  reject(line: ModLine, message: string, help: string): void {
    this.#report({ code: 'go/bad-directive', severity: 'error', message, span: line.span, help });
  }

  /** The only argument, or undefined and a diagnostic with the form to use. */
  only(line: ModLine, usage: string): string | undefined {
    const [argument, ...more] = line.args;
    if (argument !== undefined && argument.text !== '' && more.length === 0) return argument.text;
    this.reject(line, `\`${line.verb.text}\` takes exactly one argument`, `write \`${usage}\``);
    return undefined;
  }

  #readGo(line: ModLine): void {
    const version = this.only(line, 'go 1.26.0');
    if (version === undefined) return;
    if (!GO_VERSION.test(version)) {
      this.reject(line, `invalid go version '${version}'`, 'write a version such as 1.26 or 1.26.0');
    } else if (this.shared.go === undefined) {
      this.shared.go = { version, span: line.span };
    } else {
      this.reject(line, 'repeated go statement', `remove it: line ${this.shared.go.span.line} has one`);
    }
  }

  #readToolchain(line: ModLine): void {
    const name = this.only(line, 'toolchain go1.26.0');
    if (name === undefined) return;
    if (!TOOLCHAIN.test(name)) {
      this.reject(line, `invalid toolchain '${name}'`, 'write a name such as go1.26.0, or default');
    } else if (this.shared.toolchain === undefined) {
      this.shared.toolchain = { name, span: line.span };
    } else {
      this.reject(line, 'repeated toolchain statement', `remove it: line ${this.shared.toolchain.span.line} has one`);
    }
  }

  #readReplace(line: ModLine): void {
    const words = line.args.map(({ text }) => text);
    const arrow = words.indexOf('=>');
    const [path, version] = words.slice(0, Math.max(0, arrow));
    const [target, targetVersion] = words.slice(arrow + 1);
    const isWellFormed = (arrow === 1 || arrow === 2) && words.length - arrow <= 3;
    if (!isWellFormed || path === undefined || target === undefined) {
      const usage = '`module/path [v1.2.3] => other/module v1.4.0` or `module/path [v1.2.3] => ../folder`';
      this.reject(line, 'malformed replace', `write ${usage}`);
      return;
    }
    if (isFolder(target) === (targetVersion !== undefined)) {
      this.#rejectTarget(line, target);
      return;
    }
    this.shared.replace.push({
      path,
      ...(version === undefined ? {} : { version }),
      with: target,
      ...(targetVersion === undefined ? {} : { withVersion: targetVersion }),
      span: line.span,
    });
  }

  #rejectTarget(line: ModLine, target: string): void {
    if (isFolder(target)) this.reject(line, `the folder ${target} cannot have a version`, 'remove the version');
    else this.reject(line, `${target} has no version`, 'add one; a folder begins with ./, ../ or /');
  }

  /** Each unknown verb once: a file of another kind would have it on every line. */
  #reportUnknown(line: ModLine, known: readonly string[]): void {
    const { text, span } = line.verb;
    if (this.#unknown.has(text)) return;
    this.#unknown.add(text);
    const meant = suggest(text, known);
    this.#report({
      code: 'go/unknown-directive',
      severity: 'warning',
      message: `unknown directive \`${text}\``,
      span,
      help: meant === undefined ? 'it is passed over' : `it is passed over; did you mean \`${meant}\`?`,
    });
  }

  #report(diagnostic: Diagnostic): void {
    if (this.diagnostics.length < MAX_PROBLEMS) this.diagnostics.push(diagnostic);
  }

  #reportConflict(text: string): boolean {
    const line = text.includes('<<<<<<< ') ? text.split('\n').findIndex((each) => each.startsWith('<<<<<<< ')) : -1;
    if (line === -1) return false;
    this.diagnostics.push({
      code: 'go/merge-conflict',
      severity: 'error',
      message: `${this.#file} has an unresolved merge conflict`,
      span: { file: this.#file, line: line + 1, column: 1, endColumn: 8 },
      help: 'resolve the conflict and remove its markers',
    });
    return true;
  }
}

function isFolder(path: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(path);
}
