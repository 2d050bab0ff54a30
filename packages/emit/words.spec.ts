import { capitalize, snakeCase, splitWords } from './words.js';

describe('splitWords', () => {
  it.each([
    ['customer_id', ['customer', 'id']],
    ['customerId', ['customer', 'id']],
    ['CustomerID', ['customer', 'id']],
    ['EMPTY_NAME', ['empty', 'name']],
    ['HTTPServer', ['http', 'server']],
    ['GetHttpUrl', ['get', 'http', 'url']],
    ['UserIDs', ['user', 'ids']],
    ['utf8_name', ['utf8', 'name']],
    ['sha256', ['sha256']],
    ['SHA256Sum', ['sha256', 'sum']],
    ['field_1', ['field', '1']],
    ['_leading__double_', ['leading', 'double']],
    ['after-refresh', ['after', 'refresh']],
    ['X', ['x']],
    ['', []],
  ])('%s', (identifier, words) => {
    expect(splitWords(identifier)).toEqual(words);
  });
});

it('spells words again', () => {
  expect(snakeCase('getHTTPUrl')).toBe('get_http_url');
  expect(capitalize('greet')).toBe('Greet');
  expect(capitalize('')).toBe('');
});
