/** One ranked list out of the answers of several workspace folders. */
import type { KenningError } from '../core/errors.ts';
import { withoutNested } from '../core/nested-folders.ts';
import { comparable } from '../core/ranking/across-folders.ts';
import type { Hit, SearchAnswer } from '../engine/api/search.ts';

/** A hit that knows its folder, by the absolute path it was opened with. */
export interface FolderHit extends Hit {
  readonly folder: string;
}

export interface FolderAnswer {
  readonly folder: string;
  readonly answer: SearchAnswer | KenningError;
}

export interface WorkspaceAnswer {
  readonly query: string;
  readonly hits: readonly FolderHit[];
  /** Over all folders that answered. */
  readonly functions: number;
  /** False while any folder's index does not yet cover it. */
  readonly complete: boolean;
  /** True when asking again with a second reading may change the order. */
  readonly mayImprove: boolean;
  readonly problems: readonly { readonly folder: string; readonly error: KenningError }[];
}

/**
 * Scores are made comparable across folders. Equal ones keep the folders' order.
 * A function that several folders hold, one inside another, appears once, as the innermost one's.
 */
export function mergeAnswers(query: string, answers: readonly FolderAnswer[], limit: number): WorkspaceAnswer {
  const found: { hits: FolderHit[]; scale: SearchAnswer['scale'] }[] = [];
  const problems: { folder: string; error: KenningError }[] = [];
  let functions = 0;
  let complete = true;
  let mayImprove = false;
  for (const { folder, answer } of answers) {
    if (answer instanceof Error) {
      problems.push({ folder, error: answer });
      complete = false;
      continue;
    }
    found.push({ hits: answer.results.map((hit) => ({ ...hit, folder })), scale: answer.scale });
    functions += answer.index.functions;
    complete &&= answer.index.complete;
    mayImprove ||= answer.mayImprove === true;
  }
  const covering = answers.flatMap(({ folder, answer }) => (coversItsFiles(answer) ? [folder] : []));
  const own = withoutNested(comparable(found), covering).sort((a, b) => b.score - a.score);
  return { query, hits: own.slice(0, limit), functions, complete, mayImprove, problems };
}

const coversItsFiles = (answer: SearchAnswer | KenningError): boolean =>
  !(answer instanceof Error) && answer.index.complete;
