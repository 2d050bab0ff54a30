/**
 * The words of an identifier, in lower case: `customer_id`, `customerId` and `CustomerID` give `customer`, `id`.
 * Digits stay with the word before them. Both naming rooms spell from these words.
 */
export function splitWords(identifier: string): string[] {
  const words = identifier.match(/[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** `greet`, `2nd` → `Greet`, `2nd`. */
export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `customer_id`. */
export const snakeCase = remembered((identifier) => splitWords(identifier).join('_'));

/** A spelling that looks up what it has spelled before: each printer asks for the same names, dozens of times. */
export function remembered(spell: (identifier: string) => string): (identifier: string) => string {
  const known = new Map<string, string>();
  return (identifier) => {
    const spelled = known.get(identifier) ?? spell(identifier);
    known.set(identifier, spelled);
    return spelled;
  };
}
