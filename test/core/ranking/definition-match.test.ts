import { describe, expect, test } from 'vitest';
import { identifiersIn } from '../../../src/core/query/identifiers.ts';
import { definitionMatch } from '../../../src/core/ranking/definition-match.ts';

describe('a definition that the question names', () => {
  const CASES: readonly [string, string, string, string, number][] = [
    ['by its whole chain', 'app.set', 'app.set', 'lib/application.js', 1],
    ['by the end of its chain', 'Request.send', 'http.Request.send', 'src/a.ts', 1],
    ['by its last part alone', 'other.set', 'app.set', 'lib/application.js', 0.1],
    ['by a word', 'loads', 'loads', 'json/__init__.py', 0.1],
    ['by the file that it is in', 'tempfile.mkstemp', 'mkstemp', 'lib/tempfile.py', 1],
    ['by the folder that the file stands for', 'json.loads', 'loads', 'json/__init__.py', 1],
    ['by folder and file', 'json.decoder.scan', 'scan', 'lib/json/decoder.py', 1],
    [
      'by the folder, whatever its files are called',
      'caddyhttp.PrepareRequest',
      'PrepareRequest',
      'caddyhttp/server.go',
      1,
    ],
    ['by file, class and name', 'argparse.Parser.add', 'Parser.add', 'argparse.py', 1],
    ['but by another file', 'json.loads', 'loads', 'pickle.py', 0.1],
    ['but for an underscore', 'pickle.loads', '_loads', 'pickle.py', 0.75],
    ['by another spelling', 'parse_url', 'parseURL', 'src/a.ts', 0.075],
    ['not at all', 'json.loads', 'dumps', 'json/__init__.py', 0],
    ['not, where it has no letter', 'json.loads', '+', 'json/__init__.py', 0],
  ];
  test.each(CASES)('%s', (_, question, qualifiedName, path, match) => {
    expect(definitionMatch(identifiersIn(question), qualifiedName, path)).toBeCloseTo(match, 6);
  });

  test('the best of several identifiers counts', () => {
    expect(definitionMatch(identifiersIn('a.b or json.loads'), 'loads', 'json.py')).toBe(1);
  });
});
