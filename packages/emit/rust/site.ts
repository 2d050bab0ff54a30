import type { Service } from '#contract';
import { assignment, callExpression, rustString } from './layout.js';
import { typeName } from './names.js';

/** The constant by which errors know where they leave; `name` is that of the method, for people. */
export function siteConstant({ foreignText }: Service, name: string): string[] {
  const target = 'const SITE: ffi::Site';
  if (foreignText === undefined) return assignment(target, `ffi::Site::of(${rustString(name)})`, 4);
  const values = [rustString(name), `ffi::Disclosure::${typeName(foreignText)}`];
  const [line = '', ...broken] = callExpression('ffi::Site::disclosing', values, '', 0);
  if (broken.length === 0) return assignment(target, line, 4);
  return callExpression(`${target} = ffi::Site::disclosing`, values, ';', 4);
}
