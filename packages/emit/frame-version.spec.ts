import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameVersion } from './frame-version.js';

// Rule V3
it.each([
  ['go/runtime/call.go', /FrameVersion = (\d+)/],
  ['rust/runtime/src/call.rs', /FRAME_VERSION: u8 = (\d+)/],
])('the runtime has it in %s', (file, pattern) => {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  expect(pattern.exec(text)?.[1]).toBe(String(frameVersion));
});
