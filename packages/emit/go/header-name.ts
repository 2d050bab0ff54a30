import type { BridgeLayout } from '../types.js';

/** File name of the C header, beside the Go sources. */
export function headerName(layout: BridgeLayout): string {
  return `${layout.name}.gen.h`;
}
