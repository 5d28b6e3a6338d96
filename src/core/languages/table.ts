/** The shape of a language's table. A table holds data; everything that reads it lives in `core/functions`. */

export interface CommentStyle {
  readonly line: readonly string[];
  /** Opening and closing marks. */
  readonly block: readonly (readonly [string, string])[];
}

export interface LanguageTable {
  readonly id: string;
  /** The grammar's file is `tree-sitter-<grammar>.wasm`. */
  readonly grammar: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  readonly fileNames?: readonly string[];
  /** Programs of a `#!` line. */
  readonly interpreters?: readonly string[];
  readonly comments: CommentStyle;
  /**
   * A tree-sitter query. Each pattern captures a definition as `@function`, `@class`, `@interface`, `@enum`, `@type`, or
   * as `@scope` when it only lends its name to what it holds, and what names it as `@name`, or as `@declarator` when the
   * name is at the end of a chain of declarators, or as `@arguments` when a macro's arguments are its name, or as `@unnamed` when its file's is, or word by
   * word as `@word` where it is kept as it stands; the types in `@of` are added to the name. One whose value is the
   * call `@through` counts where a call that begins there `@takes` a function. A pattern may instead capture a node whose
   * lines belong to the one definition that it wraps as `@wrapper`, and its child as `@wrapped`.
   */
  readonly query: string;
  /** Global patterns of what only the preprocessor understands, or no grammar yet: it is given spaces in their place. */
  readonly macroWords?: readonly RegExp[];
  /** The preprocessor's `#if` may stand around parts of a definition. */
  readonly hasBranches?: boolean;
  /** Lines that may stand between a doc comment and its definition, where the grammar has them outside of its node. */
  readonly attributeLine?: RegExp;
  /** `first-string`: the body's first statement. `attribute`: `@doc` above the definition. */
  readonly docstrings?: 'first-string' | 'attribute';
  /** Names that make a method a constructor, besides the enclosing type's own name. */
  readonly constructors?: readonly string[];
  /** Lines that alone are not worth finding. */
  readonly importLine: RegExp;
  /** Of a longer line the grammar is given both ends: its scanner takes time that grows with the line's square. */
  readonly longestLineChars?: number;
  /** How many times as long as others its grammar may take for a file; absent: 1. */
  readonly slowness?: number;
  /** Neighbouring definitions of one name are one function: all of them, or those behind one without a body. */
  readonly joinsClauses?: 'always' | 'overloads';
}

export const C_COMMENTS: CommentStyle = { line: ['//'], block: [['/*', '*/']] };
export const HASH_COMMENTS: CommentStyle = { line: ['#'], block: [] };
