/**
 * The first `most` UTF-16 units of a text, one less where they would end in the half of a character: programs in other
 * languages refuse a JSON text that holds one, and a database keeps something else for it.
 */
export function beginning(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  const isHalf = text.length > most && last >= 0xd8_00 && last < 0xdc_00;
  return text.slice(0, isHalf ? most - 1 : most);
}
