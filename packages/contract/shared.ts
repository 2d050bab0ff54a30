import type { Diagnosed, Diagnostic, Span } from '#diagnostics';
import { refuse } from './refusal.js';
import { responseParts } from './response-parts.js';
import { implementedIn } from './services.js';
import type { Contract, Enum, Message } from './types.js';

/** The messages that the contract declares itself. */
export function ownMessages({ messages }: Contract): Message[] {
  return messages.filter(({ owner }) => owner === undefined);
}

/** The enums that the contract declares itself. */
export function ownEnums({ enums }: Contract): Enum[] {
  return enums.filter(({ owner }) => owner === undefined);
}

/** Names of the other bridges whose messages and enums the contract uses, sorted. */
export function sharingBridges({ messages, enums }: Contract): string[] {
  return [...new Set([...messages, ...enums].flatMap(({ owner }) => owner ?? []))].sort();
}

/**
 * Adds the messages and enums of other bridges that a contract leads to, as their own contracts have them.
 *
 * @returns with a diagnostic for each use of what cannot be shared
 */
export function addShared(contract: Contract, others: readonly Contract[]): Diagnosed<Contract> {
  const sharing = new Sharing(contract, others);
  for (const { fields } of contract.messages) {
    for (const { type, span } of fields) {
      if (type.kind === 'message' || type.kind === 'handle') sharing.use(type.message, span);
      if (type.kind === 'enum') sharing.use(type.enum, span);
    }
  }
  for (const { request, response, span } of contract.services.flatMap(({ methods }) => methods)) {
    sharing.use(request, span);
    sharing.use(response, span);
  }
  const byName = [...others].sort((a, b) => (a.bridge < b.bridge ? -1 : 1));
  const used = <T extends Message | Enum>(declared: readonly T[], owner: string): T[] =>
    declared.filter((it) => sharing.used.has(it.fullName)).map((it) => ({ ...it, owner }));
  return {
    value: {
      ...contract,
      messages: [...contract.messages, ...byName.flatMap((other) => used(ownMessages(other), other.bridge))],
      enums: [...contract.enums, ...byName.flatMap((other) => used(ownEnums(other), other.bridge))],
    },
    diagnostics: sharing.diagnostics,
  };
}

/** Follows what a contract uses into the contracts of others. */
class Sharing {
  /** Full names of what is used of others. */
  readonly used = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #refused = new Set<string>();

  constructor(
    private readonly contract: Contract,
    private readonly others: readonly Contract[],
  ) {}

  /** @param span where the contract itself uses it, or what leads to it */
  use(fullName: string, span: Span): void {
    if (this.used.has(fullName) || this.#refused.has(fullName)) return;
    for (const other of this.others) {
      const message = ownMessages(other).find((it) => it.fullName === fullName);
      const isEnum = [...ownEnums(other), ...other.errorDomains].some((it) => it.fullName === fullName);
      if (message === undefined && !isEnum) continue;
      const refusal = this.#refusalOf(fullName, message, other, span);
      if (refusal !== undefined) {
        this.#refused.add(fullName);
        this.diagnostics.push(refusal);
        return;
      }
      this.used.add(fullName);
      for (const { type } of message?.fields ?? []) {
        if (type.kind === 'message') this.use(type.message, span);
        if (type.kind === 'enum') this.use(type.enum, span);
      }
    }
  }

  /** Why what another bridge declares cannot be used here. */
  #refusalOf(fullName: string, message: Message | undefined, other: Contract, span: Span): Diagnostic | undefined {
    const belongs = `${fullName} belongs to the bridge ${other.bridge}`;
    if (other.errorDomains.some((it) => it.fullName === fullName)) {
      const help = 'declare an enum that is no error domain for what a message is to say';
      return refuse('shared-error-domain', `${belongs}, and error domains are not shared`, span, help);
    }
    if (message?.handle !== undefined || message?.fields.some(({ type }) => type.kind === 'handle') === true) {
      const help = 'carry an identifier that the other service understands, or call it with its own client';
      return refuse('shared-handle', `${belongs}, and so do its objects: handles are not shared`, span, help);
    }
    const isOfResponse = message !== undefined && responseParts(other).names.has(fullName);
    if (isOfResponse && message.fields.some(isLent)) {
      const help = 'declare a message of your own with the fields that are needed, or share the messages in it';
      const text = `${belongs}, as part of a response with fields that it lends or gives away (OWN_BORROW, OWN_MOVE)`;
      return refuse('shared-view', text, span, help);
    }
    const fixed = message?.fields.find(({ own, align }) => own === 'move' || align !== undefined);
    if (fixed !== undefined) {
      const help = 'declare a message of your own with the fields that are needed, or share the messages in it';
      const text = `${belongs}, and has a field that is given away or aligned (OWN_MOVE, align): ${fixed.name}`;
      return refuse('shared-buffer', text, span, help);
    }
    return implementedIn(other) === 'neither' ? undefined : this.#serviceRefusalOf(belongs, other, span);
  }

  /** Why what a bridge with a service declares cannot be used here: the packages of this bridge would bring the service. */
  #serviceRefusalOf(belongs: string, other: Contract, span: Span): Diagnostic | undefined {
    const help =
      'move the message to a bridge of messages alone, which any bridge can import, or declare one of your own';
    if (implementedIn(this.contract) === 'neither') {
      const text = `${belongs}, which has a service, and ${this.contract.bridge} has none: whoever imports its messages would link that service`;
      return refuse('shared-with-messages', text, span, help);
    }
    const ofGo = [this.contract, other].find((it) => implementedIn(it) === 'go');
    if (ofGo === undefined) return undefined;
    const text = `${belongs}, which has a service, and ${ofGo.bridge} is implemented in Go: one library would come with both`;
    return refuse('shared-with-go', text, span, help);
  }
}

function isLent({ own }: Message['fields'][number]): boolean {
  return own === 'borrow' || own === 'move';
}
