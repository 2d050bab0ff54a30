import { oncePer } from '../once-per.js';
import type { BridgeLayout } from '../types.js';
import { UniqueNames } from '../unique-names.js';

/** Packages, parameters and locals of generated files, and what they declare: an import of such a name would clash with it. */
const taken: ReadonlySet<string> = new Set(
  `C atomic budget context errors fmt grout math rapid reflect runtime slog strconv strings sync testing time unsafe
   b c e f m o p s t u v address answer calls call callback client clients codec ctx depth err failure hooks log message mock object out
   packer receiver req resp room server service services size spill state status tag tail texts unpacker values vectors
   verb connect connected library serve identity functions kind method slot`.split(/\s+/),
);

/** By the names of bridges: what a file calls the package of a bridge whose messages it uses. */
export const qualifiersOf = oncePer(({ sharing = {} }: BridgeLayout): ReadonlyMap<string, string> => {
  const names = new UniqueNames(taken);
  const bridges = Object.entries(sharing).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(bridges.map(([bridge, { goPackage }]) => [bridge, names.claim(goPackage)]));
});
