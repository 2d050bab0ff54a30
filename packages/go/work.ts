import type { Diagnosed } from '#diagnostics';
import { DirectiveReader } from './mod-directives.js';
import type { ModLine } from './mod-lines.js';
import type { GoWork } from './types.js';

/** Reads a go.work, with the diagnostics of go.mod. With conflict markers (`go/merge-conflict`) it is empty. */
export function parseGoWork(file: string, text: string): Diagnosed<GoWork> {
  const reader = new DirectiveReader(file);
  const use: GoWork['use'][number][] = [];
  const own = {
    use(line: ModLine): void {
      const path = reader.only(line, 'use ./folder');
      if (path !== undefined) use.push({ path, span: line.span });
    },
  };
  reader.read(text, own, []);
  return { value: { file, ...reader.shared, use }, diagnostics: reader.diagnostics };
}
