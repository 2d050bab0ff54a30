import type { BridgeLayout, SharingBridge } from './types.js';

/** How the code of a bridge names another one, whose messages it uses. */
export function sharingOf({ name, sharing = {} }: BridgeLayout, owner: string): SharingBridge {
  const found = sharing[owner];
  if (found === undefined) throw new Error(`the layout of ${name} does not say how code names ${owner}`);
  return found;
}
