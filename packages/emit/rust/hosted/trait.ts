import { hostedService, type Bridge } from '../../bridge.js';
import { docComment } from '../../docs.js';
import { indent } from '../layout.js';
import { typeName } from '../names.js';
import type { RustTypes } from '../rust-types.js';
import { methods } from '../traits.js';

/** The trait of a service that Go implements: what its client and its mock have in common. */
export function printHostedTrait(bridge: Bridge, types: RustTypes): string[] {
  const { service, calls } = hostedService(bridge);
  return [
    ...docComment('///', service.doc, `The service \`${service.fullName}\`, which Go implements.`),
    '///',
    '/// `Client` calls Go, and `Mock` stands in for it in tests. It may be called from any thread, several at once. A panic',
    '/// of Go is an error here.',
    `pub trait ${typeName(service.name)}: Send + Sync + 'static {`,
    ...indent(methods(types, calls, { self: '&self', verb: 'Calls' })),
    '}',
  ];
}
