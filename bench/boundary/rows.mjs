// What is measured next to what. A bridge in `bridges/` adds cases to the program; here they get their rows.
import { median } from '../graph/statistics.mjs';
import { table } from '../graph/tables.mjs';

/** `case` is its name in the program, `of` the case that it is compared with, `aim` what the ratio should not exceed. */
const ROWS = [
  { title: 'nothing, by hand', case: 'nothing, by hand' },
  { title: '3 numbers, by hand', case: 'sum, by hand' },
  { title: '3 numbers, generated', case: 'sum, generated', of: 'sum, by hand', aim: 1.4 },
  { title: 'with a context that can be canceled', case: 'sum, generated, cancelable', of: 'sum, by hand' },
  { title: 'with a deadline', case: 'sum, generated, deadline', of: 'sum, by hand' },
  { title: 'struct with a text, by hand', case: 'mark, by hand' },
  { title: 'struct with a borrowed text, generated', case: 'mark, generated', of: 'mark, by hand', aim: 1.15 },
  { title: 'the same with a text of its own', case: 'mark owned, generated', of: 'mark, by hand' },
  { title: '1 MiB to Rust, lent by hand', case: 'put, lent by hand' },
  { title: '1 MiB to Rust, copied by hand', case: 'put, copied by hand' },
  { title: '1 MiB to Rust, borrowed, generated', case: 'put, generated', of: 'put, lent by hand' },
  { title: '1 MiB to Rust, generated', case: 'put owned, generated', of: 'put, copied by hand' },
  { title: '1 MiB to Rust, moved, generated', case: 'move of 1 MiB, generated', of: 'put, copied by hand' },
  { title: '64 bytes to Rust, moved, generated', case: 'move of 64 bytes, generated', of: 'move of 1 MiB, generated' },
  { title: '1 MiB from Rust, lent by hand', case: 'get, lent by hand' },
  { title: '1 MiB from Rust, copied by hand', case: 'get, copied by hand' },
  { title: '1 MiB from Rust, view, generated', case: 'view of 1 MiB, generated', of: 'get, copied by hand' },
  { title: '64 bytes from Rust, view, generated', case: 'view of 64 bytes, generated', of: 'view of 1 MiB, generated' },
  { title: '1 MiB from Rust, generated', case: 'get, generated', of: 'get, copied by hand' },
  { title: '1,000 small results, read where Rust has them, by hand', case: 'scan, by hand' },
  { title: '1,000 small results, arena, generated', case: 'scan into an arena, generated', of: 'scan, by hand' },
  { title: '1,000 small results, list, generated', case: 'scan into a list, generated', of: 'scan, by hand' },
  { title: '3 numbers on an object, by hand', case: 'sum on an object, by hand' },
  {
    title: '3 numbers on an object, generated',
    case: 'sum on an object, generated',
    of: 'sum on an object, by hand',
    aim: 1.6,
  },
  { title: 'Rust calls Go: 3 numbers, by hand', case: 'callback with 3 numbers, by hand' },
  {
    title: 'Rust calls Go: 3 numbers, generated',
    case: 'callback with 3 numbers, generated',
    of: 'callback with 3 numbers, by hand',
    aim: 1.3,
  },
  { title: 'Rust calls Go: struct with a text, by hand', case: 'callback with a struct, by hand' },
  {
    title: 'Rust calls Go: struct with a text, generated',
    case: 'callback with a struct, generated',
    of: 'callback with a struct, by hand',
  },
  { title: 'Rust hosts Go: nothing, by hand', case: 'hosted: nothing, by hand' },
  { title: 'Rust hosts Go: 3 numbers, by hand', case: 'hosted: sum, by hand' },
  {
    title: 'Rust hosts Go: 3 numbers, generated',
    case: 'hosted: sum, generated',
    of: 'hosted: sum, by hand',
    aim: 1.3,
  },
  { title: 'Rust hosts Go: 3 numbers on an object, by hand', case: 'hosted: sum on an object, by hand' },
  {
    title: 'Rust hosts Go: 3 numbers on an object, generated',
    case: 'hosted: sum on an object, generated',
    of: 'hosted: sum on an object, by hand',
    aim: 1.6,
  },
];

/** @param measured by case: nanoseconds of each window, and allocations of Go for one call */
export function callTable(measured) {
  const known = new Set(ROWS.map((row) => row.case));
  const forgotten = Object.keys(measured).filter((name) => !known.has(name));
  if (forgotten.length > 0) throw new Error(`no row shows the case ${forgotten.join(', ')}`);
  const rows = ROWS.map(({ title, case: name, of, aim }) => {
    const own = measured[name];
    const base = measured[of];
    return [
      title,
      time(Math.min(...own.nanoseconds)),
      time(median(own.nanoseconds)),
      base === undefined ? '' : ratio(median(own.nanoseconds), median(base.nanoseconds)),
      base === undefined ? '' : ratio(Math.min(...own.nanoseconds), Math.min(...base.nanoseconds)),
      aim === undefined ? '' : `≤ ${aim}`,
      own.allocations,
    ];
  });
  return table(['one call', 'least, ns', 'median, ns', 'ratio', 'of the least', 'aim', 'allocations'], ...rows);
}

/** @param samples of emission.mjs, each of a process of its own */
export function emissionTable(samples) {
  const valuesOf = (key) => samples.map((sample) => sample[key]);
  const least = (key) => Math.min(...valuesOf(key));
  const middle = (key) => median(valuesOf(key));
  const row = (title, key, aim = '') => [
    title,
    least(key).toFixed(0),
    middle(key).toFixed(0),
    ratio(middle(key), middle('read')),
    ratio(least(key), least('read')),
    aim,
  ];
  return table(
    [
      `a contract of 200 methods, ${samples[0].lines} lines`,
      'least, ms',
      'median, ms',
      'of buf',
      'of the least',
      'aim',
    ],
    row('buf reads it', 'read'),
    row('lowered to what emitters read', 'lower'),
    row('both sides emitted', 'emit', '≤ 1'),
  );
}

function ratio(own, base) {
  return (own / base).toFixed(2);
}

function time(nanoseconds) {
  return nanoseconds < 1000 ? nanoseconds.toFixed(1) : nanoseconds.toFixed(0);
}
