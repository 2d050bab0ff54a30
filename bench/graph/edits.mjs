// Edits to files of a workspace, and how they are taken back.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD } from './baseline-plugin.mjs';

/** The text with a comment behind it that no other number gives. */
export function withComment(path, text, number) {
  return `${text}${path.endsWith('.toml') ? '#' : '//'} edit ${number}\n`;
}

/** Changes the file for as long as the work takes. */
export function whileEdited(folder, path, number, work) {
  const file = join(folder, path);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, withComment(path, original, number));
  try {
    return work();
  } finally {
    writeFileSync(file, original);
  }
}

/**
 * Gives a crate that nothing depends on another name, which `nx show projects` then has to show. The lockfile follows, so
 * that no tool has a reason to write it, and so does the recorded graph where there is one.
 */
export function renameCrate(folder, manifest, from, to) {
  for (const path of [manifest, 'Cargo.lock']) rename(join(folder, path), `name = "${from}"`, `name = "${to}"`);
  const record = join(folder, RECORD);
  if (existsSync(record)) rename(record, JSON.stringify(from), JSON.stringify(to));
}

function rename(file, from, to) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, text.replaceAll(from, to));
}
