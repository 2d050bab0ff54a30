import type { Enum, Field, Message } from '#contract';
import { docComment, docLines } from '../docs.js';
import { declarationOf, membersOf, namedValues, type Member, type OneofMember } from '../members.js';
import { printTaking } from './buffers.js';
import { goString, indent, type GoFile } from './go-file.js';
import { GoTypes } from './go-types.js';
import { alternativeName, constantName, exportedName, oneofName } from './names.js';

/** The struct of a message, and the types of its oneofs. */
export function printMessage(file: GoFile, message: Message): void {
  const types = new GoTypes(file);
  const name = exportedName(message.name);
  const doc = namedDoc(name, message.doc, `${name} is ${message.fullName}.`);
  const fields = membersOf(message).map((member) => ({
    name: exportedName(member.name),
    type: memberType(file, types, message, member),
    doc: declarationOf(member).doc,
    isRedacted: member.kind === 'field' && member.field.redact,
  }));
  if (fields.length === 0) file.add(...doc, `type ${name} struct{}`);
  else file.add(...doc, `type ${name} struct {`, ...indent(columns(fields, ({ type }) => type)), '}');
  if (fields.some(({ isRedacted }) => isRedacted)) printFormat(file, name, fields);
  const views = message.fields.filter((field) => types.isView(field) || types.holdsViews(field));
  if (views.length > 0) printRelease(file, types, name, views);
  const buffers = message.fields.filter((field) => types.isBuffer(field));
  if (buffers.length > 0) printTaking(file, name, buffers);
  for (const member of membersOf(message)) if (member.kind === 'oneof') printOneof(file, types, message, member);
}

function memberType(file: GoFile, types: GoTypes, message: Message, member: Member): string {
  if (member.kind === 'oneof') return oneofName(message, member);
  if (types.isView(member.field)) {
    const list = member.field.cardinality === 'repeated' ? '[]' : '';
    return `${list}*${file.grout(types.viewOf(member.field))}`;
  }
  return types.isBuffer(member.field) ? `*${file.grout('Buffer')}` : types.field(member.field);
}

/** A message with views, or with messages that have some, gives all of them back at once. */
function printRelease(file: GoFile, types: GoTypes, name: string, views: readonly Field[]): void {
  const releases = views.map((field) => {
    const value = `m.${exportedName(field.name)}`;
    if (field.cardinality !== 'repeated') return `${value}.Release()`;
    return `${file.grout(types.isView(field) ? 'ReleaseAll' : 'ReleaseItems')}(${value})`;
  });
  const [only = '', ...more] = releases;
  const released = more.length === 0 ? only : `${file.std('errors', 'Join')}(${releases.join(', ')})`;
  file.add(
    `// Release gives back what the message shows of Rust's bytes; a second time it fails with [${file.grout('ErrClosed')}].`,
    '// One that is nil, or came with an error, has nothing to release, and may be.',
    `func (m *${name}) Release() error {`,
    '\tif m == nil {',
    '\t\treturn nil',
    '\t}',
    `\treturn ${released}`,
    '}',
  );
}

function printOneof(file: GoFile, types: GoTypes, message: Message, member: OneofMember): void {
  const name = oneofName(message, member);
  const marker = `is${name}`;
  const alternatives = member.alternatives.map((field) => ({ field, name: alternativeName(message, member, field) }));
  const doc = member.oneof.doc === '' ? `${name} is one of the alternatives of ${member.oneof.fullName}.` : '';
  file.add(
    ...namedDoc(name, member.oneof.doc, doc),
    '//',
    '// It is nil, or one of:',
    ...alternatives.map((it) => `//   - [${it.name}]`),
    `type ${name} interface {`,
    `\t${marker}()`,
    '}',
  );
  for (const { field, name: alternative } of alternatives) {
    file.add(
      ...namedDoc(alternative, field.doc, `${alternative} is the alternative ${field.name} of [${name}].`),
      `type ${alternative} struct {`,
      `\tValue ${types.value(field.type)}`,
      '}',
    );
    if (field.redact) printFormat(file, alternative, [{ name: 'Value', isRedacted: true }]);
    file.add(`func (${alternative}) ${marker}() {}`);
  }
}

/** A struct with a redacted field formats itself, whatever the verb, and is a group in structured logs. */
function printFormat(
  file: GoFile,
  name: string,
  fields: readonly { readonly name: string; readonly isRedacted: boolean }[],
): void {
  const shown = fields.map((field) => {
    const value = field.isRedacted ? `${file.grout('Redacted')}{}` : `m.${field.name}`;
    return `{Name: ${goString(field.name)}, Value: ${value}},`;
  });
  file.add(
    '// shown is what may be shown of the message.',
    `func (m ${name}) shown() ${file.grout('Shown')} {`,
    `\treturn ${file.grout('Shown')}{`,
    ...indent(indent(shown)),
    '\t}',
    '}',
  );
  file.add(
    '// Format hides what the contract calls redacted.',
    `func (m ${name}) Format(state ${file.std('fmt', 'State')}, verb rune) {`,
    `\tm.shown().FormatAs(state, verb, ${goString(name)})`,
    '}',
  );
  file.add(
    '// LogValue hides what the contract calls redacted.',
    `func (m ${name}) LogValue() ${file.std('log/slog', 'Value')} {`,
    '\treturn m.shown().LogValue()',
    '}',
  );
  file.add(
    '// MarshalJSON hides what the contract calls redacted: JSON is what logs are made of. To keep the whole message as',
    '// JSON, copy it to a type of your own.',
    `func (m ${name}) MarshalJSON() ([]byte, error) {`,
    '\treturn m.shown().MarshalJSON()',
    '}',
  );
}

/** An open enum: a number that has no name is kept. */
export function printEnum(file: GoFile, declaration: Enum): void {
  const name = exportedName(declaration.name);
  file.add(...namedDoc(name, declaration.doc, `${name} is ${declaration.fullName}.`), `type ${name} int32`);
  const constants = declaration.values.map((value) => ({ ...value, name: constantName(declaration, value) }));
  file.add('const (', ...indent(columns(constants, ({ number }) => `${name} = ${String(number)}`)), ')');
  const values = namedValues(declaration);
  file.add(
    '// String is the name in the contract; a number without one is shown as it is.',
    `func (e ${name}) String() string {`,
    ...indent([
      'switch e {',
      ...values.flatMap((value) => [`case ${constantName(declaration, value)}:`, `\treturn ${goString(value.name)}`]),
      '}',
      `return ${goString(`${name}(`)} + ${file.std('strconv', 'Itoa')}(int(e)) + ")"`,
    ]),
    '}',
  );
}

/** Lines in gofmt's columns, which reach over what follows each other; what is documented begins a new group. */
function columns<T extends { readonly name: string; readonly doc: string }>(
  items: readonly T[],
  rest: (item: T) => string,
): string[] {
  const groups: T[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group === undefined || docLines(item.doc).length > 0) groups.push([item]);
    else group.push(item);
  }
  return groups.flatMap((group, at) => {
    const width = Math.max(...group.map(({ name }) => name.length));
    const lines = group.map((item) => `${item.name.padEnd(width)} ${rest(item)}`);
    return [...(at > 0 ? [''] : []), ...docComment('//', group[0]?.doc ?? ''), ...lines];
  });
}

/** Go's comments begin with the name of what they are on; one that does not gets it put before. */
export function namedDoc(name: string, doc: string, fallback: string): string[] {
  const [first] = docLines(doc);
  const text = first === undefined ? fallback : doc.trimStart();
  return docComment('//', first === undefined || first.startsWith(`${name} `) ? text : `${name}: ${text}`);
}
