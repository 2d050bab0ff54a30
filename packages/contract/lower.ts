import type { Diagnosed, Diagnostic } from '#diagnostics';
import { createFileRegistry, fromBinary, type FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { lowerEnums } from './lower-enums.js';
import { lowerErrorDomains } from './lower-errors.js';
import { lowerMessages } from './lower-messages.js';
import { lowerServices } from './lower-services.js';
import type { LoweringUnit } from './lower-unit.js';
import { optionReader } from './options.js';
import { addShared } from './shared.js';
import { descriptorPath, indexSourceInfo } from './source-info.js';
import type { Contract } from './types.js';

/** One .proto file as the workspace holds it. */
export interface ContractSource {
  /** Workspace path. */
  readonly path: string;
  /** The text, when at hand: with it, columns after tabs are exact. */
  readonly text?: string;
}

/**
 * Finds the source of a file by the name that other .proto files import it by, e.g. `pricing/v1/pricing.proto`; undefined
 * for one that belongs to another bridge.
 */
export type FindSource = (protoName: string) => ContractSource | undefined;

/** Name of grout's own options file, as contracts import it. */
export const optionsProtoName = 'grout/v1/options.proto';

/**
 * Lowers a compiled contract to the model that emitters read.
 *
 * @param bridge name of the bridge
 * @param image FileDescriptorSet with imports and source info, as `buf build --as-file-descriptor-set` writes it
 * @param findSource where the bridge's own files of the image lie
 * @param others contracts of the bridges whose files are imported
 * @returns undefined with diagnostics when the image holds no contract; a contract with diagnostics when a name in it
 *   does not resolve. Whether this version can carry the contract over the boundary is for `validateContract` to say.
 */
export function lowerContract(
  bridge: string,
  image: Uint8Array,
  findSource: FindSource,
  others: readonly Contract[] = [],
): Diagnosed<Contract | undefined> {
  const registry = readRegistry(image);
  if (registry === undefined) return { value: undefined, diagnostics: [brokenImage(bridge)] };
  const units = makeUnits(registry, findSource);
  const [first] = units;
  if (first === undefined) return { value: undefined, diagnostics: [emptyImage(bridge)] };
  const own: Contract = {
    bridge,
    package: first.file.proto.package,
    files: units.map((unit) => unit.path).sort(),
    services: units.flatMap((unit) => lowerServices(unit)),
    messages: units.flatMap((unit) => lowerMessages(unit)),
    enums: units.flatMap((unit) => lowerEnums(unit)),
    errorDomains: units.flatMap((unit) => lowerErrorDomains(unit)),
  };
  const { value, diagnostics } = addShared(own, others);
  return { value, diagnostics: [...checkPackages(units), ...first.diagnostics, ...diagnostics] };
}

function readRegistry(image: Uint8Array): FileRegistry | undefined {
  try {
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  } catch {
    return undefined;
  }
}

/** Files that come with grout or with Protobuf itself are not part of a bridge's contract, nor are those of others. */
function makeUnits(registry: FileRegistry, findSource: FindSource): LoweringUnit[] {
  const sources = [...registry.files]
    .filter(({ proto }) => proto.name !== optionsProtoName && !proto.package.startsWith('google.protobuf'))
    .sort((a, b) => (a.proto.name < b.proto.name ? -1 : 1))
    .flatMap((file) => {
      const source = findSource(file.proto.name);
      return source === undefined ? [] : [{ file, source }];
    });
  const options = optionReader(registry);
  const enums = sources.flatMap(({ file }) => file.enums);
  const diagnostics: Diagnostic[] = [];
  return sources.map(({ file, source: { path, text } }) => {
    return { file, path, info: indexSourceInfo(file, path, text), options, enums, diagnostics };
  });
}

/** A bridge is one Protobuf package: symbols, Go package and Rust modules are named after it. */
function checkPackages(units: readonly LoweringUnit[]): Diagnostic[] {
  const expected = units[0]?.file.proto.package ?? '';
  return units.flatMap(({ file, info }): Diagnostic[] => {
    const found = file.proto.package;
    if (found !== '' && found === expected) return [];
    return [
      {
        code: found === '' ? 'contract/no-package' : 'contract/several-packages',
        severity: 'error',
        message:
          found === ''
            ? 'the contract declares no package, so that its symbols could clash with those of another bridge'
            : `package ${found} differs from ${expected || 'no package'} of the bridge's first file`,
        span: info.spanOf([descriptorPath.file.package]),
        help:
          found === ''
            ? 'add a line such as `package pricing.v1;` below `syntax`'
            : 'keep the files of one bridge in one package; make a bridge of its own for the other one, or delete the file if another bridge has it: it can be imported from there',
      },
    ];
  });
}

function brokenImage(bridge: string): Diagnostic {
  return {
    code: 'contract/broken-image',
    severity: 'error',
    message: `the compiled contract of bridge ${bridge} is not a Protobuf FileDescriptorSet`,
    help: 'run `buf build` in the folder of the contract to see whether it compiles',
  };
}

function emptyImage(bridge: string): Diagnostic {
  return {
    code: 'contract/no-files',
    severity: 'error',
    message: `the contract of bridge ${bridge} has no .proto file of its own`,
    help: 'write the service as a .proto file in the folder `contract` of the bridge',
  };
}
