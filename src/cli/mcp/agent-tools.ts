/** The tools of the MCP server: their names, schemas and what they do. It knows nothing of the protocol. */
import {
  SEARCH_DESCRIPTION,
  SEARCH_SCHEMA,
  SIMILAR_DESCRIPTION,
  SIMILAR_SCHEMA,
  STATUS_DESCRIPTION,
} from '../../core/agents/describe.ts';
import { estimateTokens, fitted } from '../../core/agents/fit.ts';
import { DEFAULT_TOKENS, readSearchInput, readSimilarInput } from '../../core/agents/input.ts';
import { notesOf } from '../../core/agents/notes.ts';
import type { AgentHit, Rendered } from '../../core/agents/render.ts';
import { KenningError } from '../../core/errors.ts';
import type { SearchAnswer } from '../../engine/api/search.ts';
import type { Engine } from '../../engine/api.ts';
import { agentHits } from './agent-answer.ts';
import type { AgentFolder } from './agent-folder.ts';
import { STATUS_OUTPUT, statusAnswer } from './agent-status.ts';
import { similarOrigin } from './similar-origin.ts';

/** A model's answer: text, and the same as data. */
export interface ToolAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** JSON Schema. */
interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  /** Throws `KenningError`; code `usage`: the input is at fault. */
  readonly run: (folders: readonly AgentFolder[], input: unknown, signal: AbortSignal) => Promise<ToolAnswer>;
}

const HITS_OUTPUT = {
  type: 'object',
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          startLine: { type: 'integer' },
          endLine: { type: 'integer' },
          name: { type: 'string' },
          kind: { type: 'string' },
          language: { type: 'string' },
          score: { type: 'number' },
          also: {
            type: 'array',
            description: 'Overloads, pieces and copies that this result stands for.',
            items: {
              type: 'object',
              properties: {
                path: { type: 'string' },
                startLine: { type: 'integer' },
                endLine: { type: 'integer' },
                name: { type: 'string' },
              },
            },
          },
          alsoLeftOut: { type: 'integer', description: 'Further ones that are not told; absent: none.' },
          code: { type: 'string' },
          linesLeftOut: { type: 'integer', description: 'Lines that the budget had no room for; absent: none.' },
        },
        required: ['path', 'startLine', 'endLine', 'name', 'kind', 'score'],
      },
    },
    complete: { type: 'boolean', description: 'False while the index does not cover the folder.' },
    notes: { type: 'array', items: { type: 'string' } },
  },
  required: ['results', 'complete', 'notes'],
} as const;

export const AGENT_TOOLS: readonly AgentTool[] = [
  {
    name: 'search_code',
    title: 'Search code by description',
    description: SEARCH_DESCRIPTION,
    inputSchema: SEARCH_SCHEMA,
    outputSchema: HITS_OUTPUT,
    run: async (folders, input, signal) => {
      const request = readSearchInput(
        input,
        folders.map(({ folder }) => folder),
      );
      if ('problem' in request) throw new KenningError('usage', request.problem);
      const { query, limit } = request;
      return answer(folders, request, signal, (engine) => engine.search({ query, limit }, signal));
    },
  },
  {
    name: 'find_similar',
    title: 'Find similar code',
    description: SIMILAR_DESCRIPTION,
    inputSchema: SIMILAR_SCHEMA,
    outputSchema: HITS_OUTPUT,
    run: async (folders, input, signal) => {
      const request = readSimilarInput(input);
      if ('problem' in request) throw new KenningError('usage', request.problem);
      const requestTo = await similarOrigin(folders, request);
      const asked = { ...request, advice: 'No other code says the same, as far as words and meaning tell.' };
      return answer(folders, asked, signal, (engine, folder) => engine.similar(requestTo(folder), signal));
    },
  },
  {
    name: 'index_status',
    title: 'State of the code index',
    description: STATUS_DESCRIPTION,
    inputSchema: { type: 'object', properties: {}, additionalProperties: false } as const,
    outputSchema: STATUS_OUTPUT,
    run: (folders) => statusAnswer(folders),
  },
];

/** What says nothing is not told: every field costs tokens. */
function resultOf({ code, linesLeftOut, score, ...place }: AgentHit): object {
  const told = { ...place, score: Number(score.toFixed(2)) };
  if (code === null) return told;
  return linesLeftOut > 0 ? { ...told, code, linesLeftOut } : { ...told, code };
}

interface Asked {
  /** The only one that is asked; absent or null: all of them. */
  readonly folder?: string | null;
  readonly limit: number;
  readonly maxTokens: number | null;
  /** Where nothing is found; absent: to ask with other words. */
  readonly advice?: string;
}

/** Asks the folders that are meant and tells what came of it within the budget. Fails only where none of them answers. */
async function answer(
  folders: readonly AgentFolder[],
  { folder: only = null, limit, maxTokens, advice }: Asked,
  signal: AbortSignal,
  ask: (engine: Engine, folder: string) => Promise<SearchAnswer>,
): Promise<ToolAnswer> {
  const concerned = folders.filter(({ folder }) => only === null || folder === only);
  const asked = await Promise.allSettled(
    concerned.map(async (each) => {
      const { results, index, scale } = await ask(await each.freshEngine(signal), each.folder);
      const { folder, isUpdating: catchingUp, problem } = each;
      return { folder, hits: results, scale, ...index, catchingUp, problem };
    }),
  );
  const found = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const errors = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
  const problems = found.flatMap(({ problem }) => (problem === null ? [] : [outdatedNote(problem)]));
  if (found.length === 0 && errors[0]) throw errors[0];
  const hits = await agentHits(found, limit, folders.length > 1);
  const complete = found.every((each) => each.complete);
  const functions = found.reduce((sum, each) => sum + each.functions, 0);
  const catchingUp = found.some((each) => each.catchingUp);
  const notes = [
    ...notesOf(hits.length, { functions, complete, catchingUp }, advice),
    ...errors.map(({ message }) => message),
    ...problems,
  ];
  const dataOf = ({ hits: shown }: Rendered): Readonly<Record<string, unknown>> => ({
    results: shown.map(resultOf),
    complete: complete && errors.length + problems.length === 0,
    notes,
  });
  // A client may give its model the one or the other.
  const count = (rendered: Rendered): number =>
    Math.max(estimateTokens(rendered.text), estimateTokens(JSON.stringify(dataOf(rendered))));
  const rendered = await fitted({ hits, notes }, maxTokens ?? DEFAULT_TOKENS, count);
  return { text: rendered.text, data: dataOf(rendered) };
}

const outdatedNote = (problem: string): string =>
  `Changes to files are not taken up: ${problem} This answer is of the index as it was before.`;
