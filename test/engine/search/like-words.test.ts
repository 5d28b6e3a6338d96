import { describe, expect, test } from 'vitest';
import { stem } from '../../../src/core/lexical/terms.ts';
import { LIKE_WORDS } from '../../../src/core/ranking/parameters.ts';
import { LikeWords } from '../../../src/engine/search/like-words.ts';

/** Word → angle in degrees: likeness is the cosine of the difference. */
const ANGLES: Readonly<Record<string, number>> = { directory: 0, dir: 10, folder: 50, rm: 80, remove: 90, delete: 95 };
const asked = new Map([
  [stem('remove'), 1],
  [stem('directory'), 1],
]);

function studentOf(embedded: string[]) {
  return {
    embedCode: async (texts: readonly string[]) => {
      embedded.push(...texts);
      return texts.map((text) => {
        const angle = ((ANGLES[text] ?? 180) * Math.PI) / 180;
        return Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0);
      });
    },
  };
}

const candidate = (qualifiedName: string, path = 'a.ts') => ({ qualifiedName, path });
const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);

describe('words of names that mean what was asked', () => {
  const CASES: readonly [string, ReturnType<typeof candidate>, Record<string, Record<string, number>>][] = [
    ['in a name', candidate('cleanDir'), { dir: { directori: cosine(10) } }],
    [
      'in a file and a folder',
      candidate('x', 'src/delete/folder.ts'),
      { delet: { remov: cosine(5) }, folder: { directori: cosine(50), remov: cosine(40) } },
    ],
    ['of which the asked ones are none', candidate('removeDirectory'), {}],
    ['which a single letter is not', candidate('x.y'), {}],
  ];
  test.each(CASES)('%s', async (_, place, likes) => {
    const found = await new LikeWords(studentOf([])).of('remove a directory', asked, [place]);
    expect([...found.keys()].sort()).toEqual(Object.keys(likes).sort());
    for (const [word, its] of Object.entries(likes)) {
      for (const [each, likeness] of Object.entries(its))
        expect(new Map(found.get(word)).get(each)).toBeCloseTo(LIKE_WORDS.weight * likeness, 1);
      expect(found.get(word)?.length).toBe(Object.keys(its).length);
    }
  });

  test('are embedded once', async () => {
    const embedded: string[] = [];
    const words = new LikeWords(studentOf(embedded));
    await words.of('remove a directory', asked, [candidate('cleanDir')]);
    await words.of('remove a directory', asked, [candidate('dirCleaner')]);
    expect(embedded).toEqual([...new Set(embedded)]);
    expect(embedded).toContain('dir');
  });
});
