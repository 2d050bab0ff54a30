import { applyEdits, modify, parse, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import { lineEndOf } from './text-places.js';

/** Name under which Nx knows this plugin, and its generator that keeps generated code up to date. */
const pluginName = 'nx-grout';
const syncGenerator = `${pluginName}:sync`;

/**
 * Enters the plugin and its sync generator in nx.json as edits of its text: comments, order and formatting stay. What is
 * there already, as a string or with options, is left alone, so that a second time changes nothing.
 */
export function registerPlugin(text: string): string {
  const nxJson = parse(text) as { plugins?: unknown; sync?: { globalGenerators?: unknown } } | undefined;
  const plugins = listOf(nxJson?.plugins);
  const isRegistered = plugins.some((entry) => entry === pluginName || pluginOf(entry) === pluginName);
  const registered = isRegistered ? text : append(text, ['plugins'], plugins.length, pluginName);
  const generators = listOf(nxJson?.sync?.globalGenerators);
  if (generators.includes(syncGenerator)) return registered;
  return append(registered, ['sync', 'globalGenerators'], generators.length, syncGenerator);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function pluginOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'plugin' in entry ? entry.plugin : undefined;
}

/** Adds an item to the end of a list, which need not be there yet. */
function append(text: string, list: JSONPath, length: number, item: string): string {
  const formattingOptions: FormattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: lineEndOf(text) };
  const edits =
    length === 0
      ? modify(text, list, [item], { formattingOptions })
      : modify(text, [...list, length], item, { formattingOptions, isArrayInsertion: true });
  return applyEdits(text, edits);
}
