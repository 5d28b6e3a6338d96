/** What is worked out for the same text again and again is worked out once. */

/** `work`, done once for each text; `most` bounds what is kept, and is reached where nearly all texts are new. */
export function onceForEach<Result>(most: number, work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = work(text);
    if (known.size >= most) known.clear();
    known.set(text, result);
    return result;
  };
}
