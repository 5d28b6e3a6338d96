/**
 * The unit that Kenning indexes and finds: one function, method, type, or the rest of a file.
 * Plain read-only data; it crosses every boundary as it is.
 */

/**
 * `module`: what is left of a file once its functions and types are taken out.
 * `lines`: a window of a file in no language that Kenning parses.
 */
export type FunctionKind =
  | 'function'
  | 'method'
  | 'constructor'
  | 'class'
  | 'interface'
  | 'enum'
  | 'type'
  | 'module'
  | 'lines';

/** A piece of a long function: which piece, and the whole function's lines. */
export interface Part {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines count from 1 and both ends are included. */
export interface CodeFunction {
  readonly kind: FunctionKind;
  /** A language id of `core/languages`, or `text`. */
  readonly language: string;
  /** Never empty: a module chunk is named after its file. */
  readonly name: string;
  /** Enclosing types and functions joined by `.`, then the name. */
  readonly qualifiedName: string;
  /** The head of the definition on one line, white space folded; empty for `module` and `lines`. */
  readonly signature: string;
  /** The doc comment's text without its markers; empty when there is none. */
  readonly doc: string;
  /** The source text of the range without the doc comment. A type holds only its head and fields, not its methods' bodies. */
  readonly code: string;
  /** The first line of the definition, decorators included, a leading doc comment not. */
  readonly startLine: number;
  readonly endLine: number;
  readonly part: Part | null;
}
