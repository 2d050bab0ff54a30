import type { Members, Packed } from '../crossing.js';
import { rustString } from './layout.js';
import { valueName } from './names.js';
import type { RustTypes } from './rust-types.js';

/** Statements that pack what of a message in a local is packed; they use `pack`. */
export function packMembers(types: RustTypes, owner: string, { packed, nested }: Members): string[] {
  return [
    ...packed.flatMap(({ member, path }) => {
      const limit = member.kind === 'field' ? member.field.maxLen : 0;
      const [name, value] = [rustString(path), `${owner}.${valueName(member.name)}`];
      if (member.kind === 'field' && types.isArena(member.field)) {
        const check = limit > 0 ? [`ffi::check_len(${value}.len(), ${limit}, ${name})?;`] : [];
        return [...check, `pack.arena(${name}, ${value})?;`];
      }
      return limit > 0 ? `pack.limited(${name}, &${value}, ${limit})?;` : `pack.field(${name}, &${value})?;`;
    }),
    ...nested.flatMap((inner) => packMembers(types, inner.name, inner.members)),
  ];
}

/** Statements that take values out of `pack`, which has nothing else. */
export function unpacking(packed: readonly Packed[]): string[] {
  return [
    ...packed.map(({ name, path, member }) => {
      const limit = member.kind === 'field' ? member.field.maxLen : 0;
      const method = limit > 0 ? `limited(${rustString(path)}, ${limit})` : `field(${rustString(path)})`;
      return `let ${name} = pack.${method}?;`;
    }),
    'pack.finish()?;',
  ];
}
