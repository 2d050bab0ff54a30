import type { Message, Service } from '#contract';
import type { Bridge, ObjectCalls } from '../../bridge.js';
import type { Condition } from '../../conditions.js';
import { viewMessages } from '../../borrowing.js';
import { uncopiedLeaves, type Call } from '../../crossing.js';
import { messageNamed } from '../../members.js';
import { callsIn, partsOf, type Part } from '../../parts.js';
import { samplesOf } from '../../vectors/samples.js';
import { buildTags, goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { exportedName, extensionName, objectNames, serviceNames } from '../names.js';
import { featureNames } from '../signatures.js';
import { Literals } from './literals.js';
import { fixturesOf, givenObject } from './fixtures.js';

/** bench.gen_test.go: what each method takes, held against its budget. `go test` alone runs none of it. */
export function printBenchTest(bridge: Bridge): string {
  const file = new GoFile(bridge, { buildTag: buildTags.inProcess });
  const printer = new BenchPrinter(file, bridge);
  const [always] = partsOf(bridge);
  printer.printHooks(always);
  for (const { service } of bridge.services) printer.printClient(service);
  printer.printPart(always);
  return file.render();
}

/** The same for the methods that are there with features only. */
export function printBenchOfPart(bridge: Bridge, part: Part, condition: string): string {
  const file = new GoFile(bridge, { buildTag: `${buildTags.inProcess} && ${condition}` });
  const printer = new BenchPrinter(file, bridge);
  printer.printHooks(part);
  printer.printPart(part);
  return file.render();
}

class BenchPrinter {
  private readonly types: GoTypes;
  private readonly literals: Literals;
  private readonly b: string;

  constructor(
    private readonly file: GoFile,
    private readonly bridge: Bridge,
  ) {
    this.types = new GoTypes(file);
    this.literals = new Literals(file);
    this.b = `b *${file.std('testing', 'B')}`;
  }

  printPart(part: Part): void {
    for (const { whole, isDeclared } of part.objects) if (isDeclared) this.printObject(whole);
    for (const call of this.callsOf(part)) this.printBenchmark(call);
  }

  /** What users can set: a function for each method. */
  printHooks(part: Part): void {
    const requests = this.callsOf(part).map((call): [string, string] => {
      const { type, name } = this.receiver(call);
      return [hookName(call), `func(${this.b}, ${name} *${type}) ${this.types.method(call.method).request}`];
    });
    const width = Math.max(0, ...requests.map(([name]) => name.length));
    const hooks = hooksOf(part.condition);
    this.file.add(
      ...(part.condition.length === 0
        ? [
            `// ${hooks} makes what the benchmarks send. Without a function a request has a typical value in each field:`,
            '// where that will not do, set the function in an init function of another test file.',
          ]
        : [`// ${hooks} is the same for methods with ${featureNames(part.condition)}.`]),
      `var ${hooks} struct {`,
      ...indent(requests.map(([name, type]) => `${name.padEnd(width)} ${type}`)),
      '}',
    );
  }

  printClient(service: Service): void {
    const { client, constructor, tests } = serviceNames(this.bridge.contract, service);
    this.file.add(
      `func boundaryBenchmark${tests}Client(${this.b}) *${client} {`,
      ...indent([
        'b.Helper()',
        `client, err := ${constructor}()`,
        'if err != nil {',
        '\tb.Fatal(err)',
        '}',
        'return client',
      ]),
      '}',
    );
  }

  /** An object for the benchmarks of its methods. */
  printObject({ handle, opener, condition }: ObjectCalls): void {
    const { type } = objectNames(handle.name);
    const fixture = `${fixturesOf(condition)}.${type}`;
    this.file.add(
      `func ${openerOf(handle)}(${this.b}) *${type} {`,
      ...indent([
        'b.Helper()',
        `if ${fixture} != nil {`,
        `\treturn ${this.budget('Object')}(b, ${goString(hookName(opener))}, ${fixture}(b), nil)`,
        '}',
        ...this.setup(opener),
        `object, err := ${this.invocation(opener)}`,
        `return ${this.budget('Object')}(b, ${goString(hookName(opener))}, object, err)`,
      ]),
      '}',
    );
  }

  printBenchmark(call: Call): void {
    const { budgetNs } = call.method;
    const name = `BenchmarkBoundary${hookName(call)}`;
    const doc =
      budgetNs === 0
        ? [`// ${name} measures ${call.displayName}, which has no budget.`]
        : [
            `// Proves C11, a method keeps its budget. Expected: ${call.displayName} takes ${budgetNs} ns at most, scaled by what a`,
            '// bare cgo call takes on this machine.',
          ];
    this.file.add(
      ...doc,
      `func ${name}(${this.b}) {`,
      ...indent([
        `${this.file.grout('CheckLeaks')}(b)`,
        ...this.setup(call),
        `${this.budget('Run')}(b, ${this.method(call)}, func() error {`,
        ...indent(this.measured(call)),
        '})',
      ]),
      '}',
    );
  }

  /** In the order of the contract. */
  private callsOf(part: Part): Call[] {
    const calls = callsIn(part);
    return this.bridge.calls.filter((call) => calls.includes(call));
  }

  private method(call: Call): string {
    const { budgetNs } = call.method;
    const parts = [
      `Name: ${goString(call.displayName)}`,
      `Hook: ${goString(hookName(call))}`,
      ...(budgetNs === 0 ? [] : [`Budget: ${budgetNs} * ${this.file.std('time', 'Nanosecond')}`]),
      `IsDebug: ${this.file.grout('LinksDebugLibrary')}()`,
    ];
    return `${this.budget('Method')}{${parts.join(', ')}}`;
  }

  /**
   * An object that is opened is closed again: both are measured. So are a view and its release, the making of a buffer and
   * its giving away.
   */
  private measured(call: Call): string[] {
    const invocation = this.invocation(call);
    const buffers = uncopiedLeaves(call.request).map(({ field }) => `req.${exportedName(field.name)}`);
    const made = [
      ...(buffers.length === 0 ? [] : ['var err error']),
      ...buffers.flatMap((buffer) => [
        `if ${buffer}, err = NewBuffer(${buffer}.Len()); err != nil {`,
        '\treturn err',
        '}',
      ]),
    ];
    const freed =
      call.opens !== undefined
        ? 'Close'
        : viewMessages(this.bridge.contract).has(call.method.response)
          ? 'Release'
          : undefined;
    if (freed === undefined) {
      return [...made, `_, err ${made.length === 0 ? ':=' : '='} ${invocation}`, 'return err'];
    }
    const result = call.opens === undefined ? 'resp' : 'object';
    return [
      ...made,
      `${result}, err := ${invocation}`,
      'if err != nil {',
      '\treturn err',
      '}',
      `return ${result}.${freed}()`,
    ];
  }

  /** The receiver, the request and the object of Go. */
  private setup(call: Call): string[] {
    const { name, make } = this.receiver(call);
    const request = this.literals.message(this.typicalRequest(call));
    const lines = [
      `${name} := ${make}(b)`,
      ...request.map((line, at) => {
        const start =
          at === 0 ? `req := ${this.budget('Request')}(b, ${hooksOf(call.condition)}.${hookName(call)}, ${name}, ` : '';
        return `${start}${line}${at === request.length - 1 ? ')' : ''}`;
      }),
    ];
    return call.callback === undefined ? lines : [...lines, ...givenObject(exportedName(call.callback.name), 'b')];
  }

  private invocation(call: Call): string {
    const given = call.callback === undefined ? '' : ', callback';
    return `${this.receiver(call).name}.${this.types.method(call.method).method}(b.Context(), req${given})`;
  }

  private typicalRequest({ method }: Call): ReturnType<typeof samplesOf>[number]['value'] {
    const samples = samplesOf(this.bridge.contract, messageNamed(this.bridge.contract, method.request));
    const chosen = samples.find(({ name }) => name === 'typical') ?? samples[0];
    if (chosen === undefined) throw new Error(`${method.request} has no sample`);
    return chosen.value;
  }

  private receiver({ service, receiver }: Call): { type: string; name: string; make: string } {
    if (receiver === undefined) {
      const { client, tests } = serviceNames(this.bridge.contract, service);
      return { type: client, name: 'client', make: `boundaryBenchmark${tests}Client` };
    }
    return { type: objectNames(receiver.name).type, name: 'receiver', make: openerOf(receiver) };
  }

  private budget(name: string): string {
    return this.file.runtimePackage('budget', name);
  }
}

/** The variable with what users can set for methods of that condition. */
function hooksOf(condition: Condition): string {
  return condition.length === 0 ? 'boundaryBenchmarks' : extensionName('boundaryBenchmarks', condition);
}

/** `Quote` or `PricingQuote` of a service, `IndexGet` of a handle. */
function hookName({ nameInBridge, method, receiver }: Call): string {
  return exportedName(receiver === undefined ? nameInBridge : `${receiver.name}.${method.name}`);
}

function openerOf({ name }: Message): string {
  return `boundaryBenchmark${exportedName(name)}`;
}
