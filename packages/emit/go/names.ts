import type { Diagnostic } from '#diagnostics';
import {
  givenServices,
  goServices,
  implementedIn,
  ownEnums,
  ownMessages,
  rustServices,
  type Contract,
  type Enum,
  type EnumValue,
  type Field,
  type Message,
  type Service,
} from '#contract';
import { isOnlyService } from '../abi-names.js';
import { conditionsOf, isSame, type Condition } from '../conditions.js';
import { bufferFields, viewMessages } from '../borrowing.js';
import {
  declarationOf,
  membersOf,
  methodScopes,
  oneofTypeName,
  ownValueMessages,
  receiverOf,
  type OneofMember,
} from '../members.js';
import { findClashes, named, type NamedDeclaration } from '../name-clashes.js';
import { capitalize, remembered, splitWords } from '../words.js';

/** Words that Go writes in capitals, in the plural too (`IDs`). */
const initialisms = new Set(
  `acl api ascii cpu css dns eof guid html http https id ip json jwt lhs os qps ram rhs rpc sla smtp sql ssh tcp tls ttl
   udp ui uid uri url utf8 uuid vm xml xmpp xsrf xss`.split(/\s+/),
);

const keywords = new Set(
  `break case chan const continue default defer else fallthrough for func go goto if import interface map package range
   return select struct switch type var`.split(/\s+/),
);

/** `customer_id` → `CustomerID`; also spells names that already are in camel case. */
export const exportedName = remembered((identifier) => splitWords(identifier).map(spellWord).join(''));

/** `customer_id` → `customerID`; a keyword gets a trailing underscore. */
export function localName(identifier: string): string {
  const [first = '', ...rest] = splitWords(identifier);
  const name = `${first}${rest.map(spellWord).join('')}`;
  return keywords.has(name) ? `${name}_` : name;
}

/**
 * Name of what only generated code uses. A package that Go implements has its user's code as well, which no such name must
 * stand in the way of: there all of them begin with `grout`, and with `Grout` what its archive uses.
 */
export function internalName(contract: Contract, identifier: string): string {
  return localName(implementedIn(contract) === 'go' ? `grout_${identifier}` : identifier);
}

function spellWord(word: string): string {
  if (initialisms.has(word)) return word.toUpperCase();
  const singular = word.slice(0, -1);
  return word.endsWith('s') && initialisms.has(singular) ? `${singular.toUpperCase()}s` : capitalize(word);
}

/** `EMPTY_NAME` → `ErrEmptyName`. */
export function errorName(code: string): string {
  return `Err${exportedName(code)}`;
}

/** Go names of what belongs to a service that Rust implements. */
export interface ServiceNames {
  /** The interface of its methods. */
  readonly interface: string;
  readonly client: string;
  /** Functions that make a client. */
  readonly constructor: string;
  readonly constructorWith: string;
  readonly mock: string;
  readonly mockConstructor: string;
  /** What calls the library. */
  readonly inProcess: string;
  /** The user's function that makes what stands in for it in a build with the tag grout_mock. */
  readonly fake: string;
  /** Field of `services`, which holds one of each; a bridge of one service has no need of it. */
  readonly field: string;
  /** Begins the names of its tests. */
  readonly tests: string;
}

/** A service that is alone has the package to itself; with others beside it, each has its name in its own. */
export function serviceNames(contract: Contract, { name }: Service): ServiceNames {
  if (isOnlyService(contract)) {
    return {
      interface: 'Service',
      client: 'Client',
      constructor: 'New',
      constructorWith: 'NewWith',
      mock: 'Mock',
      mockConstructor: 'NewMock',
      inProcess: 'inProcess',
      fake: 'newFake',
      field: 'service',
      tests: '',
    };
  }
  const type = exportedName(name);
  return {
    interface: type,
    client: `${type}Client`,
    constructor: `New${type}Client`,
    constructorWith: `New${type}ClientWith`,
    mock: `Mock${type}`,
    mockConstructor: `NewMock${type}`,
    inProcess: `inProcess${type}`,
    fake: `newFake${type}`,
    field: localName(name),
    tests: type,
  };
}

/** Name of what a type has only in builds with some features, and embeds: `ServiceWithWatch`. */
export function extensionName(type: string, condition: Condition): string {
  return `${type}With${condition.map(exportedName).join('')}`;
}

