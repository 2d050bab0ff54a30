import { abiMajor } from '#contract';
import type { Bridge } from '../bridge.js';
import { frameWitness } from '../frame-version.js';
import { featureList } from './features.js';
import { goString, indent, type GoFile } from './go-file.js';

/** What else the side that calls knows of the one that is called, as members of the identity. */
export interface CalledSide {
  readonly library: string;
  readonly linkedFrame: readonly string[];
}

/** The value by which the Go side says what it is, behind `start`. */
export function printIdentity(
  file: GoFile,
  { contract, layout, abi }: Bridge,
  {
    start,
    layouts,
    called,
  }: { readonly start: string; readonly layouts: readonly string[]; readonly called?: CalledSide },
): string[] {
  return [
    `${start}${file.grout('Identity')}{`,
    ...indent([
      `Bindings: ${goString(bindings(layout))},`,
      ...(called === undefined ? [] : [`Library:  ${goString(called.library)},`]),
      `Frame:    ${file.grout(frameWitness.go)},`,
      `ABIMajor: ${abiMajor(contract)},`,
      `ABIHash:  0x${abi.hash},`,
      `Contract: ${goString(abi.contractDigest)},`,
      ...(called?.linkedFrame ?? []),
      'Layouts: [][2]uintptr{',
      ...indent(layouts),
      '},',
      ...featureList(file, abi.features),
    ]),
  ];
}

/** The Go side, for people. */
export function bindings({ go }: Bridge['layout']): string {
  return `the Go package ${go.modulePath}`;
}
