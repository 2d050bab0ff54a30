import { ownCalls, type Bridge } from '../../bridge.js';
import type { Call } from '../../crossing.js';
import { refusalsOf } from '../../vectors/refusals.js';
import { buildTags, goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { Literals } from './literals.js';
import { exportedName } from '../names.js';
import { parametersOf, resultOf } from '../objects.js';

/** conformance.gen_test.go: what holds for every implementation, checked of Rust and of the mock alike. */
export function printConformanceTest(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.inProcess });
  printServices(file);
  printContextTest(file);
  printRefusalTest(file);
  printPanicTest(file);
  printCalls(file, bridge);
  printRefusals(file, bridge);
  printPanics(file, bridge);
  return file.render();
}

function printServices(file: GoFile): void {
  file.add(
    '// boundaryClients are clients of all that has to behave alike. The mock answers nothing: what is refused does not get',
    '// as far.',
    `func boundaryClients(t *${file.std('testing', 'T')}) (clients map[string]*Client, mock *Mock) {`,
    ...indent([
      't.Helper()',
      'client, err := New()',
      'if err != nil {',
      '\tt.Fatal(err)',
      '}',
      'mock = &Mock{}',
      'return map[string]*Client{"Rust": client, "the mock": NewWith(mock)}, mock',
    ]),
    '}',
  );
  file.add(
    '// boundaryCall is a call, and what is said of it when it is refused.',
    'type boundaryCall struct {',
    ...indent([
      'method  string',
      `call    func(ctx ${file.std('context', 'Context')}, client *Client) error`,
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

function printContextTest(file: GoFile): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    '// Proves C2, a context that is done starts nothing. Expected: CANCELED with its cause, or DEADLINE_EXCEEDED, of the',
    '// method; the mock was not called.',
    `func TestBoundaryStartsNothingForAContextThatIsDone(${t}) {`,
    ...indent([
      'clients, mock := boundaryClients(t)',
      `canceled, cancel := ${file.std('context', 'WithCancelCause')}(t.Context())`,
      `cancel(${file.std('errors', 'New')}("no longer needed"))`,
      `expired, release := ${file.std('context', 'WithDeadline')}(t.Context(), ${file.std('time', 'Unix')}(1, 0))`,
      'defer release()',
      'for name, client := range clients {',
      '\tfor _, it := range boundaryCalls() {',
      `\t\t${check}(t, name, it.call(canceled, client), ${file.grout('ErrCanceled')}, it.method, "no longer needed")`,
      `\t\t${check}(t, name, it.call(expired, client), ${file.grout('ErrDeadlineExceeded')}, it.method, "context deadline exceeded")`,
      '\t}',
      '}',
      ...mockWasNotCalled,
    ]),
    '}',
  );
}

function printRefusalTest(file: GoFile): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    '// Proves C9, the request is checked before anything runs, and C10, the mock is what it stands for, with L7, L8 and L9,',
    '// the limits of texts, lengths and times. Expected: of both, INVALID_ARGUMENT in the same words.',
    `func TestBoundaryRefusesWhatTheContractDoesNotAllow(${t}) {`,
    ...indent([
      'clients, mock := boundaryClients(t)',
      'for name, client := range clients {',
      '\tfor _, it := range boundaryRefusals() {',
      `\t\t${check}(t, name, it.call(t.Context(), client), ${file.grout('ErrInvalidArgument')}, it.method, it.refusal)`,
      '\t}',
      '}',
      ...mockWasNotCalled,
    ]),
    '}',
  );
}

function printPanicTest(file: GoFile): void {
  const t = `t *${file.std('testing', 'T')}`;
  const check = file.grout('CheckError');
  file.add(
    "// Proves C4 of the mock, a panic ends its call only; of Rust its runtime's tests do. Expected: PANIC of the method, again",
    '// and again.',
    `func TestBoundaryContainsPanicsOfTheMock(${t}) {`,
    ...indent([
      'client := NewWith(boundaryPanics())',
      'for range 2 {',
      '\tfor _, it := range boundaryCalls() {',
      `\t\t${check}(t, "the mock", it.call(t.Context(), client), ${file.grout('ErrPanic')}, it.method, "the mock panicked: on purpose")`,
      '\t}',
      '}',
    ]),
    '}',
  );
}

function printCalls(file: GoFile, bridge: Bridge): void {
  const types = new GoTypes(bridge.contract);
  const calls = ownCalls(bridge);
  const each = calls.flatMap((call) => printCall(file, types, call, [`${types.method(call.method).request}{}`]));
  file.add(
    '// boundaryCalls are a call of each method.',
    'func boundaryCalls() []boundaryCall {',
    ...indent(['return []boundaryCall{', ...indent(each), '}']),
    '}',
  );
}

function printRefusals(file: GoFile, bridge: Bridge): void {
  const { contract } = bridge;
  const calls = ownCalls(bridge);
  const types = new GoTypes(contract);
  const literals = new Literals(file, contract);
  const each = calls.flatMap((call) =>
    refusalsOf(contract, call.method.request).flatMap(({ request, error }) => {
      return printCall(file, types, call, literals.message(request), error);
    }),
  );
  file.add(
    '// boundaryRefusals are calls that the contract does not allow, each for one reason.',
    'func boundaryRefusals() []boundaryCall {',
    ...indent(each.length === 0 ? ['return nil'] : ['return []boundaryCall{', ...indent(each), '}']),
    '}',
  );
}

function printCall(file: GoFile, types: GoTypes, call: Call, request: readonly string[], refusal?: string): string[] {
  const { method } = types.method(call.method);
  const given = call.callback === undefined ? '' : `, &Mock${exportedName(call.callback.name)}{}`;
  const body = request.map((line, at) => {
    const start = at === 0 ? `_, err := client.${method}(ctx, ` : '';
    return `${start}${line}${at === request.length - 1 ? `${given})` : ''}`;
  });
  return [
    `{${goString(call.displayName)}, func(ctx ${file.std('context', 'Context')}, client *Client) error {`,
    ...indent([...body, 'return err']),
    `}, ${goString(refusal ?? '')}},`,
  ];
}

function printPanics(file: GoFile, bridge: Bridge): void {
  const types = new GoTypes(bridge.contract);
  const functions = ownCalls(bridge).flatMap((call) => {
    const { method: name } = types.method(call.method);
    const { declared } = parametersOf(file, types, call);
    const parameters = declared.replaceAll(/\w+ ([\w.]+)/g, '$1');
    const result = resultOf(types, call).service;
    return [`mock.${name}Func = func(${parameters}) (${result}, error) {`, '\tpanic("on purpose")', '}'];
  });
  file.add(
    '// boundaryPanics is a mock of which every method panics.',
    'func boundaryPanics() *Mock {',
    ...indent(['mock := &Mock{}', ...functions, 'return mock']),
    '}',
  );
}