/** Go names of what belongs to a service that Go implements for programs of Rust. */
export interface HostedNames {
  /** The interface of its methods. */
  readonly interface: string;
  /** The function that makes what the archive gives Rust, and the archive's variable for it. */
  readonly serverConstructor: string;
  readonly server: string;
  /** The user's function that makes the implementation. */
  readonly opener: string;
}

/** As `serviceNames`: a service that is alone has the package, and its archive, to itself. */
export function hostedNames(contract: Contract, { name }: Service): HostedNames {
  if (isOnlyService(contract)) {
    return { interface: 'Service', serverConstructor: 'GroutServer', server: 'groutServer', opener: 'newService' };
  }
  const type = exportedName(name);
  return {
    interface: type,
    serverConstructor: `Grout${type}Server`,
    server: `grout${type}Server`,
    opener: `new${type}`,
  };
}

/** Go names of what belongs to a handle. */
export interface ObjectNames {
  /** What users hold: `Index`. */
  readonly type: string;
  /** What an implementation is: `IndexObject`. */
  readonly service: string;
  readonly mock: string;
  readonly inProcess: string;
  /** The function that makes the table of those that Go implements. */
  readonly tableConstructor: string;
}

export function objectNames(handle: string): ObjectNames {
  const type = exportedName(handle);
  return {
    type,
    service: `${type}Object`,
    mock: `Mock${type}`,
    inProcess: `inProcess${type}`,
    tableConstructor: `Grout${type}Objects`,
  };
}

/** Exported names of the generated package that do not come from the contract, with what they are. */
const generatedNames: Readonly<Record<string, string>> = {
  Client: 'the client',
  Mock: 'the mock',
  New: 'the constructor of the client',
  NewMock: 'the constructor of the mock',
  NewWith: 'the constructor of a client over any service',
  Service: 'the interface of the service',
};

/** The same of a package whose only service Go implements. */
const namesOfHosted: Readonly<Record<string, string>> = {
  GroutServer: 'what the archive of the service calls',
  Service: 'the interface of the service',
};

/** Names that a package has for itself: with several services, each has its own in those of the contract. */
function reservedNames(contract: Contract): Readonly<Record<string, string>> {
  if (implementedIn(contract) === 'go') return isOnlyService(contract) ? namesOfHosted : {};
  return {
    ...(isOnlyService(contract) && generatedNames),
    ...(bufferFields(contract).size > 0 && { NewBuffer: 'the function that makes buffers' }),
  };
}

/** What a mock has besides the methods of its service. */
const mockMethods: Readonly<Record<string, string>> = {
  AssertExpectations: 'what a mock has for its expectations',
  Calls: 'what a mock has for its calls',
};

/** What an object has besides the methods that are called on it. */
const objectMethods: Readonly<Record<string, string>> = {
  Close: 'how an object is closed',
  CloseFunc: 'the function of its mock',
};

/** Method names for which `go vet` demands a signature of its own. */
const vettedMethods: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'GobDecode',
    'GobEncode',
    'MarshalJSON',
    'MarshalXML',
    'ReadByte',
    'ReadRune',
    'UnmarshalJSON',
    'UnmarshalXML',
    'UnreadByte',
    'UnreadRune',
    'WriteByte',
  ].map((name) => [name, 'a method of the standard library, whose signature go vet demands']),
);

/** What would not compile, or would hide something, once the contract's names are spelled as Go spells them. */
export function findGoNameClashes(contract: Contract): Diagnostic[] {
  const codes = contract.errorDomains.flatMap(({ codes }) => codes.map((code) => named(code, errorName(code.name))));
  return [
    ...findClashes('Go', [...typesOf(contract), ...codes], reservedNames(contract)),
    ...methodScopes(contract).flatMap(({ handle, methods }) => {
      const names = methods.map((method) => named(method, exportedName(method.name)));
      const ofMock = methods.flatMap((method) => {
        const name = exportedName(method.name);
        return [`${name}Func`, `${name}Calls`, `Expect${name}`, `Expect${name}That`].map((it) => named(method, it));
      });
      return findClashes('Go', [...names, ...ofMock], {
        ...vettedMethods,
        ...mockMethods,
        ...(handle !== undefined && objectMethods),
      });
    }),
    ...ownValueMessages(contract).flatMap((message) =>
      findClashes(
        'Go',
        membersOf(message).map((member) => named(declarationOf(member), exportedName(member.name))),
        {
          ...(hasRedacted(message) && {
            Format: 'how it hides what is redacted',
            LogValue: 'how it hides it in logs',
            MarshalJSON: 'how it hides it in JSON',
          }),
          ...(viewMessages(contract).has(message.fullName) && {
            Release: 'how its views are given back',
          }),
        },
      ),
    ),
  ];
}

