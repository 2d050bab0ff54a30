import { codeEnumName, typeName, valueName } from './names.js';

describe('typeName', () => {
  it.each([
    ['AddRequest', 'AddRequest'],
    ['UserIDs', 'UserIds'],
    ['HTTPInfo', 'HttpInfo'],
    ['EMPTY_NAME', 'EmptyName'],
    ['SELF', 'Self_'],
    ['after-refresh', 'AfterRefresh'],
  ])('%s', (name, spelled) => {
    expect(typeName(name)).toBe(spelled);
  });
});

describe('valueName', () => {
  it.each([
    ['customerId', 'customer_id'],
    ['type', 'r#type'],
    ['Match', 'r#match'],
    ['self', 'self_'],
    ['Crate', 'crate_'],
    ['GetHTTPUrl', 'get_http_url'],
  ])('%s', (name, spelled) => {
    expect(valueName(name)).toBe(spelled);
  });
});

it('names the codes after their domain', () => {
  expect(codeEnumName('HTTPError')).toBe('HttpErrorCode');
});
