import type { Contract } from '#contract';
import type { Bridge } from '../../bridge.js';
import type { Condition } from '../../conditions.js';
import type { Call } from '../../crossing.js';
import { conformanceRefusals, conformanceTests } from '../../conformance.js';
import { partsOf, type Part } from '../../parts.js';
import { buildTags, goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { bufferMaker, printBufferMaker } from './buffer-maker.js';
import { mockHead, printErrorTest, testHead } from './error-test.js';
import { Literals } from './literals.js';
import { exportedName, extensionName, serviceNames, type ServiceNames } from '../names.js';

/** conformance.gen_test.go: what holds for every implementation, checked of Rust and of the mock alike. */
export function printConformanceTest(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.inProcess });
  const [always] = partsOf(bridge);
  for (const { whole, calls, extensions } of always.services) {
    const names = serviceNames(bridge.contract, whole.service);
    printClients(file, names);
    printContextTest(file, names);
    printRefusalTest(file, names);
    printPanicTest(file, names);
    printErrorTest(file, bridge.contract, names, calls);
    printCases(file, bridge.contract, { names, calls, suffix: '', others: extensions.map(suffixOf) });
  }
  printBufferMaker(file, bridge);
  return file.render();
}

/** What the suite adds in builds with the features of a part; absent where it adds nothing. */
export function printConformanceOfPart(bridge: Bridge, part: Part, condition: string): string | undefined {
  const file = new GoFile(bridge, { buildTag: `${buildTags.inProcess} && ${condition}` });
  for (const { whole, calls } of part.services) {
    const names = serviceNames(bridge.contract, whole.service);
    printCases(file, bridge.contract, { names, calls, suffix: suffixOf(part.condition), others: [] });
  }
  return file.isEmpty ? undefined : file.render();
}

/** The same in builds without them. */
export function printConformanceWithout(bridge: Bridge, part: Part, condition: string): string | undefined {
  const file = new GoFile(bridge, { buildTag: `${buildTags.inProcess} && ${condition}` });
  for (const { whole } of part.services) {
    const { tests, mock } = serviceNames(bridge.contract, whole.service);
    const suffix = suffixOf(part.condition);
    for (const cases of ['Calls', 'Refusals']) {
      file.add(`func boundary${tests}${cases}${suffix}() []boundary${tests}Call {`, '\treturn nil', '}');
    }
    file.add(`func setBoundary${tests}Panics${suffix}(*${mock}) {}`);
  }
  return file.isEmpty ? undefined : file.render();
}

/** `WithWatch`: ends the names of what there is with features. */
function suffixOf(condition: Condition): string {
  return extensionName('', condition);
}

/** The methods of a service in one part. */
interface Cases {
  readonly names: ServiceNames;
  readonly calls: readonly Call[];
  /** Ends the names of its functions. */
  readonly suffix: string;
  /** Where it is declared, the suffixes of its other parts. */
  readonly others: readonly string[];
}

function printCases(file: GoFile, contract: Contract, cases: Cases): void {
  printCalls(file, contract, cases);
  printRefusals(file, contract, cases);
  printPanics(file, contract, cases);
}

function printClients(file: GoFile, { tests, client, mock, constructor, constructorWith }: ServiceNames): void {
  file.add(
    `// boundary${tests}Clients are clients of all that has to behave alike. The mock answers nothing: what is refused does not get`,
    '// as far.',
    `func boundary${tests}Clients(t *${file.std('testing', 'T')}) (clients map[string]*${client}, mock *${mock}) {`,
    ...indent([
      't.Helper()',
      `client, err := ${constructor}()`,
      'if err != nil {',
      '\tt.Fatal(err)',
      '}',
      `mock = &${mock}{}`,
      `return map[string]*${client}{"Rust": client, "the mock": ${constructorWith}(mock)}, mock`,
    ]),
    '}',
  );
  file.add(
    `// boundary${tests}Call is a call, and what is said of it when it is refused.`,
    `type boundary${tests}Call struct {`,
    ...indent([
      'method  string',
      `call    func(ctx ${file.std('context', 'Context')}, client *${client}) error`,
      'refusal string',
    ]),
    '}',
  );
}

/** What both have in common: a call that is refused reached nobody. */
const mockWasNotCalled = [
  'if calls := mock.Calls(); len(calls) > 0 {',
  '\tt.Errorf("the mock was called: %+v", calls)',
  '}',
];

function printContextTest(file: GoFile, { tests }: ServiceNames): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    ...testHead(conformanceTests.doneContext, tests, t),
    ...indent([
      `${file.grout('CheckLeaks')}(t)`,
      `clients, mock := boundary${tests}Clients(t)`,
      `canceled, cancel := ${file.std('context', 'WithCancelCause')}(t.Context())`,
      `cancel(${file.std('errors', 'New')}("no longer needed"))`,
      `expired, release := ${file.std('context', 'WithDeadline')}(t.Context(), ${file.std('time', 'Unix')}(1, 0))`,
      'defer release()',
      'for name, client := range clients {',
      `\tfor _, it := range boundary${tests}Calls() {`,
      `\t\t${check}(t, name, it.call(canceled, client), ${file.grout('ErrCanceled')}, it.method, "no longer needed")`,
      `\t\t${check}(t, name, it.call(expired, client), ${file.grout('ErrDeadlineExceeded')}, it.method, "context deadline exceeded")`,
      '\t}',
      '}',
      ...mockWasNotCalled,
    ]),
    '}',
  );
}