/** Everything that becomes a type or a constant of the package; functions are named after what is shared as well. */
function typesOf(contract: Contract): NamedDeclaration[] {
  const [messages, enums] = [ownMessages(contract), ownEnums(contract)];
  const shared = [...contract.messages, ...contract.enums].filter(({ owner }) => owner !== undefined);
  const oneofs = messages.flatMap((message) =>
    membersOf(message).flatMap((member) => {
      if (member.kind === 'field') return [];
      const alternatives = member.alternatives.map((it) => named(it, alternativeName(message, member, it)));
      return [named(member.oneof, oneofName(message, member)), ...alternatives];
    }),
  );
  const constants = enums.flatMap((it) => it.values.map((value) => named(value, constantName(it, value))));
  const types = [...shared, ...messages, ...enums].map((it) => named(it, exportedName(it.name)));
  const isHosted = implementedIn(contract) === 'go';
  const objects = messages
    .filter(({ handle }) => handle !== undefined)
    .flatMap((it) => {
      const { service, mock, tableConstructor } = objectNames(it.name);
      return (isHosted ? [tableConstructor] : [service, mock, `New${mock}`]).map((name) => named(it, name));
    });
  const callbacks = goServices(contract).flatMap((it) => {
    const type = exportedName(it.name);
    const names = isHosted ? [type, `Grout${type}Server`] : [type, `Mock${type}`, `NewMock${type}`];
    return names.map((name) => named(it, name));
  });
  const given = givenServices(contract).flatMap((it) =>
    ['', 'GroutBind'].map((prefix) => named(it, `${prefix}${exportedName(it.name)}`)),
  );
  const services = rustServices(contract).flatMap((it) => {
    const names = serviceNames(contract, it);
    const exported = [names.interface, names.client, names.constructor, names.constructorWith];
    return [...exported, names.mock, names.mockConstructor].map((name) => named(it, name));
  });
  return [
    ...types,
    ...objects,
    ...given,
    ...(isHosted && isOnlyService(contract) ? [] : callbacks),
    ...(isOnlyService(contract) ? [] : services),
    ...extensionsOf(contract),
    ...oneofs,
    ...constants,
  ];
}

/** What is declared for methods that depend on features. */
function extensionsOf(contract: Contract): NamedDeclaration[] {
  const { ofMethod, ofHandle } = conditionsOf(contract);
  const spelled = new Map<string, NamedDeclaration>();
  for (const service of rustServices(contract)) {
    for (const method of service.methods) {
      const receiver = receiverOf(contract, method.request);
      const condition = ofMethod(method);
      if (isSame(condition, receiver === undefined ? [] : ofHandle(receiver))) continue;
      const { interface: type, mock } =
        receiver === undefined ? serviceNames(contract, service) : objectTypes(receiver.name);
      for (const name of [type, mock].map((it) => extensionName(it, condition))) {
        if (!spelled.has(name)) spelled.set(name, named(method, name));
      }
    }
  }
  return [...spelled.values()];
}

function objectTypes(handle: string): { interface: string; mock: string } {
  const { service, mock } = objectNames(handle);
  return { interface: service, mock };
}

/** Name of the interface of a oneof. */
export function oneofName(message: Message, { oneof }: OneofMember): string {
  return exportedName(oneofTypeName(message, oneof));
}

/** Name of the struct that holds an alternative of a oneof. */
export function alternativeName(message: Message, member: OneofMember, field: Field): string {
  return `${oneofName(message, member)}${exportedName(field.name)}`;
}

/** `RED` of `Color` → `ColorRed`. */
export function constantName(declaration: Enum, value: EnumValue): string {
  return exportedName(`${declaration.name}.${value.name}`);
}

function hasRedacted({ fields }: Message): boolean {
  return fields.some(({ redact }) => redact);
}
