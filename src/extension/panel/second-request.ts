/**
 * Asks for a second view of what the panel shows and hands it over, or drops it: by `second-view.ts`, and by a timer, so
 * that a request nobody will take does not keep the engine busy. It draws nothing. One at a time.
 */
import { type Meanwhile, onMeanwhile, SECOND_VIEW_MS, type ShownFirst } from './second-view.ts';

export interface SecondRequestHost<Answer> {
  nowMs(): number;
  /** Null: a newer question took over. */
  ask(query: string): Promise<Answer | null>;
  /** Ends what `ask` began; its answer is not waited for. */
  cancel(): void;
  /** `active`: key of the hit that was and stays the active one. */
  take(answer: Answer, active: string): void;
}

export class SecondRequest<Answer> {
  readonly #host: SecondRequestHost<Answer>;
  #shown: ShownFirst | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: SecondRequestHost<Answer>) {
    this.#host = host;
  }

  /** Right after the first view is shown. Rejects as `ask` does. */
  async begin(query: string, active: string): Promise<void> {
    this.tell({ kind: 'touched' });
    const shown = { atMs: this.#host.nowMs(), query, active };
    this.#shown = shown;
    // One more: a timer may fire a little early by another clock.
    this.#timer = setTimeout(() => this.#tellTime(), SECOND_VIEW_MS + 1);
    try {
      const answer = await this.#host.ask(query);
      if (this.#shown !== shown || !answer) return;
      const decision = onMeanwhile(shown, { kind: 'answered', atMs: this.#host.nowMs() });
      if (decision === 'take') this.#host.take(answer, active);
    } finally {
      if (this.#shown === shown) this.#end();
    }
  }

  /** Whatever happens in the panel; of no effect while nothing is asked for. */
  tell(event: Meanwhile): void {
    if (!this.#shown || onMeanwhile(this.#shown, event) !== 'drop') return;
    this.#end();
    this.#host.cancel();
  }

  #tellTime(): void {
    this.tell({ kind: 'time', atMs: this.#host.nowMs() });
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#shown = null;
  }
}
