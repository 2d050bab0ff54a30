import type { Diagnostic, Span } from '#diagnostics';

/** A name of the contract with how one language spells it. */
export interface NamedDeclaration {
  readonly name: string;
  readonly span: Span;
  readonly spelled: string;
}

/** A declaration with its spelling. */
export function named(declaration: { readonly name: string; readonly span: Span }, spelled: string): NamedDeclaration {
  return { name: declaration.name, span: declaration.span, spelled };
}

/** Reports names of one scope that are spelled alike, or like one that the generated code has already. */
export function findClashes(
  language: string,
  declarations: readonly NamedDeclaration[],
  reserved: Readonly<Record<string, string>>,
): Diagnostic[] {
  const seen = new Map<string, NamedDeclaration>();
  const diagnostics: Diagnostic[] = [];
  for (const declaration of declarations) {
    const { name, span, spelled } = declaration;
    const first = seen.get(spelled);
    const owner = Object.hasOwn(reserved, spelled) ? reserved[spelled] : undefined;
    if (first !== undefined) {
      const place = `${first.span.file}:${first.span.line}:${first.span.column}`;
      diagnostics.push(clash(`${name} and ${first.name} (${place}) are both ${spelled} in ${language}`, span));
    } else if (owner !== undefined) {
      diagnostics.push(clash(`${name} is ${spelled} in ${language}, which is ${owner}`, span));
    } else {
      seen.set(spelled, declaration);
    }
  }
  return diagnostics;
}

function clash(message: string, span: Span): Diagnostic {
  return { code: 'emit/name-clash', severity: 'error', message, span, help: 'choose another name in the contract' };
}
