// One sample, in a process of its own as `nx sync` is one: how long buf takes to read a contract of so many methods,
// and how long it takes to print both sides. Prints JSON.
//   node bench/boundary/emission.mjs 200
import { emit, identify, lower, readImage, withContract } from './emit-bridge.mjs';

const NAME = 'large';
const METHODS = Number(process.argv[2]);

/** Methods of every shape: scalars, text, bytes and nested messages, each with messages of its own and a comment. */
function largeContract() {
  const numbers = Array.from({ length: METHODS }, (_, at) => at + 1);
  const methods = numbers.map(
    (at) =>
      `  // Does the step ${at}, and says what came of it.\n  rpc Step${at}(Step${at}Request) returns (Step${at}Response);`,
  );
  const messages = numbers.map(
    (at) => `message Step${at}Request {
  uint64 id = 1;
  // Shown to people.
  string name = 2;
  bytes body = 3;
  double weight = 4;
  Owner owner = 5;
}

message Step${at}Response {
  uint64 id = 1;
  int64 took = 2;
  bool done = 3;
  string text = 4;
  Owner owner = 5;
}`,
  );
  return `syntax = "proto3";

package large.v1;

import "grout/v1/options.proto";

// Has many methods.
service Large {
  option (grout.v1.service) = {abi_major: 1};

${methods.join('\n\n')}
}

message Owner {
  string name = 1;
  uint32 age = 2;
}

${messages.join('\n\n')}
`;
}

async function timed(work) {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}

const text = largeContract();
const sample = await withContract(NAME, text, async (folder) => {
  // The first process that is started loads what starts processes; buf has no part in that.
  await readImage(NAME, folder);
  const read = await timed(() => readImage(NAME, folder));
  const lowered = await timed(() => {
    const contract = lower(NAME, read.value);
    return { contract, abi: identify(NAME, text, contract) };
  });
  const { contract, abi } = lowered.value;
  const emitted = await timed(() => emit(NAME, contract, abi, 'dist/liblarge.a'));
  const lines = emitted.value.reduce((sum, file) => sum + file.text.split('\n').length - 1, 0);
  return { read: read.ms, lower: lowered.ms, emit: emitted.ms, lines };
});
console.log(JSON.stringify(sample));
