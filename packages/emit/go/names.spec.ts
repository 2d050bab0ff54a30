import { errorName, exportedName, localName } from './names.js';

describe('exportedName', () => {
  it.each([
    ['customer_id', 'CustomerID'],
    ['GetHttpUrl', 'GetHTTPURL'],
    ['api_url', 'APIURL'],
    ['user_ids', 'UserIDs'],
    ['sku_id', 'SkuID'],
    ['utf8_json', 'UTF8JSON'],
    ['identity', 'Identity'],
    ['type', 'Type'],
    ['AddRequest', 'AddRequest'],
    ['field_1', 'Field1'],
    ['sha256', 'Sha256'],
  ])('%s', (name, spelled) => {
    expect(exportedName(name)).toBe(spelled);
  });
});

describe('localName', () => {
  it.each([
    ['customer_id', 'customerID'],
    ['id', 'id'],
    ['type', 'type_'],
    ['range', 'range_'],
  ])('%s', (name, spelled) => {
    expect(localName(name)).toBe(spelled);
  });
});

it('spells error codes as Go spells sentinels', () => {
  expect(errorName('EMPTY_NAME')).toBe('ErrEmptyName');
  expect(errorName('BAD_URL')).toBe('ErrBadURL');
});
