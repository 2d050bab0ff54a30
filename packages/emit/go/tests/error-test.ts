import type { Contract } from '#contract';
import { conformanceDoc, conformanceErrors, conformanceTests, type ConformanceTest } from '../../conformance.js';
import type { Call, Signature } from '../../crossing.js';
import { capitalize } from '../../words.js';
import { goString, indent, type GoFile } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { errorName, type ServiceNames } from '../names.js';
import { parametersOf, resultOf } from '../signatures.js';

/** The comment and the first line of a test of a service; `tests` begins its name. */
export function testHead(test: ConformanceTest, tests: string, parameter: string): string[] {
  const name = test.name.split(' ').map(capitalize).join('');
  return [...conformanceDoc(test).map((line) => `// ${line}`), `func TestBoundary${tests}${name}(${parameter}) {`];
}

/** The part of the suite that is about the errors of methods which are there in every build. */
export function printErrorTest(file: GoFile, contract: Contract, names: ServiceNames, calls: readonly Call[]): void {
  const failing = conformanceErrors(contract, calls);
  if (failing.length === 0) return;
  const { tests, constructorWith } = names;
  const message = goString('on purpose');
  const check = `${file.grout('CheckError')}(t, "the mock", it.call(t.Context(), client), kind, it.method, ${message})`;
  file.add(
    ...testHead(conformanceTests.errors, tests, `t *${file.std('testing', 'T')}`),
    ...indent([
      `for _, it := range boundary${tests}Calls() {`,
      ...indent([
        `for _, kind := range boundary${tests}Kinds(it.method) {`,
        `\tclient := ${constructorWith}(boundary${tests}Failing(kind))`,
        `\t${check}`,
        '}',
      ]),
      '}',
    ]),
    '}',
  );
  const kind = `*${file.grout('Kind')}`;
  const cases = failing.flatMap(({ call, domain }) => [
    `case ${goString(call.displayName)}:`,
    `\treturn []${kind}{${domain.codes.map(({ name }) => errorName(name)).join(', ')}}`,
  ]);
  file.add(
    `// boundary${tests}Kinds are the errors of the contract that a method can fail with.`,
    `func boundary${tests}Kinds(method string) []${kind} {`,
    ...indent(['switch method {', ...cases, '}', 'return nil']),
    '}',
  );
  printFailing(file, new GoTypes(file), names, failing);
}

function printFailing(
  file: GoFile,
  types: GoTypes,
  { tests, mock }: ServiceNames,
  failing: readonly { readonly call: Call }[],
): void {
  const functions = failing.flatMap(({ call }) => [
    `mock.${mockHead(file, types, call)}`,
    `\treturn ${resultOf(types, call).zero}, kind.New("on purpose")`,
    '}',
  ]);
  file.add(
    `// boundary${tests}Failing is a mock of which every method that can fails so.`,
    `func boundary${tests}Failing(kind *${file.grout('Kind')}) *${mock} {`,
    ...indent([`mock := &${mock}{}`, ...functions, 'return mock']),
    '}',
  );
}

/** The assignment of a method's function to a mock, up to its body, which has a use for `ctx` or for no parameter. */
export function mockHead(file: GoFile, types: GoTypes, call: Signature, uses?: 'ctx'): string {
  const { method: name } = types.method(call.method);
  const { declared } = parametersOf(file, types, call);
  const parameters =
    uses === undefined
      ? declared.replaceAll(/\w+ ([\w.]+)/g, '$1')
      : declared.replaceAll(/(\w+) ([\w.]+)/g, (_, parameter: string, type: string) =>
          parameter === uses ? `${uses} ${type}` : `_ ${type}`,
        );
  return `${name}Func = func(${parameters}) (${resultOf(types, call).service}, error) {`;
}
