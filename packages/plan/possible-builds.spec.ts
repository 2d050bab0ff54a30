import { checkPossibleBuild } from '#plan';
import { modelOf } from '#testing';

const side = (options: Parameters<typeof modelOf>[1]): Parameters<typeof checkPossibleBuild>[0] => {
  const go = modelOf({ 'a/go.mod': 'module example.com/a\n', 'a/a.go': 'package a\n' }, options).projects[0]?.go;
  if (go === undefined) throw new Error('no module');
  return go;
};
const host = { tags: ['simd'], goos: 'linux', goarch: 'amd64' };

describe('a build that the workspace ruled out', () => {
  it('is refused by the option that rules it out', () => {
    expect(checkPossibleBuild(side({ goTags: ['other'] }), host)?.message).toContain('`simd` is not among "goTags"');
    expect(checkPossibleBuild(side({ goPlatforms: ['linux/arm64'] }), host)?.message).toContain('linux/amd64');
  });

  it('is made where nothing or the right thing was said, and for tags that a mode sets', () => {
    expect(checkPossibleBuild(side({}), host)).toBeUndefined();
    expect(checkPossibleBuild(side({ goTags: ['simd'], goPlatforms: ['linux/amd64'] }), host)).toBeUndefined();
    expect(checkPossibleBuild(side({ goTags: [] }), { ...host, tags: ['race', 'grout_mock'] })).toBeUndefined();
  });
});
