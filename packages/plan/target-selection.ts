const SELECTING = /^--(?:lib|bins|examples|tests|benches|all-targets|workspace|all)$/;
const NAMING = /^(?:--(?:bin|example|test|bench|package|exclude)|-p)$/;
const NAMING_AT_ONCE = /^(?:--(?:bin|example|test|bench|package|exclude)=|-p.)/;

/**
 * Arguments for cargo without those that say which targets of which packages to build, for a call that is about one.
 * Source: https://doc.rust-lang.org/cargo/commands/cargo-build.html#target-selection
 */
export function withoutSelection(words: readonly string[]): string[] {
  return words.filter((word, index) => {
    const isValue = NAMING.test(words[index - 1] ?? '') && !word.startsWith('-');
    return !isValue && ![SELECTING, NAMING, NAMING_AT_ONCE].some((form) => form.test(word));
  });
}
