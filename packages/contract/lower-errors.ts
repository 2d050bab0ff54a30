import { suggest } from '#diagnostics';
import type { DescEnum, DescEnumValue, DescMethod } from '@bufbuild/protobuf';
import { findHintProblem } from './hint.js';
import { isErrorDomain, lowerDeclaration, valueNames, valuePrefix, type LoweringUnit } from './lower-unit.js';
import { descriptorPath } from './source-info.js';
import type { ErrorCode, ErrorDomain } from './types.js';

const retries: readonly ErrorCode['retry'][] = ['unspecified', 'never', 'backoff', 'after-refresh'];

/** By their numbers, which are those of google.rpc.Code. */
const canonicals: readonly ErrorCode['canonical'][] = [
  undefined,
  'cancelled',
  'unknown',
  'invalid-argument',
  'deadline-exceeded',
  'not-found',
  'already-exists',
  'permission-denied',
  'resource-exhausted',
  'failed-precondition',
  'aborted',
  'out-of-range',
  'unimplemented',
  'internal',
  'unavailable',
  'data-loss',
  'unauthenticated',
];

/** Numbers of options in the registry of `grout/v1/options.proto`, and of the hint in the latter. */
const errorsOption = 57302;
const codeOption = 57301;
const hintField = 1;

/** Lowers the enums of a file that are marked as error domains. */
export function lowerErrorDomains(unit: LoweringUnit): ErrorDomain[] {
  return unit.file.enums.flatMap((desc, index) =>
    isErrorDomain(unit, desc) ? [lowerErrorDomain(unit, desc, [descriptorPath.file.enum, index])] : [],
  );
}

function lowerErrorDomain(unit: LoweringUnit, desc: DescEnum, path: readonly number[]): ErrorDomain {
  const zeroName = `${valuePrefix(desc.name)}UNSPECIFIED`;
  const codes = desc.values.flatMap((value, index) => {
    const valuePath = [...path, descriptorPath.enum.value, index];
    if (value.number !== 0) return [lowerErrorCode(unit, value, valuePath)];
    if (value.name !== zeroName) {
      unit.diagnostics.push({
        code: 'contract/zero-error-code',
        severity: 'error',
        message: `${value.name} = 0 would be an error code, but zero means that a call did not say what failed`,
        span: unit.info.spanOf(valuePath),
        help: `begin the enum with ${zeroName} = 0 and number the codes from 1`,
      });
    }
    return [];
  });
  return { ...lowerDeclaration(unit, path, desc.name, desc.typeName), codes };
}

function lowerErrorCode(unit: LoweringUnit, desc: DescEnumValue, path: readonly number[]): ErrorCode {
  const option = unit.options.values(desc, 'code');
  const { name, fullName } = valueNames(desc.parent, desc.name);
  const hint = option?.text('hint') ?? '';
  const canonical = canonicals[option?.number('canonical') ?? 0];
  checkHint(unit, name, hint, path);
  return {
    ...lowerDeclaration(unit, path, name, fullName),
    number: desc.number,
    hint,
    retry: retries[option?.number('retry') ?? 0] ?? 'unspecified',
    redact: option?.flag('redact') ?? false,
    ...(canonical !== undefined && { canonical }),
  };
}

function checkHint(unit: LoweringUnit, code: string, hint: string, path: readonly number[]): void {
  const problem = findHintProblem(hint);
  if (problem === undefined) return;
  unit.diagnostics.push({
    code: 'contract/malformed-hint',
    severity: 'error',
    message: `the hint of ${code} ${problem.message}`,
    span: unit.info.spanOf([...path, descriptorPath.enumValue.options, codeOption, hintField], path),
    help: problem.help,
  });
}

/** Resolves the method's `errors` option to the full name of an error domain; says why when it names none. */
export function resolveErrorDomain(unit: LoweringUnit, desc: DescMethod, path: readonly number[]): string | undefined {
  const written = unit.options.scalar(desc, 'errors');
  if (typeof written !== 'string' || written === '') return undefined;
  const domain = unit.enums.find((candidate) => candidate.name === written || candidate.typeName === written);
  if (domain !== undefined && isErrorDomain(unit, domain)) return domain.typeName;
  const span = unit.info.spanOf([...path, descriptorPath.method.options, errorsOption], path);
  if (domain !== undefined) {
    unit.diagnostics.push({
      code: 'contract/not-an-error-domain',
      severity: 'error',
      message: `${desc.name} fails with ${written}, which is an ordinary enum`,
      span,
      help: `write \`option (grout.v1.error_domain) = true;\` as the first line of enum ${written}`,
    });
    return undefined;
  }
  unit.diagnostics.push({
    code: 'contract/unknown-error-domain',
    severity: 'error',
    message: `${desc.name} fails with ${written}, but the contract has no such enum`,
    span,
    help: helpFor(unit, written),
  });
  return undefined;
}

function helpFor(unit: LoweringUnit, written: string): string {
  if (written.includes('.') && !written.startsWith(`${unit.file.proto.package}.`)) {
    return 'declare an error domain here, and let the service turn errors of others into its own: callers tell them apart by it';
  }
  const known = unit.enums.filter((candidate) => isErrorDomain(unit, candidate)).map((candidate) => candidate.name);
  const near = suggest(written, known);
  if (near !== undefined) return `did you mean ${near}?`;
  if (known.length > 0) return `the error domains of this contract are ${known.join(', ')}`;
  return `declare enum ${written} with \`option (grout.v1.error_domain) = true;\` and a value for each error`;
}
