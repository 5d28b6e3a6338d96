/**
 * What the engine says of errors and oddities, by its shape. The engine speaks English, with names and figures already in
 * place; the editor may want another language. Pure.
 */

/** As thrown and noted by `engine/` and `service/`; a test holds them together. One that holds others comes before them. */
export const SENTENCES: readonly string[] = [
  '{0} Kenning searches with its first model alone.',
  'The search engine ended unexpectedly more than {0} times in {1} minutes (last: {2}).',
  'The search engine did not answer: {0}',
  'The search engine does not run.',
  'The search engine was stopped.',
  'No engine is open for {0}.',
  '{0} is not open.',
  'There is no folder {0}.',
  'The folder cannot be read ({0}): {1}.',
  'Another process is bringing this index up to date.',
  'Another window or program has this index open. Close it there first.',
  'The index is damaged ({0}); it is rebuilt when it is opened next.',
  'The index could not be written: {0}.',
  'The index could not be deleted ({0}).',
  'The index folder {0} cannot be made ({1}).',
  'The model {0} cannot be used: it has no {1}.',
  'The model in {0} cannot be used: {1}.',
  'The model {0} cannot be used: {1}.',
  'The model cannot be loaded: there is no folder {0}.',
  'The model {0} is not on this machine yet and could not be fetched from {1} ({2}).',
  '"{0}" names no model: it is neither a folder nor of the form owner/name.',
  '{0} has no public model {1}.',
  'The native HNSW graph is not built here, so every vector is compared: same results, a little later in large folders.',
  'The native ONNX Runtime does not load here ({0}), so models run in WebAssembly: same results, only slower.',
  'Results are not read a second time, as quality "best" would: {0}.',
  '{0} answered {1} when asked for {2} of {3}.',
];

export interface Sentence {
  /** One of `SENTENCES`. */
  readonly text: string;
  readonly values: readonly string[];
}

/** Null: of no known shape. */
export function recognise(english: string): Sentence | null {
  for (const text of SENTENCES) {
    const values = shapeOf(text).exec(english)?.slice(1);
    if (values) return { text, values };
  }
  return null;
}

function shapeOf(text: string): RegExp {
  const fixed = text.split(/\{\d\}/).map((part) => part.replace(/[.()]/g, '\\$&'));
  return new RegExp(`^${fixed.join('(.+?)')}$`, 's');
}
