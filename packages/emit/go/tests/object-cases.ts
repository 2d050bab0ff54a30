import type { Contract, Method } from '#contract';
import { viewMessages } from '../../borrowing.js';
import { conformanceErrors, conformanceRefusals, type ConformanceCall } from '../../conformance.js';
import type { Signature } from '../../crossing.js';
import { goString, indent, type GoFile } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { errorName, exportedName } from '../names.js';
import { bufferMaker } from './buffer-maker.js';
import { Literals } from './literals.js';

/** Prints calls of methods of objects, as elements of an ObjectSuite or a HeldSuite. */
export class ObjectCases {
  private readonly types: GoTypes;
  private readonly literals: Literals;

  /** @param type the Go type of the objects */
  constructor(
    private readonly file: GoFile,
    private readonly type: string,
  ) {
    this.types = new GoTypes(file);
    this.literals = new Literals(file, bufferMaker);
  }

  /** The list of a call of each method; nothing where there is none. */
  calls(calls: readonly (Signature & ConformanceCall)[], start: string, end: string): string[] {
    const kinds = this.kindsOf(calls);
    const each = calls.flatMap((call) => {
      const request = [`${this.types.method(call.method).request}{}`];
      return this.printCall(call, request, kinds.get(call.method));
    });
    return this.list(each, start, end);
  }

  /** The list of calls that the contract does not allow. */
  refusals(calls: readonly (Signature & ConformanceCall)[], start: string, end: string): string[] {
    const refusals = conformanceRefusals(this.contract, calls);
    const each = refusals.flatMap(({ call, request, error }) =>
      this.printCall(call, this.literals.message(request), `Refusal: ${goString(error)}`),
    );
    return this.list(each, start, end);
  }

  private get contract(): Contract {
    return this.file.contract;
  }

  private list(elements: readonly string[], start: string, end: string): string[] {
    if (elements.length === 0) return [];
    return [`${start}[]${this.file.grout('ObjectCall')}[${this.type}]{`, ...indent(elements), `}${end}`];
  }

  /** The member that names the errors of the contract that a method can fail with. */
  private kindsOf(calls: readonly ConformanceCall[]): Map<Method, string> {
    return new Map(
      conformanceErrors(this.contract, calls).map(({ call, domain }) => {
        const kinds = domain.codes.map(({ name }) => errorName(name)).join(', ');
        return [call.method, `Kinds: []*${this.file.grout('Kind')}{${kinds}}`];
      }),
    );
  }

  private printCall(call: Signature, request: readonly string[], more: string | undefined): string[] {
    const { method } = this.types.method(call.method);
    const given = call.callback === undefined ? '' : `, &Mock${exportedName(call.callback.name)}{}`;
    const freed = this.freedBy(call);
    const called = request.map((line, at) => {
      const start = at === 0 ? `${freed === undefined ? '_' : 'answered'}, err := object.${method}(ctx, ` : '';
      return `${start}${line}${at === request.length - 1 ? `${given})` : ''}`;
    });
    const end =
      freed === undefined ? ['return err'] : ['if err != nil {', '\treturn err', '}', `return answered.${freed}()`];
    const context = this.file.std('context', 'Context');
    return [
      `{Method: ${goString(call.displayName)}, Call: func(ctx ${context}, object ${this.type}) error {`,
      ...indent([...called, ...end]),
      `}${more === undefined ? '' : `, ${more}`}},`,
    ];
  }

  /** How what a method answers with is given back, where it has to be. */
  private freedBy({ method, opens }: Signature): string | undefined {
    if (opens !== undefined) return 'Close';
    return viewMessages(this.contract).has(method.response) ? 'Release' : undefined;
  }
}
