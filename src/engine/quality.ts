/** What a user may choose between speed and better answers, and which models each choice takes. */
import type { Quality } from './api/options.ts';

export const QUALITIES: readonly Quality[] = ['fast', 'balanced', 'best'];

export const DEFAULT_QUALITY: Quality = 'fast';

/** Whether a cross-encoder reads the best hits a second time. */
export const readsTwice = (quality: Quality): boolean => quality === 'best';

/** Whether the second student refines the first one's vectors. */
export const refines = (quality: Quality): boolean => quality !== 'fast';
