/** Which files are close to the user's hand, as ranking counts it. Who asks without an editor names none. */
import { NEAR } from './parameters.ts';

export interface NearFiles {
  /** In tabs or in sight. */
  readonly open: readonly string[];
  /** Visited or edited, the last one first, each once. */
  readonly recent: readonly string[];
}

/** Path → how near, above 0 to 1: an open file is 1, a recent one the less the more others came after it. */
export function nearness(files: NearFiles = { open: [], recent: [] }): ReadonlyMap<string, number> {
  const { halfPlace } = NEAR;
  const near = new Map(files.recent.map((path, i) => [path, halfPlace / (halfPlace + i + 1)]));
  for (const path of files.open) near.set(path, 1);
  return near;
}
