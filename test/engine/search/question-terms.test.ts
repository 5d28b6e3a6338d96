/** Words of a question against a small index: as they are, without accents, corrected. */
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type KnownWords, knownWords } from '../../../src/core/query/known-words.ts';
import { LiveIndex } from '../../../src/engine/search/live-index.ts';
import { questionTerms } from '../../../src/engine/search/question-terms.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { DIMENSIONS, fileRecord } from '../store/records.ts';
import { temporaryFolder } from '../temporary.ts';

/** Stems and whole identifiers, as the index has them. */
const TERMS = [
  'token',
  'receiv',
  'pars',
  'header',
  '=parseheader',
  'refer',
  'référenc',
  'great',
  'greek',
  'frobnicat',
  'frobnicot',
  'file',
  '=fileheader',
  '=parsmile',
];
const KNOWN = knownWords(() => ['tokenizer', 'greeting', 'greet', 'receive', 'reference', 'file', 'files', 'pars']);

let store: Store;
let live: LiveIndex;

beforeEach(() => {
  store = Store.open(join(temporaryFolder(), 'index'), '/folder');
  onTestFinished(() => store.close());
  live = new LiveIndex(store, DIMENSIONS, null);
  store.commit({ upserts: [fileRecord('a.py', TERMS), fileRecord('b.py', ['frobnicot'])] });
});

async function asked(text: string, words: KnownWords = KNOWN): Promise<Record<string, number>> {
  const { terms } = questionTerms({ store, snapshot: await live.snapshot(), words }, text);
  const rows = store.database.prepare('SELECT id, term FROM terms').all() as { id: number; term: string }[];
  const names = new Map(rows.map(({ id, term }) => [id, term]));
  return Object.fromEntries(terms.map(({ id, weight }) => [names.get(id)!, weight]));
}

describe('questionTerms', () => {
  test.each<[string, Record<string, number>]>([
    ['parse a header', { pars: 1, header: 1 }],
    // the stem is far from the index's, the word is near one that the student knows
    ['tokenzier', { token: 0.85 }],
    ['recieve files', { receiv: 0.85, file: 1 }],
    ['parsHeader', { header: 1, '=parseheader': 0.85, pars: 0.85 }],
    // the more frequent first
    ['frobnicet', { frobnicot: 0.85, frobnicat: 0.85 }],
    ['frobnicwtx', { frobnicot: 0.7, frobnicat: 0.7 }],
    // words that the student knows: one mistake at most, as in its number
    ['fileHeadr', { file: 1, header: 0.85, '=fileheader': 0.85 }],
    ['parsFiles', { file: 1 }],
    // a word that the student knows is left to it
    ['greeting', {}],
    // four letters, one mistake; three, none; the first letter stands
    ['filr', { file: 0.85 }],
    ['fil', {}],
    ['gile', {}],
    ['hedxr', {}],
    ['utf8x', {}],
    ['référence', { refer: 1 }],
    ['REFERENCE', { refer: 1 }],
    ['réference', { refer: 1 }],
    ['解析 файл', {}],
    ['', {}],
    ['?', {}],
  ])('%s', async (text, expected) => {
    expect(await asked(text)).toEqual(expected);
  });

  test.each<[string, number[]]>([
    ['recieve', []],
    ['parsHeader', [1, 0.85, 0.85]],
    ['parsHeadr', []],
  ])('without a vocabulary %s is corrected as an identifier alone, and by one letter', async (text, weights) => {
    const { terms } = questionTerms({ store, snapshot: await live.snapshot() }, text);
    expect(terms.map(({ weight }) => weight)).toEqual(weights);
  });

  test('a corrected word stands where it was asked, weighs less in names, and its own spelling nothing', async () => {
    const snapshot = await live.snapshot();
    const { stems } = questionTerms({ store, snapshot, words: KNOWN }, 'recieve header');
    expect([...stems.keys()]).toEqual(['receiv', 'header']);
    expect(stems.get('receiv')).toBeCloseTo(0.85 * stems.get('header')!);
  });

  test('a word that nothing holds any more is taken for what there is, as if it had never been there', async () => {
    store.commit({ upserts: [fileRecord('c.py', ['receev'])] });
    expect(await asked('receev')).toEqual({ receev: 1 });
    store.commit({ removed: ['c.py'] });
    expect(await asked('receev')).toEqual({ receiv: 0.85 });
  });

  test('many unknown words are another language, and none is corrected', async () => {
    store.commit({ upserts: [fileRecord('c.py', ['alphaa', 'bravoo', 'charlii', 'deltaa', 'echooo'])] });
    expect(Object.keys(await asked('alphab bravob charlib deltab'))).toHaveLength(4);
    expect(await asked('alphab bravob charlib deltab echoob')).toEqual({});
  });
});