function printRefusalTest(file: GoFile, { tests }: ServiceNames): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    ...testHead(conformanceTests.refusals, tests, t),
    ...indent([
      `${file.grout('CheckLeaks')}(t)`,
      `clients, mock := boundary${tests}Clients(t)`,
      'for name, client := range clients {',
      `\tfor _, it := range boundary${tests}Refusals() {`,
      `\t\t${check}(t, name, it.call(t.Context(), client), ${file.grout('ErrInvalidArgument')}, it.method, it.refusal)`,
      '\t}',
      '}',
      ...mockWasNotCalled,
    ]),
    '}',
  );
}

function printPanicTest(file: GoFile, { tests, constructorWith }: ServiceNames): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    ...testHead(conformanceTests.panics, tests, t),
    ...indent([
      `${file.grout('CheckLeaks')}(t)`,
      `client := ${constructorWith}(boundary${tests}Panics())`,
      'for range 2 {',
      `\tfor _, it := range boundary${tests}Calls() {`,
      `\t\t${check}(t, "the mock", it.call(t.Context(), client), ${file.grout('ErrPanic')}, it.method, "the mock panicked: on purpose")`,
      '\t}',
      '}',
    ]),
    '}',
  );
}

function printCalls(file: GoFile, contract: Contract, { names, calls, suffix, others }: Cases): void {
  const types = new GoTypes(file);
  const each = calls.flatMap((call) => printCall(file, types, names, call, [`${types.method(call.method).request}{}`]));
  const list = `boundary${names.tests}Calls`;
  file.add(
    `// ${list}${suffix} are a call of each method.`,
    `func ${list}${suffix}() []boundary${names.tests}Call {`,
    ...indent(
      returnList(
        file,
        names,
        each,
        others.map((other) => `${list}${other}()`),
      ),
    ),
    '}',
  );
}

function printRefusals(file: GoFile, contract: Contract, { names, calls, suffix, others }: Cases): void {
  const types = new GoTypes(file);
  const literals = new Literals(file, bufferMaker);
  const each = conformanceRefusals(contract, calls).flatMap(({ call, request, error }) =>
    printCall(file, types, names, call, literals.message(request), error),
  );
  const list = `boundary${names.tests}Refusals`;
  file.add(
    `// ${list}${suffix} are calls that the contract does not allow, each for one reason.`,
    `func ${list}${suffix}() []boundary${names.tests}Call {`,
    ...indent(
      returnList(
        file,
        names,
        each,
        others.map((other) => `${list}${other}()`),
      ),
    ),
    '}',
  );
}

/** Returns the elements, with those that other functions return. */
function returnList(
  file: GoFile,
  { tests }: ServiceNames,
  elements: readonly string[],
  others: readonly string[],
): string[] {
  const type = `[]boundary${tests}Call`;
  if (others.length === 0) {
    return elements.length === 0 ? ['return nil'] : [`return ${type}{`, ...indent(elements), '}'];
  }
  const [only, ...more] = others;
  if (elements.length === 0 && only !== undefined && more.length === 0) return [`return ${only}`];
  const own = elements.length === 0 ? [] : [`${type}{`, ...indent(elements), '},'];
  const called = others.map((other) => `${other},`);
  return [`return ${file.std('slices', 'Concat')}(`, ...indent([...own, ...called]), ')'];
}

function printCall(
  file: GoFile,
  types: GoTypes,
  { client }: ServiceNames,
  call: Call,
  request: readonly string[],
  refusal?: string,
): string[] {
  const { method } = types.method(call.method);
  const given = call.callback === undefined ? '' : `, &Mock${exportedName(call.callback.name)}{}`;
  const body = request.map((line, at) => {
    const start = at === 0 ? `_, err := client.${method}(ctx, ` : '';
    return `${start}${line}${at === request.length - 1 ? `${given})` : ''}`;
  });
  return [
    `{${goString(call.displayName)}, func(ctx ${file.std('context', 'Context')}, client *${client}) error {`,
    ...indent([...body, 'return err']),
    `}, ${goString(refusal ?? '')}},`,
  ];
}

function printPanics(file: GoFile, contract: Contract, { names, calls, suffix, others }: Cases): void {
  const { tests, mock } = names;
  const types = new GoTypes(file);
  const functions = calls.flatMap((call) => [`mock.${mockHead(file, types, call)}`, '\tpanic("on purpose")', '}']);
  if (suffix !== '') {
    file.add(
      `// setBoundary${tests}Panics${suffix} lets these methods of a mock panic.`,
      `func setBoundary${tests}Panics${suffix}(mock *${mock}) {`,
      ...indent(functions),
      '}',
    );
    return;
  }
  const more = others.map((other) => `setBoundary${tests}Panics${other}(mock)`);
  file.add(
    `// boundary${tests}Panics is a mock of which every method panics.`,
    `func boundary${tests}Panics() *${mock} {`,
    ...indent([`mock := &${mock}{}`, ...functions, ...more, 'return mock']),
    '}',
  );
}
