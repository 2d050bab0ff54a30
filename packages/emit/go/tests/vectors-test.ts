import type { Message } from '#contract';
import { relativePath } from '#paths';
import type { Bridge } from '../../bridge.js';
import { packableTypes, typesBeyond } from '../../packed-types.js';
import { vectorsPath } from '../../vectors/place.js';
import { vectorsDigest, vectorsOf } from '../../vectors/vectors.js';
import { goString, GoFile, indent, packingTag } from '../go-file.js';
import { declaredName } from '../go-types.js';
import { packFunction, PackPrinter } from '../pack.js';
import { Literals } from './literals.js';
import { valueMessages } from '../../members.js';

/** vectors.gen_test.go: how the messages of the contract are packed, checked against what Rust checks as well. */
export function printVectorsTest(bridge: Bridge): string {
  const { contract, layout } = bridge;
  const file = new GoFile(bridge, { buildTag: packingTag(bridge) });
  const path = goString(relativePath(layout.go.folder, vectorsPath(layout)));
  file.add(
    '// boundaryVectors are the messages and bytes that both sides of the bridge check.',
    `func boundaryVectors(t ${file.std('testing', 'TB')}) ${file.grout('Vectors')} {`,
    ...indent([
      't.Helper()',
      `vectors, err := ${file.grout('ReadVectors')}(${path}, ${goString(vectorsDigest(contract))})`,
      'if err != nil {',
      '\tt.Fatal(err)',
      '}',
      'return vectors',
    ]),
    '}',
  );
  printChecks(file);
  printFuzzTargets(file, valueMessages(contract));
  printCodecs(file, valueMessages(contract));
  printValues(file, bridge);
  printRest(file, bridge);
  return file.render();
}

function printChecks(file: GoFile): void {
  const t = `t *${file.std('testing', 'T')}`;
  file.add(
    '// Proves L5, one value has one encoding, and L4, which it is: a message is packed to the bytes that the contract',
    "// gives, and these are unpacked to the message. Expected: byte for byte what Rust's tests of the same vectors have.",
    `func TestBoundaryVectorsAreAccepted(${t}) {`,
    '\tboundaryVectors(t).CheckAccepted(t, boundaryCodecs, boundaryValues())',
    '}',
  );
  file.add(
    '// Proves L6, bytes are not believed: what is not the encoding of a message is refused. Expected: INVALID_RESPONSE in',
    '// the words that Rust uses too, with the path of the field and, where the bytes are at fault, their place.',
    `func TestBoundaryVectorsAreRefused(${t}) {`,
    '\tboundaryVectors(t).CheckRefused(t, boundaryCodecs)',
    '}',
  );
}

/** One fuzz target for each message, as `go test -fuzz` runs one at a time. */
function printFuzzTargets(file: GoFile, messages: readonly Message[]): void {
  const parameter = `f *${file.std('testing', 'F')}`;
  file.add(
    '// Proves L6 and L5 of any bytes: what is unpacked to a message is what the message is packed to, but for the order of',
    '// maps. Expected: the same bytes, or INVALID_RESPONSE; never a panic.',
    `func fuzzBoundary(${parameter}, message string) {`,
    ...indent([
      'f.Helper()',
      'for _, seed := range boundaryVectors(f).Seeds(message) {',
      '\tf.Add(seed)',
      '}',
      'codec := boundaryCodecs[message]',
      `f.Fuzz(func(t *${file.std('testing', 'T')}, packed []byte) { codec.CheckBytes(t, packed) })`,
    ]),
    '}',
  );
  for (const { fullName } of messages) {
    const target = `func FuzzBoundary${declaredName(file.contract, fullName)}(${parameter}) {`;
    file.add(target, `\tfuzzBoundary(f, ${goString(fullName)})`, '}');
  }
}

function printCodecs(file: GoFile, messages: readonly Message[]): void {
  const width = Math.max(...messages.map(({ fullName }) => fullName.length + 3));
  const entries = messages.map(({ fullName }) => {
    const [pack, unpack] = (['pack', 'unpack'] as const).map((it) => packFunction(file.contract, it, fullName));
    return `${`${goString(fullName)}:`.padEnd(width)} ${file.grout('CodecOf')}(${pack ?? ''}, ${unpack ?? ''}),`;
  });
  file.add(
    '// boundaryCodecs has how each message of the contract is packed and unpacked.',
    `var boundaryCodecs = map[string]${file.grout('Codec')}{`,
    ...indent(entries),
    '}',
  );
}

function printValues(file: GoFile, { contract }: Bridge): void {
  const literals = new Literals(file);
  const entries = vectorsOf(contract).accepted.flatMap(({ message, name, sample }) => {
    if (sample === undefined) return [];
    const [first = '', ...rest] = literals.message(sample.value);
    const lines = [`values[${goString(`${message.fullName}: ${name}`)}] = ${first}`, ...rest];
    return lines;
  });
  file.add(
    '// boundaryValues are the messages of the vectors that are accepted, by their names.',
    'func boundaryValues() map[string]any {',
    ...indent(['values := map[string]any{}', ...entries, 'return values']),
    '}',
  );
}

/** What calls do not need: they flatten it, or use it in one direction only. */
function printRest(file: GoFile, { contract, packed }: Bridge): void {
  const printer = new PackPrinter(file);
  const all = packableTypes(contract);
  printer.printTypes('pack', typesBeyond(all, packed.byGo));
  printer.printTypes('unpack', typesBeyond(all, packed.byRust));
}
