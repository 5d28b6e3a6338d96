/** Latin letters without their accents: `référence` → `reference`. Letters of other scripts stay as they are. */

const ACCENTED = /(\p{Script=Latin})\p{M}+/gu;
/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** `word`: lower case. */
export function foldAccents(word: string): string {
  if (/^\p{ASCII}*$/u.test(word)) return word;
  const bare = word.normalize('NFD').replace(ACCENTED, '$1').normalize('NFC');
  return bare.replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter]!);
}
