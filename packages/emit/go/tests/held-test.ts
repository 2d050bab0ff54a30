import type { CallbackService } from '../../callbacks.js';
import { conformanceRefusals, heldTests } from '../../conformance.js';
import { goString, indent, type GoFile } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { heldType } from '../mock.js';
import { exportedName } from '../names.js';
import { showsForeign } from '../served.js';
import { parametersOf, resultOf } from '../signatures.js';
import { testHead } from './error-test.js';
import { ObjectCases } from './object-cases.js';

/** The suite of the objects of a service of Go that Rust is given, or a mock in its place. */
export function printHeldTest(file: GoFile, callback: CallbackService): void {
  printSuite(file, callback);
  printAnswering(file, callback);
  printTests(file, callback);
}

function printSuite(file: GoFile, { service, calls }: CallbackService): void {
  const type = exportedName(service.name);
  const cases = new ObjectCases(file, type);
  file.add(
    `// boundary${type}Suite is what holds for each object of Go of ${service.fullName}.`,
    `var boundary${type}Suite = &${file.grout('HeldSuite')}[${type}]{`,
    ...indent([
      `Type: ${goString(service.fullName)},`,
      ...(showsForeign(service) ? ['ShowsForeign: true,'] : []),
      ...cases.calls(calls, 'Calls: ', ','),
      ...cases.refusals(calls, 'Refusals: ', ','),
      `New: func(answer func(ctx ${file.std('context', 'Context')}) error) ${type} {`,
      `\treturn boundaryHeld${type}{answer}`,
      '},',
      `Hold: func(object ${type}) ${type} {`,
      `\treturn ${heldType(service)}{object}`,
      '},',
    ]),
    '}',
  );
}

function printAnswering(file: GoFile, { service, calls }: CallbackService): void {
  const [types, type] = [new GoTypes(file), exportedName(service.name)];
  file.add(
    `// boundaryHeld${type} is an object of which each method answers so. It is no mock, which would contain a panic by itself.`,
    `type boundaryHeld${type} struct {`,
    `\tanswer func(ctx ${file.std('context', 'Context')}) error`,
    '}',
  );
  for (const call of calls) {
    const declared = parametersOf(file, types, call).declared.replace('req ', '_ ');
    const { service: response, zero } = resultOf(types, call);
    file.add(
      `func (b boundaryHeld${type}) ${types.method(call.method).method}(${declared}) (${response}, error) {`,
      `\treturn ${zero}, b.answer(ctx)`,
      '}',
    );
  }
}

function printTests(file: GoFile, { service, calls }: CallbackService): void {
  const [type, t] = [exportedName(service.name), `t *${file.std('testing', 'T')}`];
  const suite = `boundary${type}Suite`;
  if (conformanceRefusals(file.contract, calls).length > 0) {
    file.add(...testHead(heldTests.refusals, type, t), `\t${suite}.CheckRefusals(t)`, '}');
  }
  file.add(...testHead(heldTests.errors, type, t), `\t${suite}.CheckErrors(t)`, '}');
  const skipped =
    `nothing is known that has Rust call a ${type}: set boundaryCallers.${type} to a function that makes such a call, ` +
    'in an init function of a test file of this package';
  file.add(
    ...testHead(heldTests.given, type, t),
    ...indent([
      `if boundaryCallers.${type} == nil {`,
      `\tt.Skip(${goString(skipped)})`,
      '}',
      `${suite}.CheckGiven(t, func(object ${type}) error { return boundaryCallers.${type}(t, object) })`,
    ]),
    '}',
  );
}
