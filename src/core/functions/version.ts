/** Grows whenever the same source would give other functions: indexes made by another chunker are built anew. */
export const CHUNKER_VERSION = 5;
