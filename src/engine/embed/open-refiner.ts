/** Looks for the refiner that belongs to a student. None, or one that cannot be used, is no reason not to search. */
import { existsSync } from 'node:fs';
import { KenningError } from '../../core/errors.ts';
import type { ModelFiles } from './model-card.ts';
import { loadRefiner, type Refiner } from './refiner.ts';
import { readRefiner } from './refiner-card.ts';
import type { Runtime } from './runtime.ts';

export interface FoundRefiner {
  readonly refiner: Refiner | null;
  /** Why the refiner that is there cannot be used, for the user. */
  readonly notices: readonly string[];
}

export const NO_REFINER: FoundRefiner = { refiner: null, notices: [] };

export async function openRefiner(dir: string, student: ModelFiles, runtime?: Runtime): Promise<FoundRefiner> {
  if (!existsSync(dir)) return NO_REFINER;
  try {
    return { refiner: await loadRefiner(await readRefiner(dir, student), runtime), notices: [] };
  } catch (error) {
    const reason = error instanceof KenningError ? error.message : `The model in ${dir} cannot be loaded: ${error}.`;
    return { refiner: null, notices: [`${reason} Kenning searches with its first model alone.`] };
  }
}
