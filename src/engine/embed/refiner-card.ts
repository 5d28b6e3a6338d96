/** Reads a refiner's card and files, and says in one sentence why they cannot serve beside the student at hand. */
import { type CardBasics, isCount, isObject, LACKS, type Model, type ModelFiles, readVerified } from './model-card.ts';

export interface RefinerCard extends CardBasics {
  readonly architecture: 'transformer';
  readonly dimensions: number;
  readonly pooling: 'mean';
  /** The student whose vectors it refines: `sha256` is that of its `model.onnx`. */
  readonly refines: { readonly id: string; readonly sha256: string };
  readonly specialTokens: { readonly cls: number; readonly sep: number; readonly pad: number };
  readonly queryTemplate: string;
  /** The student's own: its texts and content hashes serve both. */
  readonly codeTemplate: string;
}

export type RefinerFiles = Model<RefinerCard>;

/** Throws `model-unusable`, also for a refiner of another student. */
export function readRefiner(dir: string, student: ModelFiles): Promise<RefinerFiles> {
  return readVerified<RefinerCard>(dir, (card) => shapeProblem(card) ?? fitProblem(card as RefinerCard, student));
}

function shapeProblem(card: Partial<RefinerCard>): string | null {
  if (card.architecture !== 'transformer') return `its architecture ${String(card.architecture)} is not known`;
  if (card.pooling !== 'mean') return `its pooling ${String(card.pooling)} is not known`;
  if (!isObject(card.refines) || !isCount(card.dimensions)) return LACKS;
  const { cls, sep, pad }: Partial<RefinerCard['specialTokens']> = card.specialTokens ?? {};
  return [cls, sep, pad].every(Number.isInteger) ? null : LACKS;
}

function fitProblem({ refines, ...card }: RefinerCard, { card: student }: ModelFiles): string | null {
  if (refines.id !== student.id) return `it refines ${String(refines.id)}, not ${student.id}`;
  if (refines.sha256 !== student.files['model.onnx']) return `it refines another version of ${student.id}`;
  const reads = card.queryTemplate === student.queryTemplate && card.codeTemplate === student.codeTemplate;
  if (!reads || card.dimensions !== student.dimensions)
    return `its templates or dimensions are not those of ${student.id}`;
  return null;
}
