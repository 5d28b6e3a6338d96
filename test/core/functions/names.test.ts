/** Names are identifiers joined by dots, whatever a grammar hands over; operators stay. */
import { expect, test } from 'vitest';
import { lastPart, nameText } from '../../../src/core/functions/names.ts';

test.each([
  ['module.exports.parse', 'parse'],
  ['exports["a-b"]', 'a-b'],
  ['Pool<Clock<int>>::stop', 'Pool.stop'],
  ['::Pool', 'Pool'],
  ['loop:run', 'loop.run'],
  ['Foo.prototype.bar', 'Foo.bar'],
  ['"two words"', 'two words'],
  ['@"two words"', 'two words'],
  ['`it works`', 'it works'],
  ['[Symbol.iterator]', 'Symbol.iterator'],
  ["['a-b']", 'a-b'],
  ["['computed' + 1]", 'computed'],
  ["[prefix + 'Changed']", 'Changed'],
  ['t["k"].l', 't.k.l'],
  ['t[function(x) return x["y"] == 1 end]', 't'],
  ["&'a mut Entry", 'Entry'],
  ['&[u8]', 'u8'],
  ['(IpAddr, u16)', 'IpAddr'],
  ['*const T', 'T'],
  ["foldl'", "foldl'"],
  ['save!', 'save!'],
  ['body=', 'body='],
  ['[]=', '[]='],
  ['<=>', '<=>'],
  ['(.:?)', '.:?'],
  ['nvm-foo', 'nvm-foo'],
  ['r#type', 'r#type'],
  ['API template <typename T> class Box : public Base { private: int a; }', 'Box'],
  ['API // A comment with words.\n box', 'box'],
  ['API /* A comment. */ box', 'box'],
])('%j is called %j', (text, expected) => expect(nameText(text)).toBe(expected));

test.each([
  ['Class.method', 'method'],
  ['A.B.~B', '~B'],
  ['A.operator==', 'operator=='],
  ['.:?', '.:?'],
  ['..', '..'],
  ['a.b c', 'b c'],
])('of %j the last part is %j', (name, expected) => expect(lastPart(name)).toBe(expected));
