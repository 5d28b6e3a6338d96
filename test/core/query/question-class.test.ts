import { describe, expect, test } from 'vitest';
import { type QuestionClass, questionClass } from '../../../src/core/query/question-class.ts';

const CASES: Readonly<Record<QuestionClass, readonly string[]>> = {
  symbol: [
    'tokenizer',
    ' parseHeader ',
    'parse_header',
    'app.set',
    'Sinatra::Helpers',
    'Array#map',
    'empty?',
    'save!',
    '__init__',
    '$rootScope',
    'parseHeader()',
    'res.json(body)',
    'class Foo',
    'class RetryPolicy',
    'function parse',
    'def initialize',
    'method dispatch',
    'fn poll_next',
    'PoolManager class',
    'parse_header function',
    'парсер',
  ],
  how: [
    'how does routing work',
    'How do plugins get loaded?',
    'how are requests dispatched to handlers',
    'how is the cache invalidated',
    'explain how the router works',
    'how requests are turned into responses',
    'where is authentication handled',
    'where are the migrations applied',
    'Where does validation happen?',
    'what happens when a connection drops',
    'flow of a request through the middleware',
    'request lifecycle',
    'life cycle of a component',
    'data flow from parser to emitter',
  ],
  description: [
    'retry a request with backoff',
    'how to parse a date',
    'how do I parse a date',
    'class hierarchy',
    'type checker',
    'abstract class',
    'middleware function',
    'where is the Router class defined',
    'split an identifier into words',
    'e.g.',
    'and/or',
    '3.14',
    '',
    '解析文件头',
    'wie werden Anfragen weitergeleitet',
    'Node.js',
  ],
};

describe.each(Object.entries(CASES))('%s', (expected, texts) => {
  test.each(texts)('%s', (text) => {
    expect(questionClass(text)).toBe(expected);
  });
});

test('a long question is classed in linear time', () => {
  expect(questionClass(`how ${'very '.repeat(50_000)}long`)).toBe('description');
  expect(questionClass(`where is ${'a '.repeat(50_000)}`)).toBe('description');
});
