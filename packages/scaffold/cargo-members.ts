import { isMember } from '#cargo';
import type { Diagnosed, Diagnostic } from '#diagnostics';
import { appendParagraph, insertAt, lineEndOf, spanAt } from './text-places.js';
import { addToArray } from './toml-array-edit.js';
import { parseTomlStatements, type TomlStatements } from './toml-statements.js';
import { isTable, parseToml, type TomlTable } from './toml.js';

/** What to add to a Cargo workspace; folders are relative to the manifest's folder, posix. */
export interface CargoMembers {
  readonly members: readonly string[];
  /** Folders of crates that stand alone: where a workspace is made around them, they are excluded and stay as they are. */
  readonly standalone: readonly string[];
}

/**
 * Adds members to the workspace of a Cargo.toml as an edit of its text: comments, order and formatting stay. A member
 * that the workspace already has, by its path or by a glob, is not added again.
 *
 * @param text undefined when there is no such file yet
 * @returns undefined when the manifest is broken, or is written in a way that cannot be edited in place
 */
export function addCargoMembers(
  file: string,
  text: string | undefined,
  change: CargoMembers,
): Diagnosed<string | undefined> {
  const newWorkspace = workspaceLines(change);
  if (text === undefined) {
    const [header = '', ...rest] = newWorkspace;
    return { value: `${[header, 'resolver = "3"', ...rest].join('\n')}\n`, diagnostics: [] };
  }
  const { value: manifest, diagnostics } = parseToml(file, text);
  if (manifest === undefined) return { value: undefined, diagnostics };
  const { workspace } = manifest as { workspace?: unknown };
  if (!isTable(workspace)) return verify(file, text, appendParagraph(text, newWorkspace), change.members);
  const lists = listsOf(workspace);
  const missing = change.members.filter((member) => !isMember(member, lists));
  return verify(file, text, missing.length === 0 ? text : addMissing(text, missing), missing);
}

function workspaceLines({ members, standalone }: CargoMembers): string[] {
  const list = (key: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`${key} = [`, ...items.map((item) => `    ${JSON.stringify(item)},`), ']'];
  return ['[workspace]', ...list('members', members), ...list('exclude', standalone)];
}

function listsOf(workspace: TomlTable): Parameters<typeof isMember>[1] {
  const { members, exclude } = workspace as { members?: unknown; exclude?: unknown };
  return { members: stringsOf(members), exclude: stringsOf(exclude) };
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function addMissing(text: string, missing: readonly string[]): string {
  const statements = parseTomlStatements(text);
  const pair = statements.pairs.find(({ path }) => path.join('\u0000') === 'workspace\u0000members');
  if (pair !== undefined) return addToArray(text, pair, missing);
  const header = statements.headers.find(({ path }) => path.length === 1 && path[0] === 'workspace');
  const [tableLine = '', ...lines] = workspaceLines({ members: missing, standalone: [] });
  if (header === undefined) return appendParagraph(text, [tableLine, ...lines]);
  return insertAt(text, header.end, lines.map((line) => `${lineEndOf(text)}${line}`).join(''));
}

/** The safety of text edits: parsed again, the manifest must say the same as before and have the members. */
function verify(file: string, before: string, after: string, added: readonly string[]): Diagnosed<string | undefined> {
  const [old, edited] = [parseToml(file, before).value, parseToml(file, after).value];
  const { workspace } = { ...edited } as { workspace?: unknown };
  const members = isTable(workspace) ? stringsOf((workspace as { members?: unknown }).members) : [];
  const isSound = added.every((member) => members.includes(member)) && sameBut(old, edited, added);
  if (isSound) return { value: after, diagnostics: [] };
  return { value: undefined, diagnostics: [cannotEdit(file, before, parseTomlStatements(before), added)] };
}

/** Whether two manifests say the same, but for the workspace's added members and what a new workspace excludes. */
function sameBut(before: TomlTable | undefined, after: TomlTable | undefined, added: readonly string[]): boolean {
  if (before === undefined || after === undefined) return false;
  const rest = (manifest: TomlTable): string => {
    const { workspace, ...others } = manifest as { workspace?: TomlTable };
    const { members, exclude, ...own } = workspace ?? {};
    const kept = stringsOf(members).filter((member) => !added.includes(member));
    const excluded = (before as { workspace?: unknown }).workspace === undefined ? undefined : exclude;
    return JSON.stringify([others, own, kept, excluded]);
  };
  return rest(before) === rest(after);
}

function cannotEdit(file: string, text: string, statements: TomlStatements, added: readonly string[]): Diagnostic {
  const place = statements.pairs.find(({ path }) => path[0] === 'workspace');
  return {
    code: 'scaffold/cannot-edit',
    severity: 'error',
    message: `the members of ${file} are written in a way that cannot be added to`,
    span: place === undefined ? { file, line: 1, column: 1 } : spanAt(file, text, place.keyStart, place.keyEnd),
    help: `add ${added.map((member) => `"${member}"`).join(', ')} to the workspace's members, then run this again`,
  };
}
