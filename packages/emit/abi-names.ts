import { calledServices, rustServices, type Contract, type Method, type Service } from '#contract';
import type { Diagnostic } from '#diagnostics';
import { findClashes, named } from './name-clashes.js';
import { snakeCase } from './words.js';

/** The names by which the linker and the C header know the parts of a bridge; both sides print them. */
export interface AbiNames {
  /** Symbol of a method of Rust, given its name in the bridge. */
  method(name: string): string;
  /** C name of the struct that a method's response is written to. */
  outStruct(name: string): string;
  /** Symbol of the function that closes a handle, given the handle's name. */
  close(handle: string): string;
  /** Symbols of what belongs to a service of Go, given its name. */
  callback(service: string): { readonly call: string; readonly release: string; readonly bind: string };
  /** The symbol that exists only in a library with the same ABI hash. */
  abiSymbol(hash: string): string;
  /** By which Go asks for room for the answer of a callback. */
  readonly makeRoom: string;
  readonly handshake: string;
  /** Symbols of what an archive of Go has for each service that it implements. */
  hosted(service: Service): { readonly open: string; readonly call: string };
  /** The function of such an archive that calls the objects of a handle, given the handle's name. */
  callObject(handle: string): string;
  /** That which cancels a call. */
  readonly cancel: string;
  readonly viewError: string;
  readonly freeError: string;
  readonly freeSpill: string;
  readonly freeView: string;
  readonly newBuffer: string;
  readonly freeBuffer: string;
}

/** Every symbol begins with the contract's package, so that several bridges can share one link. */
export function abiNames(contract: Contract): AbiNames {
  const prefix = contract.package.replaceAll('.', '_').toLowerCase();
  return {
    method: (name) => `${prefix}_${snakeCase(name)}`,
    outStruct: (name) => `${prefix}_${snakeCase(name)}_out`,
    close: (handle) => `${prefix}_grout_close_${snakeCase(handle)}`,
    callback: (service) => ({
      call: `${prefix}_grout_call_${snakeCase(service)}`,
      release: `${prefix}_grout_release_${snakeCase(service)}`,
      bind: `${prefix}_grout_bind_${snakeCase(service)}`,
    }),
    makeRoom: `${prefix}_grout_make_room`,
    abiSymbol: (hash) => `${prefix}_abi_${hash}`,
    handshake: `${prefix}_grout_handshake`,
    hosted: ({ name }) => {
      const suffix = isOnlyService(contract) ? '' : `_${snakeCase(name)}`;
      return { open: `${prefix}_grout_open${suffix}`, call: `${prefix}_grout_call${suffix}` };
    },
    callObject: (handle) => `${prefix}_grout_call_${snakeCase(handle)}`,
    cancel: `${prefix}_grout_cancel`,
    viewError: `${prefix}_grout_view_error`,
    freeError: `${prefix}_grout_free_error`,
    freeSpill: `${prefix}_grout_free_spill`,
    freeView: `${prefix}_grout_free_view`,
    newBuffer: `${prefix}_grout_new_buffer`,
    freeBuffer: `${prefix}_grout_free_buffer`,
  };
}

/** Whether the bridge is there for a single service, which then has its names to itself. */
export function isOnlyService(contract: Contract): boolean {
  return calledServices(contract).length === 1;
}

/** Name of a method of Rust among those of the bridge: alone, or after its service's where there are several. */
export function nameInBridge(contract: Contract, service: Service, { name }: Method): string {
  return isOnlyService(contract) ? name : `${service.name}.${name}`;
}

/** Methods of several services can come to one symbol: `List.GetAll` and `ListGet.All`. */
export function findSymbolClashes(contract: Contract): Diagnostic[] {
  const symbols = rustServices(contract).flatMap((service) =>
    service.methods.map((method) => named(method, abiNames(contract).method(nameInBridge(contract, service, method)))),
  );
  return findClashes('C', symbols, {});
}

/**
 * Names that no leaf may have, as it is a parameter or member in C, Go and Rust alike: what the generated functions call
 * their own, the keywords of the three languages, and macros that C compilers predefine in lower case.
 */
export const leafReserved: ReadonlySet<string> = new Set(
  `call out tail unused cx request response parts serve write input read room pack pack_len object this callback
   alignas alignof auto bool break case char const constexpr continue default do double else enum extern false float
   for goto if inline int long nullptr register restrict return short signed sizeof static static_assert struct switch
   thread_local true typedef typeof typeof_unqual union unsigned void volatile while asm errno linux unix i386
   chan defer fallthrough func go import interface map package range select type var
   abstract as async await become box crate dyn extern final fn gen impl in let loop macro match mod move mut override
   priv pub ref self static super trait try unsafe unsized use virtual where yield
   offsetof int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t size_t`.split(/\s+/),
);
