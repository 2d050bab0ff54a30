import { addIgnoredFolders, registerPlugin } from './index.js';

describe('registerPlugin', () => {
  it('enters plugin and sync generator and keeps comments and order', () => {
    const text =
      '{\n  // ours\n  "namedInputs": { "a": ["b"] },\n  "plugins": ["@nx/js"], // list\n  "analytics": false\n}\n';
    const edited = registerPlugin(text);
    expect(edited).toContain('  // ours\n  "namedInputs": { "a": ["b"] },');
    expect(edited).toContain('// list');
    expect(edited.indexOf('"plugins"')).toBeLessThan(edited.indexOf('"analytics"'));
    expect(edited).toMatch(/"@nx\/js",\s+"nx-grout"/);
    expect(edited).toMatch(/"globalGenerators": \[\s+"nx-grout:sync"\s+\]/);
  });

  it.each([
    ['empty', '{}\n'],
    [
      'with other sync generators',
      '{\n\t"sync": {\n\t\t"globalGenerators": ["x:y"],\n\t\t"applyChanges": true\n\t}\n}\n',
    ],
    [
      'with options of the plugin',
      '{ "plugins": [{ "plugin": "nx-grout", "options": { "projectNames": "path" } }] }\n',
    ],
  ])('changes nothing the second time: %s', (_, text) => {
    const once = registerPlugin(text);
    expect(once).not.toBe(text);
    expect(registerPlugin(once)).toBe(once);
    expect(once.match(/"nx-grout"/g)).toHaveLength(1);
    expect(once.match(/"nx-grout:sync"/g)).toHaveLength(1);
  });
});

describe('addIgnoredFolders', () => {
  it('makes the file and changes nothing the second time', () => {
    const once = addIgnoredFolders(undefined);
    expect(once).toBe('target/\ndist/\n.nx/cache\n.nx/workspace-data\n');
    expect(addIgnoredFolders(once)).toBe(once);
  });

  it('adds what is missing below what the user wrote', () => {
    expect(addIgnoredFolders('# mine\n/dist\nnode_modules\n')).toBe(
      '# mine\n/dist\nnode_modules\n\ntarget/\n.nx/cache\n.nx/workspace-data\n',
    );
    expect(addIgnoredFolders('dist\r\n.nx\r\n')).toBe('dist\r\n.nx\r\n\r\ntarget/\r\n');
  });
});
