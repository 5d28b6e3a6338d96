/** Finds the parts that ship beside the code: students under `models/`, grammars and native parts under `dist/`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KenningError } from '../core/errors.ts';

/** The student that ships. */
export const DEFAULT_MODEL = 'kenning-s1';
/** Refines its vectors; may be missing. */
export const REFINER_MODEL = 'kenning-s2';
/** The cross-encoder that reads the best hits a second time; may be missing. */
export const RANKER_MODEL = 'kenning-r';

/** The nearest folder at or above `start` that is a package's root, whether the code runs from `src/` or `dist/`. */
export function findInstallDir(start: string): string {
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'dist'))) return dir;
    if (dirname(dir) === dir)
      throw new KenningError('model-unusable', `Kenning is not built: no dist/ above ${start}.`);
  }
}

export const grammarDir = (installDir: string): string => join(installDir, 'dist', 'grammars');
export const modelDir = (installDir: string, id = DEFAULT_MODEL): string => join(installDir, 'models', id);
/** What a question's words are in code; may be missing. */
export const termTable = (installDir: string): string => join(installDir, 'models', 'kenning-terms.json.gz');
/** What the build makes of it. */
export const packedTermTable = (installDir: string): string => join(installDir, 'dist', 'kenning-terms.packed');
/** What the build makes of a model's tokenizer. */
export const packedVocabulary = (installDir: string, id = DEFAULT_MODEL): string =>
  join(installDir, 'dist', `${id}.packed`);
