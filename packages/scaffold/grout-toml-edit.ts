import type { WorkspacePath } from '#paths';
import { appendParagraph } from './text-places.js';
import { parseTomlStatements } from './toml-statements.js';

/** The text of a new grout.toml. */
export const groutTomlHeader = `# Facts of this workspace that its manifests cannot say; read by the Nx plugin nx-grout.
# \`nx g bridge-module <name>\` adds a bridge here, and \`nx sync\` keeps the generated code of each bridge up to date.
`;

/** Adds a bridge, and the place of the runtimes if there is none yet, at the end of grout.toml's text. */
export function addBridge(
  text: string | undefined,
  bridge: { readonly name: string; readonly directory: WorkspacePath; readonly propertyTests?: boolean },
  runtimeDirectory: WorkspacePath,
): string {
  let result = text ?? groutTomlHeader;
  const { pairs, headers } = parseTomlStatements(result);
  const hasRuntime = [...pairs, ...headers].some(({ path }) => path[0] === 'runtime');
  if (!hasRuntime) result = appendParagraph(result, ['[runtime]', `directory = ${JSON.stringify(runtimeDirectory)}`]);
  return appendParagraph(result, [
    `[bridges.${bridge.name}]`,
    `directory = ${JSON.stringify(bridge.directory)}`,
    ...(bridge.propertyTests === true ? ['property-tests = true'] : []),
  ]);
}
