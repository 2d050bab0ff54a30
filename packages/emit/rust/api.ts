import { ownEnums, type ErrorDomain } from '#contract';
import type { Bridge, ServiceCalls } from '../bridge.js';
import { docComment, generatedHeader } from '../docs.js';
import { Cfg } from './cfg.js';
import { printCallbackTrait } from './callbacks.js';
import { printEnum } from './enums.js';
import { printErrorDomain } from './errors.js';
import { printGivenTrait } from './hosted/given.js';
import { printHostedObjectTrait } from './hosted/objects.js';
import { printHostedTrait } from './hosted/trait.js';
import { ownValueMessages } from '../members.js';
import { printShared } from './shared.js';
import { indent, useDeclaration } from './layout.js';
import { importsOf, printMessage } from './messages.js';
import { typeName } from './names.js';
import { associatedTypes, printObjectTrait } from './objects.js';
import { RustTypes } from './rust-types.js';
import { methods } from './traits.js';

/** src/generated/api.rs: the messages, the traits to implement and the errors. Knows nothing of how calls cross. */
export function printApi(bridge: Bridge): string {
  const { contract } = bridge;
  const types = new RustTypes(contract);
  const imports = importsOf(contract);
  const shared = printShared(bridge);
  const sections = [
    [...generatedHeader('//', contract.files)],
    ...(imports.length > 0 ? [imports] : []),
    ...(shared.length > 0 ? [shared] : []),
    ...(bridge.implementedIn === 'go' ? printHostedTraits(bridge, types) : printTraits(bridge, types)),
    ...ownValueMessages(contract).flatMap((message) => printMessage(types, message)),
    ...ownEnums(contract).flatMap((declaration) => printEnum(declaration)),
    ...contract.errorDomains.map((domain: ErrorDomain) => printErrorDomain(domain)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printHostedTraits({ contract, hosted }: Bridge, types: RustTypes): string[][] {
  const objects = hosted.objects.map(({ handle }) => typeName(handle.name));
  return [
    ...(objects.length > 0 ? [useDeclaration('pub use super::objects', objects)] : []),
    ...hosted.services.map((service) => printHostedTrait(contract, types, service)),
    ...hosted.objects.map((object) => printHostedObjectTrait(types, object)),
    ...hosted.given.map((given) => printGivenTrait(types, given)),
  ];
}

function printTraits(bridge: Bridge, types: RustTypes): string[][] {
  return [
    ...bridge.services.map((service) => printTrait(bridge, types, service)),
    ...bridge.objects.map((object) => printObjectTrait(bridge, types, object)),
    ...bridge.callbacks.map((callback) => printCallbackTrait(types, callback)),
  ];
}

function printTrait({ contract, services, abi }: Bridge, types: RustTypes, { service, calls }: ServiceCalls): string[] {
  const doc = docComment('///', service.doc, `The service \`${service.fullName}\`.`);
  const instance =
    services.length === 1 ? 'One instance serves all calls' : 'One instance serves all calls of all services';
  const sharing = ['///', `/// ${instance}, from any thread. A panic ends only its call: Go receives it as an error.`];
  const head = `pub trait ${typeName(service.name)}: Send + Sync + 'static {`;
  const cfg = new Cfg(abi.features);
  const body = [
    ...associatedTypes(contract, cfg, calls, []),
    ...methods(types, calls, {
      self: '&self',
      verb: 'Serves',
      attributes: ({ condition = [] }) => cfg.with(condition),
    }),
  ];
  return [...doc, ...sharing, head, ...indent(body), '}'];
}
