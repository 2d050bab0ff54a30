import type { Bridge } from '../../bridge.js';
import { bufferFields, viewMessages } from '../../borrowing.js';
import { limitedFields, type LimitedField } from '../../limits.js';
import { valueMessages } from '../../members.js';
import { copiedMessages, copyFunction } from '../copy.js';
import { goString, GoFile, indent, packingTag } from '../go-file.js';
import { declaredName, GoTypes } from '../go-types.js';
import { exportedName } from '../names.js';
import { Generators } from './generators.js';

/** property.gen_test.go: what holds for every value of every message, checked of values that rapid makes up. */
export function printPropertyTest(bridge: Bridge): Readonly<Record<string, string>> {
  if (bridge.layout.propertyTests !== true) return {};
  const file = new GoFile(bridge, { buildTag: packingTag(bridge) });
  const generators = new Generators(file);
  printRoundTrips(file, generators);
  printLimits(file, generators, limitsIn(bridge));
  generators.print();
  return { 'property.gen_test.go': file.render() };
}

function printRoundTrips(file: GoFile, generators: Generators): void {
  const t = `t *${file.std('testing', 'T')}`;
  const checks = valueMessages(file.contract).map(
    ({ fullName }) => `boundaryRoundTrip(t, ${goString(fullName)}, ${generators.ofMessage(fullName)})`,
  );
  file.add(
    '// Proves L4, L5, L11 and L12 of any value: a message is packed to bytes that are unpacked to it, and these packed to the',
    '// same bytes, but for the order of maps. Expected: the message as it was, whatever is empty, absent or has no name.',
    `func TestBoundaryRoundTrips(${t}) {`,
    ...indent(checks),
    '}',
  );
  file.add(
    `func boundaryRoundTrip[T any](${t}, message string, values *${generators.rapid('Generator')}[T]) {`,
    ...indent([
      't.Helper()',
      `t.Run(message, ${generators.rapid('MakeCheck')}(func(t *${generators.rapid('T')}) {`,
      '\tboundaryCodecs[message].CheckValue(t, values.Draw(t, "message"))',
      '}))',
    ]),
    '}',
  );
}

/**
 * Limits of what the mock copies: in Go nothing else looks at them, as Rust does when messages cross. Views and buffers
 * would have to be released.
 */
function limitsIn(bridge: Bridge): LimitedField[] {
  const { contract, implementedIn } = bridge;
  if (implementedIn !== 'rust') return [];
  const copied = copiedMessages(bridge);
  return limitedFields(contract).filter(({ message }) => {
    const hasBuffers = message.fields.some(({ fullName }) => bufferFields(contract).has(fullName));
    return copied.includes(message) && !hasBuffers && !viewMessages(contract).has(message.fullName);
  });
}

function printLimits(file: GoFile, generators: Generators, limits: readonly LimitedField[]): void {
  if (limits.length === 0) return;
  file.add(
    '// Proves L8 of any length, and C10, the mock is what it stands for: a message with one field that may be too long.',
    '// Expected: it is refused when it is, with the path of the field, in the words that Rust uses too.',
    `func TestBoundaryLimits(t *${file.std('testing', 'T')}) {`,
    ...indent(limits.flatMap((limit) => printLimit(file, generators, limit))),
    '}',
  );
}

function printLimit(file: GoFile, generators: Generators, limit: LimitedField): string[] {
  const { message, member, field, path, around } = limit;
  const drawn = `${generators.ofLength(field, around)}.Draw(t, ${goString(field.name)})`;
  const copy = copyFunction(declaredName(file.contract, message.fullName));
  return [
    `t.Run(${goString(`${message.fullName}.${path}`)}, ${generators.rapid('MakeCheck')}(func(t *${generators.rapid('T')}) {`,
    ...indent([
      `message := ${generators.ofMessage(message.fullName)}.Draw(t, "message")`,
      `value := ${drawn}`,
      `message.${exportedName(member.name)} = ${taken(file, limit)}`,
      `${file.grout('CheckLimit')}(t, message, ${copy}, ${goString(path)}, len(value), ${field.maxLen})`,
    ]),
    '}))',
  ];
}

/** The value as the message has it. */
function taken(file: GoFile, { message, member, field }: LimitedField): string {
  if (member.kind === 'oneof') return `${new GoTypes(file).alternative(message, member, field)}{Value: value}`;
  return field.cardinality === 'optional' && field.type.kind === 'string' ? '&value' : 'value';
}
