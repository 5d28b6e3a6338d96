/** Packs what a start would have to parse of the models' files into `dist/`, as it is used: the student's vocabulary, the terms. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packVocabulary } from '../src/engine/embed/packed-vocabulary.ts';
import { modelDir, packedTermTable, packedVocabulary, termTable } from '../src/engine/install-dir.ts';
import { packTermTable } from '../src/engine/search/term-table.ts';

/** `root`: of the checkout. */
export async function packModels(root: string): Promise<void> {
  const vocabulary = packVocabulary(readFileSync(join(modelDir(root), 'tokenizer.json')));
  if (!vocabulary) throw new Error("The student's tokenizer is of another kind: mend packed-vocabulary.ts.");
  writeFileSync(packedVocabulary(root), vocabulary);
  writeFileSync(packedTermTable(root), await packTermTable(readFileSync(termTable(root))));
}
