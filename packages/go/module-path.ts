/**
 * Last element of a module path that tells modules apart: without the major version suffix, `/v2` and up, or `.v3` on
 * gopkg.in.
 */
export function lastElement(modulePath: string): string {
  const elements = modulePath.split('/').filter((element) => element !== '');
  const last = elements.at(-1) ?? modulePath;
  if (elements[0] === 'gopkg.in') return last.replace(/\.v\d+(?:-unstable)?$/, '');
  const isMajor = /^v(?:[2-9]|[1-9]\d+)$/.test(last);
  return (isMajor ? elements.at(-2) : undefined) ?? last;
}
