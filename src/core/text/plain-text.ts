/**
 * Most questions: several words of which none can be an identifier. Told at once, since the expressions that look for
 * identifiers in any script take milliseconds when they are used first, and a start answers within a few hundred.
 */

/** In lower case, capitalised or in capitals: nothing that separates the words of a name, nothing inside a word. */
const PLAIN = /^(?:[A-Z]?[a-z]+|[A-Z]+)(?: (?:[A-Z]?[a-z]+|[A-Z]+))+$/;

/** Whether `text` is plain words of ASCII with a blank between each two; false for one word alone, which may be a name. */
export const isPlainText = (text: string): boolean => PLAIN.test(text);
