import { findTemplateMark, type Diagnosed, type Diagnostic } from '#diagnostics';
import { DirectiveReader } from './mod-directives.js';
import type { ModLine, ModWord } from './mod-lines.js';
import type { GoMod, GoRequire } from './types.js';

const IGNORED = ['retract', 'tool', 'ignore'];

/**
 * Reads a go.mod. A line that Go would refuse is reported (`go/mod-syntax`, `go/bad-directive`) and left out, an
 * unknown directive is a warning (`go/unknown-directive`). Undefined without a module path (`go/missing-module`), which a
 * template may lack (`go/template`), and with conflict markers (`go/merge-conflict`).
 */
export function parseGoMod(file: string, text: string): Diagnosed<GoMod | undefined> {
  const reader = new DirectiveReader(file);
  const require: GoRequire[] = [];
  const exclude: GoMod['exclude'][number][] = [];
  let module: ModWord | undefined;
  const own = {
    module(line: ModLine): void {
      const path = reader.only(line, 'module example.com/name');
      if (path === undefined) return;
      if (module === undefined) module = line.args[0];
      else reader.reject(line, 'repeated module statement', `remove it: line ${module.span.line} has one`);
    },
    require(line: ModLine): void {
      require.push(...readRequire(reader, line));
    },
    exclude(line: ModLine): void {
      exclude.push(...readVersioned(reader, line).map(({ path, version }) => ({ path, version })));
    },
  };
  reader.read(text, own, IGNORED);
  const { diagnostics, shared } = reader;
  if (module === undefined) {
    const mark = findTemplateMark(text);
    if (mark !== undefined) return { value: undefined, diagnostics: [explainTemplate(file, mark)] };
    if (!diagnostics.some(({ severity }) => severity === 'error')) reportMissing(reader, file);
    return { value: undefined, diagnostics };
  }
  return { value: { file, module: module.text, moduleSpan: module.span, ...shared, require, exclude }, diagnostics };
}

function readRequire(reader: DirectiveReader, line: ModLine): GoRequire[] {
  const indirect = /^indirect(?:;|$)/.test(line.comment);
  return readVersioned(reader, line).map((module) => ({ ...module, indirect, span: line.span }));
}

/** The one module and version of a `require` or `exclude`; none, and a diagnostic, for another form. */
function readVersioned(reader: DirectiveReader, line: ModLine): { path: string; version: string }[] {
  const [path, version, ...more] = line.args;
  if (path !== undefined && version !== undefined && more.length === 0) {
    return [{ path: path.text, version: version.text }];
  }
  const verb = line.verb.text;
  reader.reject(line, `malformed ${verb}`, `write \`${verb} module/path v1.2.3\``);
  return [];
}

function explainTemplate(file: string, mark: string): Diagnostic {
  return {
    code: 'go/template',
    severity: 'error',
    message: `${file} has no module statement, but is a template with \`${mark}\``,
    span: { file, line: 1, column: 1 },
    help: 'write `module example.com/name`, or move the template away',
  };
}

function reportMissing(reader: DirectiveReader, file: string): void {
  reader.diagnostics.push({
    code: 'go/missing-module',
    severity: 'error',
    message: `${file} has no module statement`,
    span: { file, line: 1, column: 1 },
    help: 'add `module example.com/name`, or remove the file',
  });
}
