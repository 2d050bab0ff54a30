import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameVersion, frameWitness } from './frame-version.js';

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

// Rule V3
it.each([
  ['go/runtime/call.go', /FrameVersion = (\d+)/],
  ['rust/runtime/src/call.rs', /FRAME_VERSION: u8 = (\d+)/],
])('the runtime has it in %s', (file, pattern) => {
  expect(pattern.exec(read(file))?.[1]).toBe(String(frameVersion));
});

// Rule V3
it.each([
  ['go/runtime/call.go', /^const (FrameVersion\d+) =/gm, frameWitness.go],
  ['rust/runtime/src/call.rs', /pub const (FRAME_VERSION_\d+): u8/g, frameWitness.rust],
])(
  'code of another version does not compile with %s, which declares what it names for this one alone',
  (file, pattern, name) => {
    expect([...read(file).matchAll(pattern)].map(([, declared]) => declared)).toEqual([name]);
  },
);

// Rule V3
it.each([
  ['first-bridge', 'go/inprocess.gen.go', frameWitness.go],
  ['first-bridge', 'rust/src/generated/exports.rs', frameWitness.rust],
  ['hosted-in-rust', 'go/server.gen.go', frameWitness.go],
  ['hosted-in-rust', 'go/cmd/ledger-archive/exports.gen.go', frameWitness.go],
  ['hosted-in-rust', 'rust/src/generated/client.rs', frameWitness.rust],
])('what crosses in %s names it in %s', (golden, file, name) => {
  expect(read(join('testdata', golden, file))).toContain(name);
});
