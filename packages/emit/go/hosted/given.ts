import type { Contract, Service } from '#contract';
import type { Bridge } from '../../bridge.js';
import type { GivenCall, GivenService } from '../../callbacks.js';
import { goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { namedDoc } from '../messages.js';
import { exportedName, internalName } from '../names.js';
import { packFunction } from '../pack.js';
import { takeFunction } from '../served.js';
import { methodDeclarations, parametersOf } from '../signatures.js';

/** The interface of the objects that Rust gives. */
export function printGivenInterface(file: GoFile, { service, calls }: GivenService): void {
  const name = exportedName(service.name);
  file.add(
    ...namedDoc(name, service.doc, `${name} is ${service.fullName}, which Rust implements.`),
    '//',
    '// Who is given one may keep it, and call it from any goroutine, at once if that helps. Rust lets go of it when nobody',
    `// refers to it any more, or at once with [${file.grout('Release')}]. A panic of Rust is an error here.`,
    `type ${name} interface {`,
    ...indent(methodDeclarations(file, new GoTypes(file), calls)),
    '}',
  );
}

/** given.gen.go: how objects of Rust are called. Plain Go, as the archive has what calls C. */
export function printGiven(bridge: Bridge): string | undefined {
  const { given } = bridge.hosted;
  if (given.length === 0) return undefined;
  const file = new GoFile(bridge);
  for (const service of given) printObjects(file, bridge.contract, service);
  return file.render();
}

/** Name of the function by which the archive says how Rust is called. */
export function bindFunction({ name }: Pick<Service, 'name'>): string {
  return `GroutBind${exportedName(name)}`;
}

function printObjects(file: GoFile, contract: Contract, { service, calls }: GivenService): void {
  const type = exportedName(service.name);
  const [table, inRust] = [
    internalName(contract, `${service.name}_given`),
    internalName(contract, `${service.name}_in_rust`),
  ];
  const take = takeFunction(contract, service);
  file.add(
    `// ${table} has what Rust gives of [${type}].`,
    `var ${table} = ${file.grout('NewGiven')}(${goString(service.fullName)})`,
  );
  file.add(
    `// ${bindFunction(service)} keeps how objects of [${type}] are called. For generated code.`,
    `func ${bindFunction(service)}(functions ${file.grout('RustFunctions')}) {`,
    `\t${table}.Bind(functions)`,
    '}',
  );
  file.add(
    `// ${inRust} calls a [${type}] that lives in Rust.`,
    `type ${inRust} struct {`,
    `\t*${file.grout('RustObject')}`,
    '}',
  );
  file.add(
    `// ${take} takes over the object in a slot of a request.`,
    `func ${take}(slot *uint64) ${type} {`,
    `\treturn ${inRust}{${table}.Take(slot)}`,
    '}',
  );
  for (const call of calls) printMethod(file, inRust, call);
}

function printMethod(file: GoFile, inRust: string, call: GivenCall): void {
  const types = new GoTypes(file);
  const { method, response } = types.method(call.method);
  const { declared } = parametersOf(file, types, call);
  const pack = packFunction(file.contract, 'pack', call.method.request);
  const unpack = packFunction(file.contract, 'unpack', call.method.response);
  file.add(
    `func (o ${inRust}) ${method}(${declared}) (${response}, error) {`,
    ...indent([
      `method := ${file.grout('RustMethod')}{Name: ${goString(call.displayName)}, Number: ${call.number}}`,
      `return ${file.grout('CallRust')}(ctx, o.RustObject, method, req, ${pack}, ${unpack})`,
    ]),
    '}',
  );
}
