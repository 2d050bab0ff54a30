import type { Condition } from '../conditions.js';
import type { Cfg } from './cfg.js';

/**
 * What stands in for a function in builds without its feature, so that a program that counts on it links: the handshake
 * then says which feature is missing, where the linker would name a symbol.
 */
export function printStub(cfg: Cfg, condition: Condition, displayName: string, symbol: string): string[][] {
  if (condition.length === 0) return [];
  return [
    [
      `/// \`${displayName}\` is not in this build: the handshake refuses a program that counts on it.`,
      cfg.without(condition),
      '#[unsafe(no_mangle)]',
      `pub extern "C" fn ${symbol}() -> u32 {`,
      '    ffi::STATUS_FRAME',
      '}',
    ],
  ];
}
