/** What models are told of the tools. The manifest repeats the search's texts, which a test holds together. Pure. */
import { DEFAULT_RESULTS, DEFAULT_TOKENS, KIND_FILTERS, MAX_RESULTS, MAX_TOKENS, MIN_TOKENS } from './input.ts';

export const SEARCH_DESCRIPTION =
  'Finds functions, methods and types of the open project by what they do, described in plain English. ' +
  'Use it first when you do not know how something is named or where it is: "where are expired sessions removed", ' +
  '"retry a failed request with growing delays", or to find out how unfamiliar code does something. ' +
  'Do not use it for an exact string, for every use of an identifier that you know, or for a file by its name: grep and file search do that better. ' +
  'Returns ranked results: path, 1-based line range, qualified name, kind, score, and code as far as the token budget goes. ' +
  'Limits: it reads code, not prose, markup or data; ignored, generated and vendored files are left out; it understands English; ' +
  'the best of what there is comes first even where nothing fits well, so read the code before relying on it. It says when the index is partial. Everything stays on this machine.';

export const SIMILAR_DESCRIPTION =
  'Finds code that does the same as, or nearly the same as, given code: a place in a file ("path" and "line") or a text ("code"). ' +
  'Use it before writing a helper that may exist already, to find copies that need the same fix, or other implementations of one idea. ' +
  'Do not use it for a description in words (search_code) or for every use of a name (grep). ' +
  'Returns what search_code returns; the given place itself is left out.';

export const STATUS_DESCRIPTION =
  'Tells how far the index of each folder covers it: files, functions, whether it is complete, when it was last updated, what is left out and why. ' +
  'Use it when a search finds less than you expect. It is not needed before a search.';

/** Of both searches. */
const SIZES = {
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_RESULTS,
    description: `At most so many results (default ${DEFAULT_RESULTS}).`,
  },
  maxTokens: {
    type: 'integer',
    minimum: MIN_TOKENS,
    maximum: MAX_TOKENS,
    description: `Token budget of the answer, by estimate (default ${DEFAULT_TOKENS}): code of lower-ranked results is cut first.`,
  },
} as const;

export const SEARCH_SCHEMA = {
  type: 'object',
  properties: {
    query: {
      type: 'string',
      description:
        'What the code does, in plain English, as a phrase or a question. A phrase in double quotes must stand in the code literally.',
    },
    path: {
      type: 'string',
      description:
        'Only files whose path, relative to the folder, contains this; * matches within a name, ** across folders.',
    },
    language: { type: 'string', description: 'Only this language, such as python, typescript, go or c++.' },
    kind: {
      type: 'string',
      enum: KIND_FILTERS,
      description: 'Only this kind of definition; function includes methods.',
    },
    tests: { type: 'boolean', description: 'true: only tests. false: no tests. Absent: both.' },
    ...SIZES,
  },
  required: ['query'],
  additionalProperties: false,
} as const;

export const SIMILAR_SCHEMA = {
  type: 'object',
  properties: {
    path: {
      type: 'string',
      description: 'The file of the code, absolute or relative to the folder. Goes with "line".',
    },
    line: {
      type: 'integer',
      minimum: 1,
      description: 'A line, from 1, within the function whose like is wanted. Goes with "path".',
    },
    code: { type: 'string', description: 'The code whose like is wanted, instead of a place.' },
    duplicatesOnly: { type: 'boolean', description: 'Only what says the same in nearly the same words.' },
    ...SIZES,
  },
  additionalProperties: false,
} as const;
