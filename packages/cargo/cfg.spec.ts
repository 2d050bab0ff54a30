import { holdsCfg } from './cfg.js';

const linux = new Set(['unix', 'target_os="linux"', 'target_arch="x86_64"', 'target_feature="sse2"']);

it.each([
  'cfg(unix)',
  'cfg(target_os = "linux")',
  'cfg( all( unix , not(windows), ) )',
  'cfg(any(windows, target_arch="x86_64"))',
  'cfg(not(all(unix, target_os = "macos")))',
  'cfg(all())',
  'cfg(true)',
])('%s holds on Linux', (expression) => {
  expect(holdsCfg(expression, linux)).toBe(true);
});

it.each([
  'cfg(windows)',
  'cfg(target_os = "macos")',
  'cfg(any())',
  'cfg(not(unix))',
  'cfg(false)',
  'cfg(target_feature = "avx")',
])('%s does not', (expression) => {
  expect(holdsCfg(expression, linux)).toBe(false);
});

it.each([
  'x86_64-unknown-linux-gnu',
  'cfg(unix',
  'cfg(unix) and',
  'cfg()',
  'cfg(unix unix)',
  'cfg(unix, unix)',
  'cfg(not())',
  'cfg(not(windows, windows))',
  'cfg(some(unix))',
  'cfg(any(unix, not(1)))',
  'cfg(target_os = linux)',
  'cfg(=)',
  '',
])('%s is no expression, and does not hold', (expression) => {
  expect(holdsCfg(expression, linux)).toBe(false);
});
