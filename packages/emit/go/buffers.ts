import type { Field } from '#contract';
import type { Bridge } from '../bridge.js';
import { bufferAlignment } from '../borrowing.js';
import { goString, indent, type GoFile } from './go-file.js';
import { exportedName } from './names.js';

/** What users make buffers with: of memory of the library, or of Go where none is linked. */
export function printNewBuffer(file: GoFile, { contract }: Bridge): void {
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
      'return allocateBuffer(size)',
    ]),
    '}',
  );
}

/** How the linked library makes and frees them. */
export function printBuffersOfRust(file: GoFile, { contract, layout, names }: Bridge): void {
  file.add(
    '// allocateBuffer makes a buffer of memory of the library.',
    `func allocateBuffer(size int) (*${file.grout('Buffer')}, error) {`,
    '\tif _, err := connectOnce(); err != nil {',
    `\t\treturn nil, ${file.std('fmt', 'Errorf')}("${layout.go.package}: %w", err)`,
    '\t}',
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

/** How they are made where no library is linked: for fakes, and for mocks that a client is made with. */
export function printBuffersOfGo(file: GoFile, { contract }: Bridge): void {
  file.add(
    '// allocateBuffer makes a buffer of memory of Go.',
    `func allocateBuffer(size int) (*${file.grout('Buffer')}, error) {`,
    `\treturn ${file.grout('NewGoBuffer')}(${goString(contract.package)}, size, ${bufferAlignment(contract)}), nil`,
    '}',
  );
}

/** What a call does with the buffers of its request. */
export function printTaking(file: GoFile, message: string, buffers: readonly Field[]): void {
  const maker = file.contract.package;
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
    `// checkBuffers refuses a buffer that is not for ${maker}: its library could not free it.`,
    `func (m *${message}) checkBuffers() error {`,
    ...indent(
      buffers.flatMap(({ name }, at) => {
        const check = `${file.grout('CheckMaker')}(${goString(name)}, m.${exportedName(name)}, ${goString(maker)})`;
        const isLast = at === buffers.length - 1;
        return isLast ? [`return ${check}`] : [`if err := ${check}; err != nil {`, '\treturn err', '}'];
      }),
    ),
    '}',
  );
  file.add(
    '// discardBuffers frees the buffers that were not given away.',
    `func (m *${message}) discardBuffers() {`,
    ...indent(buffers.map(({ name }) => `${file.grout('DiscardBuffer')}(m.${exportedName(name)})`)),
    '}',
  );
}

/** Where a method has the buffers: refuses what the library could not free. In the end, what was not given away is freed. */
export function printBufferChecks(zero: string): string[] {
  return ['defer req.discardBuffers()', 'if err := req.checkBuffers(); err != nil {', `\treturn ${zero}, err`, '}'];
}
