import type { Condition } from '../conditions.js';
import type { Signature } from '../crossing.js';
import { docLines, enumeration } from '../docs.js';
import type { GoFile } from './go-file.js';
import type { GoTypes } from './go-types.js';
import { namedDoc } from './messages.js';
import { exportedName, extensionName, objectNames } from './names.js';

/** What a method returns besides its error: to the implementation, to the user, and when it fails. */
export function resultOf(
  types: GoTypes,
  { method, opens }: Signature,
): { service: string; user: string; zero: string } {
  if (opens !== undefined) {
    const { type, service } = objectNames(opens.name);
    return types.isHosted ? { service: type, user: type, zero: 'nil' } : { service, user: `*${type}`, zero: 'nil' };
  }
  const { response } = types.method(method);
  return { service: response, user: response, zero: `${response}{}` };
}

/** What a method takes, as parameters and as the arguments that hand them on. */
export function parametersOf(file: GoFile, types: GoTypes, call: Signature): { declared: string; passed: string } {
  const { request } = types.method(call.method);
  const [declared, passed] = [`ctx ${file.std('context', 'Context')}, req ${request}`, 'ctx, req'];
  if (call.callback === undefined) return { declared, passed };
  return { declared: `${declared}, callback ${exportedName(call.callback.name)}`, passed: `${passed}, callback` };
}

/** Declarations of methods in an interface. */
export function methodDeclarations(file: GoFile, types: GoTypes, calls: readonly Signature[]): string[] {
  return calls.flatMap((call, at) => {
    const { method: name } = types.method(call.method);
    const doc = docLines(call.method.doc).length === 0 ? [] : namedDoc(name, call.method.doc, '');
    const separator = at > 0 && doc.length > 0 ? [''] : [];
    const { declared } = parametersOf(file, types, call);
    return [...separator, ...doc, `${name}(${declared}) (${resultOf(types, call).service}, error)`];
  });
}

/** What an interface or a mock embeds for the methods that depend on features, set off from the rest. */
export function embedded(type: string, extensions: readonly Condition[], isFirst: boolean): string[] {
  const names = extensions.map((condition) => extensionName(type, condition));
  return names.length === 0 || isFirst ? names : ['', ...names];
}

/** `the feature simd`, `the features simd and tracing`. */
export function featureNames(condition: Condition): string {
  return `the feature${condition.length === 1 ? '' : 's'} ${enumeration(condition)}`;
}
