import { mayFulfil } from './version-requirement.js';

describe('mayFulfil', () => {
  it.each([
    ['1', ['1.0.0', '1.9.9'], ['0.9.0', '2.0.0']],
    ['1.2.3', ['1.2.3', '1.3.0'], ['1.2.2', '2.0.0']],
    ['^0.2.3', ['0.2.3', '0.2.9'], ['0.2.2', '0.3.0']],
    ['0.2', ['0.2.0', '0.2.9'], ['0.3.0']],
    ['0.0.3', ['0.0.3'], ['0.0.4', '0.0.2']],
    ['0.0', ['0.0.9'], ['0.1.0']],
    ['0', ['0.9.1'], ['1.0.0']],
    ['~1.2.3', ['1.2.9'], ['1.3.0', '1.2.2']],
    ['~1.2', ['1.2.0'], ['1.3.0']],
    ['~1', ['1.9.0'], ['2.0.0']],
    ['*', ['0.1.0', '9.0.0'], []],
    ['1.*', ['1.9.0'], ['2.0.0']],
    ['1.2.*', ['1.2.9'], ['1.3.0']],
    ['= 1.2.3', ['1.2.3', '1.2.3+build.5'], ['1.2.4']],
    ['=1.2', ['1.2.7'], ['1.3.0']],
    ['>=1.2, <1.5', ['1.2.0', '1.4.9'], ['1.5.0', '1.1.9']],
    ['>1.2', ['1.3.0'], ['1.2.9']],
    ['<=1.2', ['1.2.9'], ['1.3.0']],
  ])('%j takes %j and not %j', (requirement, fitting, others) => {
    expect(fitting.filter((version) => !mayFulfil(version, requirement))).toEqual([]);
    expect(others.filter((version) => mayFulfil(version, requirement))).toEqual([]);
  });

  it('does not rule out what it does not judge', () => {
    expect(mayFulfil('2.0.0-rc.1', '1')).toBe(true);
    expect(mayFulfil('1.0.0', '2.0.0-rc.1')).toBe(true);
    expect(mayFulfil('1.0.0', 'anything')).toBe(true);
    expect(mayFulfil('nonsense', '1')).toBe(true);
  });
});
