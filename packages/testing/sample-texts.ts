/** Texts of small manifests and sources, as specs need them again and again. */

/** A Cargo.toml. `types`: crate types of its library; `more`: further tables. */
export function crateToml(name: string, types: readonly string[] = [], more = ''): string {
  const library = types.length === 0 ? '' : `[lib]\ncrate-type = ${JSON.stringify(types)}\n`;
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${library}${more}`;
}

/** A go.mod. */
export function goMod(path: string, more = ''): string {
  return `module ${path}\n\ngo 1.26\n${more}`;
}

/** A Go file with the lines as the preamble of `import "C"`; the first stands on line 4 of the file. */
export function cgoFile(...lines: readonly string[]): string {
  return `package p\n\n/*\n${lines.join('\n')}\n*/\nimport "C"\n`;
}
