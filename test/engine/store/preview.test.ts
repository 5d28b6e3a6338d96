import { expect, test } from 'vitest';
import { Store } from '../../../src/engine/store/store.ts';
import { temporaryFolder } from '../temporary.ts';
import { fileRecord } from './records.ts';

test.each([
  ['#[derive(Debug)]\npub struct Notify {\n  a: u8\n}', 'pub struct Notify {', 'pub struct Notify'],
  ['@route("/")\ndef home(\n    request,\n):', 'def home(', 'def home( request, )'],
  ['def a():\n  pass', 'def a():'],
  ['\n\n  /**\n   * Opens the door.\n   */', '* Opens the door.'],
  ['{\n}', ''],
  ['', ''],
  ['日本 = 1', '日本 = 1'],
  [`x${'y'.repeat(500)}`, `x${'y'.repeat(199)}`],
  [`x${'\u{1f6a2}'.repeat(500)}`, `x${'\u{1f6a2}'.repeat(99)}`],
])(
  'the preview of %j is the line where it begins, or the first that tells something',
  (code, preview, signature = '') => {
    const store = Store.open(temporaryFolder(), '/folder');
    const file = fileRecord('a.py', ['alpha']);
    const [record] = file.functions;
    store.commit({ upserts: [{ ...file, functions: [{ ...record!, fn: { ...record!.fn, code, signature } }] }] });
    expect(store.functions([1])[0]!.preview).toBe(preview);
    store.close();
  },
);
