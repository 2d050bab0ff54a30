const OPERATOR = String.raw`(&&|\|\||[;|&()\n])`;
const COMMENT = String.raw`(?<=^|[\s;|&()])#[^\n]*`;
const PIECE = String.raw`\\([^])|'([^']*)'|"([^"\\]*(?:\\[^][^"\\]*)*)"|([^\s;|&()'"\\]+|[^])`;
const TOKEN = new RegExp(String.raw`${OPERATOR}|(?:[ \t\r]|\\\n)+|${COMMENT}|${PIECE}`, 'g');

/**
 * The simple commands of a shell text, each as its words without quotes. Variables and substitutions stay as they are
 * written.
 */
export function splitShellCommands(text: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (const [, operator, escaped, single, double, plain] of text.matchAll(TOKEN)) {
    const piece = escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? plain;
    if (piece !== undefined) word = (word ?? '') + piece;
    else if (operator === undefined) endWord();
    else endCommand();
  }
  endCommand();
  return commands;
}
