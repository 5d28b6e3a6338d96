/**
 * What the panel asks the engine, and when: while the user types, again where an index has grown, and a second time where
 * that may help. It draws nothing; what comes back is handed over.
 */
import type { NearFiles } from '../../core/ranking/near.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { WorkspaceAnswer } from '../../service/merge.ts';
import type { Within } from '../../service/workspace-request.ts';
import * as settings from '../settings.ts';
import { similarRequest } from '../similar-origin.ts';
import type { WindowState } from '../window-state.ts';
import { isEmpty, keyOfQuestion, type Question } from './question.ts';
import { SecondRequest } from './second-request.ts';

const TYPING_MS = 40;
/** How often answers are refreshed while files are being indexed. */
const REFRESH_MS = 2000;
/** The same while there is no hit to stand still. */
const FIRST_HIT_MS = 300;

export interface AskingHost {
  readonly client: ServiceClient;
  /** As it was before the first preview: what a visit shows must not change its own ranking. */
  readonly near: NearFiles;
  /** The part of the workspace that is searched; undefined: all of it. */
  within(): Within | undefined;
  busy(isBusy: boolean): void;
  /**
   * Shows an answer, null for none; `active`: key of the hit that stays the active one. Returns the key of the best hit
   * if it is now the active one and nothing else is going to happen.
   */
  show(answer: WorkspaceAnswer | null, active?: string): string | null | undefined;
  failed(error: Error): void;
}

export class Asking {
  readonly #host: AskingHost;
  readonly #second: SecondRequest<WorkspaceAnswer>;
  #answer: WorkspaceAnswer | null = null;
  #question: Question = { text: '' };
  #within: Within | undefined;
  #answered: Question = { text: '' };
  #answeredWithin: Within | undefined;
  #typing: NodeJS.Timeout | undefined;
  #searchedAtMs = 0;

  constructor(host: AskingHost) {
    this.#host = host;
    this.#second = new SecondRequest({
      nowMs: () => performance.now(),
      ask: (query) => this.#askAgain(query),
      cancel: () => host.client.cancelSearch(),
      take: (answer, active) => this.#take(answer, active),
    });
  }

  /** The last one that was not overtaken; null before the first and for an empty question. */
  get answer(): WorkspaceAnswer | null {
    return this.#answer;
  }

  /** What `answer` answers; the last question may be out still. */
  get answered(): Question {
    return this.#answered;
  }

  /** Where `answer` was looked for. */
  get answeredWithin(): Within | undefined {
    return this.#answeredWithin;
  }

  /** What the box holds has changed. */
  typed(text: string): void {
    this.#second.tell({ kind: 'value', value: text });
    clearTimeout(this.#typing);
    // Another blank asks nothing new.
    if (this.isAsked({ text }) && (this.#answer?.complete || isEmpty({ text }))) return;
    this.#typing = setTimeout(() => this.ask({ text }), TYPING_MS);
  }

  isAsked(question: Question): boolean {
    return keyOfQuestion(question) === keyOfQuestion(this.#question);
  }

  ask(question: Question): void {
    clearTimeout(this.#typing);
    this.touch();
    this.#question = question;
    this.#within = this.#host.within();
    this.#searchedAtMs = Date.now();
    if (isEmpty(question)) {
      this.#host.client.cancelSearch();
      this.#take(null);
      return;
    }
    this.#host.busy(true);
    // The first view at once; a second one follows where it may help and the user lets it.
    this.#request(question, 'never').then(
      (answer) => {
        if (answer) this.#take(answer);
      },
      (error: Error) => this.#host.failed(error),
    );
  }

  /** The user has laid a hand on the list as it stands. */
  touch(): void {
    this.#second.tell({ kind: 'touched' });
  }

  /** `active`: key of the active hit; null: of an item that is no hit, undefined: of none. */
  activate(active: string | null | undefined): void {
    this.#second.tell({ kind: 'active', active });
  }

  /** Asks again where the answer can have become better; says whether it does. */
  refresh(state: WindowState): boolean {
    const isCovered = state.kind === 'ready' || state.kind === 'refining';
    const everyMs = this.#answer?.hits.length === 0 ? FIRST_HIT_MS : REFRESH_MS;
    const isDue = Date.now() - this.#searchedAtMs >= everyMs || isCovered;
    if (!this.#answer || this.#answer.complete || !isDue || state.kind === 'starting') return false;
    this.ask(this.#question);
    return true;
  }

  stop(): void {
    clearTimeout(this.#typing);
    this.touch();
    this.#host.client.cancelSearch();
  }

  #request(question: Question, second: 'never' | 'where-it-helps'): Promise<WorkspaceAnswer | null> {
    const { client, near } = this.#host;
    if ('origin' in question) return client.similar(similarRequest(question.origin));
    const limit = settings.maxResults();
    const within = this.#within;
    return client.search({ query: question.text, limit, near, second, ...(within && { within }) });
  }

  /** An answer with problems is no better one. */
  async #askAgain(query: string): Promise<WorkspaceAnswer | null> {
    const answer = await this.#request({ text: query }, 'where-it-helps');
    return answer?.problems.length === 0 ? answer : null;
  }

  #take(answer: WorkspaceAnswer | null, active?: string): void {
    this.#answer = answer;
    this.#answered = this.#question;
    this.#answeredWithin = this.#within;
    this.#host.busy(false);
    const best = this.#host.show(answer, active);
    if (answer?.mayImprove && best) {
      this.#second.begin(answer.query, best).catch((error: Error) => this.#host.failed(error));
    }
  }
}
