/** What a folder's next update is to cover. Requests that arrive while one runs are merged into a single next one. */

export interface UpdateRequest {
  /** Relative with `/`; null: the whole folder. */
  readonly paths: readonly string[] | null;
  readonly rebuild: boolean;
}

export const WHOLE_FOLDER: UpdateRequest = { paths: null, rebuild: false };
export const REBUILD: UpdateRequest = { paths: null, rebuild: true };

/** More paths than this are a branch switch or an install: one scan of the folder is cheaper than that many. */
export const FLOOD = 500;

export function mergeUpdates(a: UpdateRequest | null, b: UpdateRequest): UpdateRequest {
  if (!a) return b;
  const paths = a.paths && b.paths ? [...new Set([...a.paths, ...b.paths])] : null;
  return { paths: paths && paths.length > FLOOD ? null : paths, rebuild: a.rebuild || b.rebuild };
}
