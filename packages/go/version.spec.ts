import { compareVersions } from './version.js';

describe('compareVersions', () => {
  it('orders versions as Go selects them', () => {
    const ascending = [
      'master',
      'v0.0.0-20191109021931-daa7c04131f5',
      'v0.0.0-20230101000000-abcdefabcdef',
      'v0.9.0',
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1.0.0',
      'v1.0.1-0.20230101000000-abcdefabcdef',
      'v1.0.1',
      'v1.9.0',
      'v1.10.0',
      'v2.0.0+incompatible',
      'v10.0.0',
    ];
    const shuffled = ascending.map((version, index) => [(index * 7) % ascending.length, version] as const);
    const sorted = shuffled.sort(([a], [b]) => a - b).map(([, version]) => version);
    expect(sorted.sort(compareVersions)).toEqual(ascending);
  });

  it.each([
    ['v2.0.0', 'v2.0.0+incompatible'],
    ['v1', 'v1.0.0'],
    ['main', 'latest'],
  ])('takes %s and %s for equal', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });
});
