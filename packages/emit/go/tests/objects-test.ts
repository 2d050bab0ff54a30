import type { Bridge, ObjectCalls } from '../../bridge.js';
import {
  conformanceErrors,
  conformanceRefusals,
  conformanceTests,
  objectTests,
  type ConformanceTest,
} from '../../conformance.js';
import type { Call } from '../../crossing.js';
import { partsOf, type Extended, type Part } from '../../parts.js';
import { buildTags, goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { exportedName, objectNames, serviceNames } from '../names.js';
import { resultOf } from '../signatures.js';
import { mockHead, testHead } from './error-test.js';
import { fixturesOf, givenObject, printFixtures } from './fixtures.js';
import { printHeldTest } from './held-test.js';
import { ObjectCases } from './object-cases.js';

/** objects.gen_test.go: what holds for every object of either side, checked of the implementation and of mocks alike. */
export function printObjectsTest(bridge: Bridge): string | undefined {
  const file = new GoFile(bridge, { buildTag: buildTags.inProcess });
  const [always] = partsOf(bridge);
  const printer = new ObjectsPrinter(file, bridge);
  printFixtures(file, bridge, always);
  printer.printPart(always);
  for (const callback of bridge.callbacks) printHeldTest(file, callback);
  return file.isEmpty ? undefined : file.render();
}

/** The same of what is there with features only. */
export function printObjectsOfPart(bridge: Bridge, part: Part, condition: string): string | undefined {
  const file = new GoFile(bridge, { buildTag: `${buildTags.inProcess} && ${condition}` });
  const printer = new ObjectsPrinter(file, bridge);
  printFixtures(file, bridge, part);
  printer.printPart(part);
  return file.isEmpty ? undefined : file.render();
}

class ObjectsPrinter {
  private readonly types: GoTypes;

  constructor(
    private readonly file: GoFile,
    private readonly bridge: Bridge,
  ) {
    this.types = new GoTypes(file);
  }

  private get t(): string {
    return `t *${this.file.std('testing', 'T')}`;
  }

  private get tb(): string {
    return `t ${this.file.std('testing', 'TB')}`;
  }

  private get answer(): string {
    return `answer func(ctx ${this.file.std('context', 'Context')}) error`;
  }

  printPart(part: Part): void {
    for (const object of part.objects) {
      if (object.isDeclared) this.printObject(object);
      else this.printExtension(object);
    }
  }

  private printObject(object: Extended<ObjectCalls>): void {
    const { handle } = object.whole;
    const { type } = objectNames(handle.name);
    this.printOpener(object.whole);
    this.printOpeners(type);
    this.printSuite(object);
    this.printAnswering(object);
    this.printTests(object.whole);
  }

  /** An object of the implementation. */
  private printOpener({ handle, opener, condition }: ObjectCalls): void {
    const { type } = objectNames(handle.name);
    const fixture = `${fixturesOf(condition)}.${type}`;
    const missing =
      `there is no ${type} to test: ${opener.displayName} of an empty request fails with %v; ` +
      `set ${fixture} to open one, in an init function of a test file of this package`;
    this.file.add(
      `// ${openerOf(type)} opens one of the implementation, or skips the test.`,
      `func ${openerOf(type)}(${this.tb}) *${type} {`,
      ...indent([
        't.Helper()',
        `if ${fixture} != nil {`,
        `\treturn ${fixture}(t)`,
        '}',
        ...this.receiver(opener),
        ...(opener.callback === undefined ? [] : givenObject(exportedName(opener.callback.name), 't')),
        `object, err := receiver.${this.types.method(opener.method).method}(t.Context(), ${this.types.method(opener.method).request}{}${
          opener.callback === undefined ? '' : ', callback'
        })`,
        'if err != nil {',
        `\t${this.file.grout('CheckUnopened')}(t, err)`,
        `\tt.Skipf(${goString(missing)}, err)`,
        '}',
        'return object',
      ]),
      '}',
    );
  }

  private receiver({ service, receiver }: Call): string[] {
    if (receiver !== undefined) {
      const { type } = objectNames(receiver.name);
      return [`receiver := ${openerOf(type)}(t)`, 't.Cleanup(func() { _ = receiver.Close() })'];
    }
    const { constructor } = serviceNames(this.bridge.contract, service);
    return [`receiver, err := ${constructor}()`, 'if err != nil {', '\tt.Fatal(err)', '}'];
  }

  private printOpeners(type: string): void {
    const mock = `${suiteOf(type)}.Mock(${this.file.grout('NeverAsked')})`;
    this.file.add(
      `// ${openersOf(type)} open one of each implementation. The mock answers nothing: what is refused does not get as far.`,
      `func ${openersOf(type)}() map[string]func(${this.tb}) *${type} {`,
      ...indent([
        `return map[string]func(${this.tb}) *${type}{`,
        `\t"Rust":     ${openerOf(type)},`,
        `\t"the mock": func(${this.file.std('testing', 'TB')}) *${type} { return ${mock} },`,
        '}',
      ]),
      '}',
    );
  }

  private printSuite({ whole, calls }: Extended<ObjectCalls>): void {
    const { handle } = whole;
    const { type } = objectNames(handle.name);
    const cases = new ObjectCases(this.file, `*${type}`);
    this.file.add(
      `// ${suiteOf(type)} is what holds for each of them.`,
      `var ${suiteOf(type)} = &${this.file.grout('ObjectSuite')}[*${type}]{`,
      ...indent([
        `Type:  ${goString(handle.fullName)},`,
        `Close: ${goString(`${handle.name}.Close`)},`,
        ...cases.calls(calls, 'Calls: ', ','),
        ...cases.refusals(calls, 'Refusals: ', ','),
        `Mock: func(${this.answer}) *${type} {`,
        `\treturn new${type}(${answeringOf(type)}(answer))`,
        '},',
      ]),
      '}',
    );
  }

  private printAnswering({ whole, calls, extensions }: Extended<ObjectCalls>): void {
    const { type, mock } = objectNames(whole.handle.name);
    const extended =
      extensions.length === 0 ? [] : [`for _, extend := range ${extendersOf(type)} {`, '\textend(mock, answer)', '}'];
    this.file.add(
      `// ${answeringOf(type)} is a mock of which each method answers so.`,
      `func ${answeringOf(type)}(${this.answer}) *${mock} {`,
      ...indent([`mock := &${mock}{}`, ...this.answers(calls), ...extended, 'return mock']),
      '}',
    );
    if (extensions.length === 0) return;
    this.file.add(
      `// ${extendersOf(type)} do the same for methods with features.`,
      `var ${extendersOf(type)} []func(mock *${mock}, ${this.answer})`,
    );
  }

  private answers(calls: readonly Call[]): string[] {
    return calls.flatMap((call) => [
      `mock.${mockHead(this.file, this.types, call, 'ctx')}`,
      `\treturn ${resultOf(this.types, call).zero}, answer(ctx)`,
      '}',
    ]);
  }

  /** What a part adds to an object of another one. */
  private printExtension({ whole, calls }: Extended<ObjectCalls>): void {
    const { type, mock } = objectNames(whole.handle.name);
    const cases = new ObjectCases(this.file, `*${type}`);
    const append = (field: string): string => `${suiteOf(type)}.${field} = append(${suiteOf(type)}.${field}, `;
    this.file.add(
      'func init() {',
      ...indent([
        ...cases.calls(calls, append('Calls'), '...)'),
        ...cases.refusals(calls, append('Refusals'), '...)'),
        `${extendersOf(type)} = append(${extendersOf(type)}, func(mock *${mock}, ${this.answer}) {`,
        ...indent(this.answers(calls)),
        '})',
      ]),
      '}',
    );
  }

  private printTests({ handle, options, calls, condition }: ObjectCalls): void {
    const { type } = objectNames(handle.name);
    const isOurs = `name != "Rust" || ${fixturesOf(condition)}.${type} != nil`;
    const each = (test: ConformanceTest, check: string, more = ''): void => {
      this.file.add(
        ...testHead(test, type, this.t),
        ...indent([
          `for name, open := range ${openersOf(type)}() {`,
          `\tt.Run(name, func(${this.t}) {`,
          `\t\t${suiteOf(type)}.${check}(t, name, func() *${type} { return open(t) }${more})`,
          '\t})',
          '}',
        ]),
        '}',
      );
    };
    const ofMock = (test: ConformanceTest, check: string): void => {
      this.file.add(...testHead(test, type, this.t), `\t${suiteOf(type)}.${check}(t)`, '}');
    };
    const { contract } = this.bridge;
    if (calls.length > 0) each(conformanceTests.doneContext, 'CheckDoneContext');
    if (conformanceRefusals(contract, calls).length > 0) each(conformanceTests.refusals, 'CheckRefusals');
    if (calls.length > 0) ofMock(conformanceTests.panics, 'CheckPanics');
    if (conformanceErrors(contract, calls).length > 0) ofMock(conformanceTests.errors, 'CheckErrors');
    if (!options.threadSafe && calls.length > 0) ofMock(objectTests.busy, 'CheckBusy');
    each(objectTests.closed, 'CheckClose');
    each(objectTests.raced, 'CheckRace', `, ${isOurs}`);
    each(objectTests.listed, 'CheckListed');
    each(objectTests.forgotten, 'CheckForgotten');
  }
}

function openerOf(type: string): string {
  return `openBoundary${type}`;
}

function openersOf(type: string): string {
  return `boundary${type}Openers`;
}

function suiteOf(type: string): string {
  return `boundary${type}Suite`;
}

function answeringOf(type: string): string {
  return `boundary${type}Answering`;
}

function extendersOf(type: string): string {
  return `boundary${type}Extenders`;
}
