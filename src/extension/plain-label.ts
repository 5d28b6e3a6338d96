/**
 * What is not Kenning's own text in an item of a quick pick: code, names, paths, questions, errors. The editor draws `$(name)`
 * there as an icon, in labels, descriptions and details alike. Pure.
 */

/** As the editor knows an icon; escaped where it is none, the backslash itself would be shown. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/** Shown by the editor as `text` stands, `\$(name)` too: a backslash is taken away with the icon that it stands before. */
export const plainLabel = (text: string): string => text.replace(ICON, '\\$&');
