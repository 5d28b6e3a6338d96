/** What the panel can be asked: words, or code whose like is looked for. Pure. */
import type { SimilarOrigin } from '../similar-origin.ts';

export type Question = { readonly text: string } | { readonly origin: SimilarOrigin };

export const isEmpty = (question: Question): boolean => 'text' in question && question.text.trim() === '';

/** The same for questions that have the same answer. */
export const keyOfQuestion = (question: Question): string =>
  'text' in question ? question.text.trim() : `\0${JSON.stringify(question.origin)}`;
