/** What the tests ask of native.mjs. */
export function withoutSpaces<T>(path: string, use: (path: string) => T): T;
