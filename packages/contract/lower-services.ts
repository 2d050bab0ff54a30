import type { DescMethod, DescService } from '@bufbuild/protobuf';
import { resolveErrorDomain } from './lower-errors.js';
import { lowerDeclaration, type LoweringUnit } from './lower-unit.js';
import { descriptorPath } from './source-info.js';
import type { Method, Service } from './types.js';

const modes: readonly Method['mode'][] = ['unspecified', 'sync', 'async', 'blocking'];

const disclosures: readonly Service['foreignText'][] = [undefined, 'debug-builds', 'never', 'always'];

/** Lowers the services of a file with their methods, in declaration order. */
export function lowerServices(unit: LoweringUnit): Service[] {
  return unit.file.services.map((desc, index) => lowerService(unit, desc, [descriptorPath.file.service, index]));
}

function lowerService(unit: LoweringUnit, desc: DescService, path: readonly number[]): Service {
  const option = unit.options.values(desc, 'service');
  const foreignText = disclosures[option?.number('foreign_text') ?? 0];
  return {
    ...lowerDeclaration(unit, path, desc.name, desc.typeName),
    abiMajor: option?.number('abi_major') ?? 0,
    implementedInGo: option?.flag('implemented_in_go') ?? false,
    ...(foreignText !== undefined && { foreignText }),
    methods: desc.methods.map((method, index) =>
      lowerMethod(unit, method, [...path, descriptorPath.service.method, index]),
    ),
  };
}

function lowerMethod(unit: LoweringUnit, desc: DescMethod, path: readonly number[]): Method {
  const option = unit.options.values(desc, 'call');
  const errorDomain = resolveErrorDomain(unit, desc, path);
  const feature = option?.text('feature') ?? '';
  const streamCredit = option?.number('stream_credit') ?? 0;
  const callsBack = option?.text('on') ?? '';
  return {
    ...lowerDeclaration(unit, path, desc.name, `${desc.parent.typeName}.${desc.name}`),
    request: desc.input.typeName,
    response: desc.output.typeName,
    clientStreaming: desc.proto.clientStreaming,
    serverStreaming: desc.proto.serverStreaming,
    mode: modes[option?.number('mode') ?? 0] ?? 'unspecified',
    budgetNs: option?.number('budget_ns') ?? 0,
    ...(errorDomain !== undefined && { errorDomain }),
    ...(feature !== '' && { feature }),
    ...(streamCredit !== 0 && { streamCredit }),
    ...(callsBack !== '' && { callsBack }),
  };
}
