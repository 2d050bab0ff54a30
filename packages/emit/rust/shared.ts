import { sharingBridges } from '#contract';
import type { Bridge } from '../bridge.js';
import { oneofTypeName } from '../members.js';
import { packableTypes } from '../packed-types.js';
import { sharingOf } from '../sharing.js';
import { useDeclaration } from './layout.js';
import { typeName } from './names.js';

/** The types of other bridges that the contract uses: a caller of this crate gets by without naming theirs. */
export function printShared({ contract, layout }: Bridge): string[] {
  const { messages, oneofs, enums } = packableTypes(contract);
  const uses = sharingBridges(contract).map((owner) => {
    const names = [
      ...messages.filter((message) => message.owner === owner).map(({ name }) => typeName(name)),
      ...oneofs
        .filter(({ message }) => message.owner === owner)
        .map(({ message, member }) => typeName(oneofTypeName(message, member.oneof))),
      ...enums.filter((it) => it.owner === owner).map(({ name }) => typeName(name)),
    ];
    return { crate: sharingOf(layout, owner).rustCrate, names };
  });
  return uses
    .sort((a, b) => (a.crate < b.crate ? -1 : 1))
    .flatMap(({ crate, names }) => useDeclaration(`pub use ${crate}`, names));
}
