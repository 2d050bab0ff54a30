import type { Contract } from '#contract';
import type { CallbackService } from '../../callbacks.js';
import { docComment } from '../../docs.js';
import { indent } from '../layout.js';
import { typeName } from '../names.js';
import type { RustTypes } from '../rust-types.js';
import { methods } from '../traits.js';
import { hostedNames } from './names.js';

/** The trait of a service that Go implements: what its client and its mock have in common. */
export function printHostedTrait(contract: Contract, types: RustTypes, { service, calls }: CallbackService): string[] {
  const { client, mock } = hostedNames(contract, service);
  return [
    ...docComment('///', service.doc, `The service \`${service.fullName}\`, which Go implements.`),
    '///',
    `/// \`${client}\` calls Go, and \`${mock}\` stands in for it in tests. It may be called from any thread, several at once. A panic`,
    '/// of Go is an error here.',
    `pub trait ${typeName(service.name)}: Send + Sync + 'static {`,
    ...indent(methods(types, calls, { self: '&self', verb: 'Calls' })),
    '}',
  ];
}
