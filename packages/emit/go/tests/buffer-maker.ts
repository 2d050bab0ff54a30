import { bufferFields } from '../../borrowing.js';
import type { Bridge } from '../../bridge.js';
import { conformanceRefusals } from '../../conformance.js';
import { isZeroMember } from '../../vectors/values.js';
import { indent, type GoFile } from '../go-file.js';

/** Makes buffers with bytes, that each implementation takes. */
export const bufferMaker = 'boundaryBuffer';

/** Prints it, where a request that the contract does not allow has a buffer. */
export function printBufferMaker(file: GoFile, { contract, calls }: Bridge): void {
  const buffers = bufferFields(contract);
  const isUsed = conformanceRefusals(contract, calls).some(({ request }) =>
    request.members.some(
      (member) => member.holds === 'one' && buffers.has(member.field.fullName) && !isZeroMember(member),
    ),
  );
  if (!isUsed) return;
  file.add(
    `// ${bufferMaker} is a buffer with these bytes.`,
    `func ${bufferMaker}(bytes []byte) *${file.grout('Buffer')} {`,
    ...indent([
      'buffer, err := NewBuffer(len(bytes))',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'copy(buffer.Bytes(), bytes)',
      'return buffer',
    ]),
    '}',
  );
}
