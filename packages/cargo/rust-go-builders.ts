import type { RustTokens } from './rust-tokens.js';

/** Parts of names of crates and functions that build Go code. */
const TOOL = /^(?:rust2go|gobuild|cgo)$/;
const LANGUAGE = /^(?:c?go|golang)$/;
const BUILDING = /^(?:build|builds|builder|compile|compiler|archive|src)$/;

/**
 * Whether the word at the index is a crate or function that builds Go code: `rust2go::`, `.with_go_src(`, `build_go(`. One
 * that only reads Go files, as `parse_go(`, is none.
 */
export function isGoBuilder(tokens: RustTokens, index: number): boolean {
  const parts = tokens.word(index)?.split('_');
  if (parts === undefined) return false;
  const isTool = parts.some((part) => TOOL.test(part));
  const isBuilding = parts.some((part) => LANGUAGE.test(part)) && parts.some((part) => BUILDING.test(part));
  if (tokens.is(index + 1, ':', ':')) return isTool || isBuilding;
  return isBuilding && tokens.is(index + 1, '(') && !tokens.is(index - 1, 'fn');
}
