import type { Field } from '#contract';
import type { Bridge } from '../bridge.js';
import { bufferAlignment } from '../borrowing.js';
import { uncopiedLeaves, type Call } from '../crossing.js';
import { goString, indent, type GoFile } from './go-file.js';
import { exportedName } from './names.js';

/** What users make buffers with: of memory that comes from wherever clients are connected to. */
export function printNewBuffer(file: GoFile, { contract, layout }: Bridge): void {
  const align = bufferAlignment(contract);
  const where = align > 1 ? `, and starts at a multiple of ${align}` : '';
  file.add(
    `// NewBuffer makes memory in Rust for bytes that a call gives away. It is zero at first${where}.`,
    '// The call that is passed the buffer takes it, whatever the call returns. Release one that is passed to none.',
    `func NewBuffer(size int) (*${file.grout('Buffer')}, error) {`,
    ...indent([
      `if err := ${file.grout('CheckBufferSize')}(size); err != nil {`,
      '\treturn nil, err',
      '}',
      'if _, err := connectOnce(); err != nil {',
      `\treturn nil, ${file.std('fmt', 'Errorf')}("${layout.go.package}: %w", err)`,
      '}',
      'return allocateBuffer(size)',
    ]),
    '}',
  );
}

/** How the linked library makes and frees them. */
export function printBuffersOfRust(file: GoFile, { contract, names }: Bridge): void {
  file.add(
    '// allocateBuffer makes a buffer of memory of the library.',
    `func allocateBuffer(size int) (*${file.grout('Buffer')}, error) {`,
    `\tvar memory ${file.grout('ForeignView')}`,
    `\tC.${names.newBuffer}(C.size_t(size), (*C.grout_view)(${file.std('unsafe', 'Pointer')}(&memory)))`,
    `\treturn memory.Buffer(${goString(contract.package)}, size, freeBuffer)`,
    '}',
  );
  file.add(
    '// freeBuffer gives back a buffer that no call has taken.',
    'func freeBuffer(owner uintptr) {',
    `\tC.${names.freeBuffer}(C.uintptr_t(owner))`,
    '}',
  );
}

/** How they are made where fakes stand in for the library. */
export function printBuffersOfGo(file: GoFile, { contract }: Bridge): void {
  file.add(
    '// allocateBuffer makes a buffer of memory of Go.',
    `func allocateBuffer(size int) (*${file.grout('Buffer')}, error) {`,
    `\treturn ${file.grout('NewGoBuffer')}(${goString(contract.package)}, size, ${bufferAlignment(contract)}), nil`,
    '}',
  );
}

/** The same where nothing is connected. */
export function printNoBuffers(file: GoFile): void {
  file.add(
    '// allocateBuffer is not reached, as there is nothing to connect to.',
    `func allocateBuffer(int) (*${file.grout('Buffer')}, error) {`,
    '\t_, err := connect()',
    '\treturn nil, err',
    '}',
  );
}

/** What a call does with the buffers of its request. */
export function printTaking(file: GoFile, message: string, buffers: readonly Field[]): void {
  file.add(
    '// takeBuffers makes the buffers those of a call: who passed them has closed ones. It fails when one was closed before,',
    '// and frees the others.',
    `func (m *${message}) takeBuffers() error {`,
    ...indent([
      `var taker ${file.grout('BufferTaker')}`,
      ...buffers.map(({ name }) => {
        const value = `m.${exportedName(name)}`;
        return `${value} = taker.Take(${goString(name)}, ${value})`;
      }),
      'err := taker.Err()',
      'if err != nil {',
      '\tm.discardBuffers()',
      '}',
      'return err',
    ]),
    '}',
  );
  file.add(
    '// discardBuffers frees the buffers that were not given away.',
    `func (m *${message}) discardBuffers() {`,
    ...indent(buffers.map(({ name }) => `m.${exportedName(name)}.Discard()`)),
    '}',
  );
}

/** Refuses what the library could not free, at the start of a method that crosses; what is not given away is freed. */
export function printMakerChecks({ contract }: Bridge, { request }: Call, zero: string): string[] {
  const buffers = uncopiedLeaves(request);
  if (buffers.length === 0) return [];
  return [
    'defer req.discardBuffers()',
    ...buffers.flatMap(({ field: { name } }) => [
      `if err := req.${exportedName(name)}.CheckMaker(${goString(name)}, ${goString(contract.package)}); err != nil {`,
      `\treturn ${zero}, err`,
      '}',
    ]),
  ];
}
