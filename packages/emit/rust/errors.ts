import { placeholdersOf, type ErrorCode, type ErrorDomain } from '#contract';
import { docComment } from '../docs.js';
import { assignment, indent, matchArm, rustString } from './layout.js';
import { codeEnumName, typeName } from './names.js';

/** The codes of an error domain as an enum, and the error type of the methods that fail with them. */
export function printErrorDomain(domain: ErrorDomain): string[] {
  const codes = codeEnumName(domain.name);
  const error = typeName(domain.name);
  return [
    ...docComment('///', domain.doc, `The errors of \`${domain.fullName}\`.`),
    ...assignment(`pub type ${error}`, `grout::Error<${codes}>`, 0),
    '',
    `/// The codes of [\`${error}\`]; \`code.error(message)\` makes an error.`,
    '#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]',
    `pub enum ${codes} {`,
    ...indent(domain.codes.flatMap((code) => [...codeDoc(code), `${typeName(code.name)} = ${code.number},`])),
    '}',
    '',
    `impl ${codes} {`,
    ...indent([
      '/// An error with this code. The message is for people, on both sides.',
      '#[must_use]',
      '#[track_caller]',
      `pub fn error(self, message: impl Into<String>) -> ${error} {`,
      '    grout::Error::new(self, message)',
      '}',
    ]),
    '}',
    '',
    `impl grout::ErrorCode for ${codes} {`,
    ...indent(printFacts(domain)),
    '}',
  ];
}

/** Says in what to give an error what its hint shows: nothing else does, until a hint with a gap is read. */
function codeDoc({ doc, hint }: ErrorCode): string[] {
  const names = placeholdersOf(hint);
  if (names.length === 0) return docComment('///', doc);
  const calls = names.map((name) => `.with("${name}", …)`).join('');
  return docComment('///', [doc, `Its hint shows arguments: \`${calls}\`.`].join('\n\n'));
}

function printFacts({ fullName, codes }: ErrorDomain): string[] {
  return [
    ...assignment("const DOMAIN: &'static str", rustString(fullName), 4),
    '',
    'fn number(self) -> i32 {',
    '    self as i32',
    '}',
    '',
    'fn from_number(number: i32) -> Option<Self> {',
    '    match number {',
    ...indent(
      indent(codes.flatMap(({ name, number }) => matchArm(String(number), `Some(Self::${typeName(name)})`, 12))),
    ),
    '        _ => None,',
    '    }',
    '}',
    ...printFact("fn name(self) -> &'static str", codes, ({ name }) => rustString(name)),
    ...(codes.some(({ hint }) => hint !== '')
      ? printFact("fn hint(self) -> &'static str", codes, ({ hint }) => rustString(hint))
      : []),
    ...(codes.some(({ retry }) => retry !== 'unspecified')
      ? printFact('fn retry(self) -> grout::Retry', codes, ({ retry }) => `grout::Retry::${typeName(retry)}`)
      : []),
    ...(codes.some(({ canonical }) => canonical !== undefined)
      ? printFact('fn canonical(self) -> grout::Canonical', codes, ({ canonical }) =>
          canonical === undefined ? 'self.retry().canonical()' : `grout::Canonical::${typeName(canonical)}`,
        )
      : []),
    ...(codes.some(({ redact }) => redact)
      ? printFact('fn redacts_message(self) -> bool', codes, ({ redact }) => String(redact))
      : []),
  ];
}

function printFact(head: string, codes: readonly ErrorCode[], value: (code: ErrorCode) => string): string[] {
  const arms = codes.flatMap((code) => matchArm(`Self::${typeName(code.name)}`, value(code), 12));
  return ['', `${head} {`, '    match self {', ...indent(indent(arms)), '    }', '}'];
}
