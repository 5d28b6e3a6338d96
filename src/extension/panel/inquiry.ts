/** What a visit to the panel is about at the moment: the words in the box, code whose like is listed, and the way back. Pure. */
import type { SimilarOrigin } from '../similar-origin.ts';
import { type OperatorFacts, type TypedOperators, typedOperators } from './operators.ts';
import { isEmpty, type Question } from './question.ts';

export class Inquiry {
  readonly #facts: () => OperatorFacts;
  #operators: TypedOperators;
  #origin: SimilarOrigin | null = null;
  /** What the way back leads to, the last one last. */
  #former: Question[] = [];

  constructor(facts: () => OperatorFacts) {
    this.#facts = facts;
    this.#operators = typedOperators('', facts());
  }

  /** As it would be asked now. */
  get question(): Question {
    return this.#origin ? { origin: this.#origin } : { text: this.#operators.question };
  }

  /** Of what the box holds. */
  get operators(): TypedOperators {
    return this.#operators;
  }

  get hasFormer(): boolean {
    return this.#former.length > 0;
  }

  /** Returns what the box is to hold: nothing, where it is about code. */
  become(question: Question): string {
    this.#origin = 'origin' in question ? question.origin : null;
    const value = 'text' in question ? question.text : '';
    this.#operators = typedOperators(value, this.#facts());
    return value;
  }

  /** To be followed by `become`: what it was about is then a step back. */
  keep(): void {
    if (!isEmpty(this.question)) this.#former.push(this.question);
  }

  forget(): void {
    this.#former = [];
  }

  back(): Question | undefined {
    return this.#former.pop();
  }

  /** What the box holds now, by the user's hand. Says whether that changes the completions and complaints. */
  typed(value: string): 'nothing' | 'question' | 'offers' {
    if (this.#origin && value.trim() === '') return 'nothing';
    const before = JSON.stringify(offersOf(this.#operators));
    this.forget();
    this.become({ text: value });
    return JSON.stringify(offersOf(this.#operators)) === before ? 'question' : 'offers';
  }
}

const offersOf = ({ completions, wrong }: TypedOperators): unknown => [completions, wrong];
