/**
 * What cargo reads from a build script's output that names a path.
 * Format: https://doc.rust-lang.org/cargo/reference/build-scripts.html#outputs-of-the-build-script
 */
const DIRECTIVE = /^cargo::?(?:rerun-if-changed=|rustc-link-search=(?:(?:native|dependency|crate|framework|all)=)?)/;

/** Where the path begins in a text that tells cargo one; 0 for any other text. */
export function endOfDirective(text: string): number {
  return DIRECTIVE.exec(text)?.[0].length ?? 0;
}

/** Whether a text tells cargo of a folder for linkers to search. */
export function isLinkSearch(text: string): boolean {
  return /^cargo::?rustc-link-search=/.test(text);
}
