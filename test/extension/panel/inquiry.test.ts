import { expect, test } from 'vitest';
import { Inquiry } from '../../../src/extension/panel/inquiry.ts';

const origin = { label: 'f', code: 'f()' };
const asked = (inquiry: Inquiry): string =>
  'text' in inquiry.question ? inquiry.question.text : `like ${inquiry.question.origin.label}`;
const create = (): Inquiry => new Inquiry(() => ({ languages: [], folders: [] }));

test('from words to code like some code, on to more of it, and step by step back', () => {
  const inquiry = create();
  expect(inquiry.become({ text: 'retry' })).toBe('retry');
  inquiry.keep();
  expect(inquiry.become({ origin })).toBe('');
  inquiry.keep();
  inquiry.become({ origin: { ...origin, label: 'g' } });
  expect([asked(inquiry), inquiry.hasFormer]).toEqual(['like g', true]);
  for (const expected of ['like f', 'retry']) {
    inquiry.become(inquiry.back()!);
    expect(asked(inquiry)).toBe(expected);
  }
  expect([inquiry.back(), inquiry.hasFormer]).toEqual([undefined, false]);
});

test('an empty box is nothing to go back to', () => {
  const inquiry = create();
  inquiry.keep();
  expect(inquiry.hasFormer).toBe(false);
});

test('who types asks a question again; the echo of the emptied box is no typing', () => {
  const inquiry = create();
  inquiry.become({ text: 'retry' });
  inquiry.keep();
  inquiry.become({ origin });
  expect(inquiry.typed('')).toBe('nothing');
  expect(asked(inquiry)).toBe('like f');
  expect(inquiry.typed('p')).toBe('question');
  expect([asked(inquiry), inquiry.hasFormer]).toEqual(['p', false]);
});

test('says when there is something else to offer', () => {
  const inquiry = create();
  const changes = ['a', 'a ', 'a lang:p', 'a lang:py', 'a lang:p', 'a lang:foo', 'a lang:foo b'].map((value) =>
    inquiry.typed(value),
  );
  expect(changes).toEqual(['question', 'question', 'offers', 'offers', 'offers', 'offers', 'offers']);
});
