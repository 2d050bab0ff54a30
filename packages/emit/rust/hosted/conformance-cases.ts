import type { Contract, ErrorDomain, Service } from '#contract';
import type { CallbackCall } from '../../callbacks.js';
import { conformanceDoc, conformanceRefusals, type ConformanceTest } from '../../conformance.js';
import { indent, rustString } from '../layout.js';
import { codeEnumName, mockMethod, typeName, valueName } from '../names.js';
import { Literals } from '../tests/literals.js';

/** A test of the suite. */
export function testOf(test: ConformanceTest, body: readonly string[], attributes: readonly string[] = []): string[] {
  return [
    ...conformanceDoc(test).map((line) => `/// ${line}`),
    '#[test]',
    ...attributes,
    `fn ${test.name.replaceAll(' ', '_')}() {`,
    ...indent(body),
    '}',
  ];
}

/** The parameters of a function that answers for a mock. */
export function blanks(callback: Service | undefined): string {
  return callback === undefined ? '_, _' : '_, _, _';
}

/** The argument that is an object, for a method that is given one. */
export function nobody(callback: Service | undefined): string {
  return callback === undefined ? '' : ', std::sync::Arc::new(Nobody)';
}

/** The literal of a call, of type `struct`, that is made of `on`. */
export function printCallOf(
  { method, displayName, callback }: CallbackCall,
  request: readonly string[],
  refusal: string,
  struct: string,
  on: string,
): string[] {
  const lines = request.map((line, at) => {
    const start = at === 0 ? `${on}.${valueName(method.name)}(cx, ` : '';
    const end = `${nobody(callback)}).map(drop).map_err(grout::Error::forward)`;
    return `${start}${line}${at === request.length - 1 ? end : ''}`;
  });
  return [
    `${struct} {`,
    ...indent([
      `method: ${rustString(displayName)},`,
      `call: |${on}, cx| {`,
      ...indent(lines),
      '},',
      `refusal: ${rustString(refusal)},`,
    ]),
    '},',
  ];
}

/**
 * What the contract does not allow. Rust's own texts are UTF-8 by their type: what is at fault there cannot be written down.
 *
 * @param testing the path of the runtime's module of that name
 */
export function refusalsFor(
  contract: Contract,
  calls: readonly CallbackCall[],
  testing = 'testing',
): { readonly call: CallbackCall; readonly request: string[]; readonly error: string }[] {
  const literals = new Literals(contract, `${testing}::any_time`);
  return conformanceRefusals(contract, calls)
    .filter(({ kind }) => kind !== 'text')
    .map(({ call, request, error }) => ({ call, request: literals.message(request), error }));
}

/** Statements that make sure of each code that a method can fail with. `called` is the call of what `mock` stands in for. */
export function printErrors(
  failing: readonly { readonly call: CallbackCall; readonly domain: ErrorDomain }[],
  mockType: string,
  called: (call: CallbackCall) => string,
): string[] {
  return failing.flatMap(({ call, domain }) => {
    const codes = domain.codes.map(({ name }) => `api::${codeEnumName(domain.name)}::${typeName(name)}`);
    const [only, ...more] = codes;
    const isOnly = only !== undefined && more.length === 0;
    const answer = `move |${blanks(call.callback)}| Err(code.error("on purpose"))`;
    return [
      ...(isOnly ? ['{', `    let code = ${only};`] : [`for code in [${codes.join(', ')}] {`]),
      ...indent([
        `let mock = ${mockType}::default().${mockMethod(call.method)}(${answer});`,
        `let failed = ${called(call)};`,
        'let error = failed.expect_err("on purpose");',
        'assert_eq!((error.code(), error.message()), (Some(code), "on purpose"));',
        `assert_eq!(error.method(), ${rustString(call.displayName)});`,
      ]),
      '}',
    ];
  });
}
