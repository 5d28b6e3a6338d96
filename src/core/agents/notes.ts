/** What a model has to know about an answer besides its hits. One wording for the editor's tool and the MCP server. Pure. */

export interface Coverage {
  readonly functions: number;
  /** False while the index does not cover its folders. */
  readonly complete: boolean;
  /** Changes to files are being taken up, and this answer did not wait for all of them. */
  readonly catchingUp: boolean;
}

const OTHER_WORDS = 'Drop filters, use other words for the same behaviour, or grep for an exact string.';

/** `advice`: what to try where nothing was found. */
export function notesOf(hits: number, coverage: Coverage, advice = OTHER_WORDS): readonly string[] {
  return [...(hits > 0 ? [] : [nothingFound(coverage, advice)]), ...partial(coverage)];
}

function nothingFound({ functions, complete }: Coverage, advice: string): string {
  if (functions === 0 && complete) return 'Nothing is indexed here: the folder holds no code that Kenning reads.';
  return `Nothing found among ${functions} indexed functions. ${advice}`;
}

function partial({ functions, complete, catchingUp }: Coverage): readonly string[] {
  if (complete) {
    return catchingUp
      ? ['Changes made in the last seconds may be missing: the index is being brought up to date.']
      : [];
  }
  const outlook = catchingUp ? 'and more are being added: ask again in some seconds, or grep' : 'so grep as well';
  return [`The index is partial: ${functions} functions so far. What is missing here may exist, ${outlook}.`];
}
