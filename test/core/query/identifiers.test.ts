import { describe, expect, test } from 'vitest';
import { identifiersIn } from '../../../src/core/query/identifiers.ts';

const CASES: readonly [string, readonly string[]][] = [
  ['app.set', ['app set']],
  ['what does app.set do', ['app set']],
  ['Sinatra::Helpers', ['Sinatra Helpers']],
  ['where is Sinatra::Helpers mixed in?', ['Sinatra Helpers']],
  ['withObject', ['withObject']],
  ['encoding withObject in Aeson', ['withObject']],
  ['tokenizer', ['tokenizer']],
  ['the tokenizer of words', []],
  ['callers of get_user?', ['get_user']],
  ['get_user? and save_all!', ['get_user?', 'save_all!']],
  ['empty?', ['empty?']],
  ['is the list empty? then stop', []],
  ['what __init__ sets', ['__init__']],
  ['the $scope of a controller', ['$scope']],
  ['costs $100', []],
  ['Array#map and List->next', ['Array map', 'List next']],
  ['App\\Http\\Kernel boot', ['App Http Kernel']],
  ['MAX_RETRIES exceeded', ['MAX_RETRIES']],
  ['HTTPServer that lists URLs and IDs', ['HTTPServer']],
  ['call parse() first', ['parse']],
  ['the `parse` step', ['parse']],
  ['function(s) to parse', []],
  ['res.json(body) is sent', ['res json']],
  ['parseHeader, then parseBody.', ['parseHeader', 'parseBody']],
  ['parseHeader then parseHeader', ['parseHeader']],
  ['e.g. a cache, i.e. a map', []],
  ['a Node.js server with and/or logic', []],
  ['read package.json or config.yml', ['package json']],
  ['visit example.com', []],
  ['http://host/path.to', []],
  ['since v1.2.3 or 2.0', []],
  ['utf8 and base64 in JavaScript on GitHub', []],
  ['It ends here. Then more.', []],
  ['it ends here...', []],
  ['src/core/parseHeader.ts', []],
  ['state-of-the-art', []],
  ['解析文件头', []],
  ['解析 parseHeader 的文件', ['parseHeader']],
  ['', []],
  ['?!', []],
];

describe('identifiersIn', () => {
  test.each(CASES)('%s', (text, expected) => {
    expect(identifiersIn(text).map((parts) => parts.join(' '))).toEqual(expected);
  });
});
