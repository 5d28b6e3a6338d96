/**
 * A parser whose work is done in a thread of its own, beside embedding and writing. The thread starts with the first file
 * and ends when there was none for a minute. Whatever a file does to it costs that thread and no more: a file that it hangs
 * on, or ends at, becomes line windows, and another thread parses those behind it. Where no thread can start, the process
 * parses itself.
 */
import { Worker } from 'node:worker_threads';
import { KenningError } from '../../core/errors.ts';
import { threadScript } from '../thread-script.ts';
import { keepBaselineCode } from '../wasm-compilation.ts';
import type { Parsed, Ready, ThreadData, ToParse } from './parse-thread.ts';
import { createParser, type ParsedFile, type SourceParser, unparsed } from './parser.ts';

/** The parser has a limit of its own, of 15 s of the processor; a thread that is silent for this long will never answer. */
const SILENCE_LIMIT_MS = 60_000;
/** A thread takes a fifth of a second of the processor to start, its first grammar included, and 10 to 15 MB while it is there. */
const IDLE_LIMIT_MS = 60_000;

export interface ThreadedParserOptions {
  readonly grammarDir: string;
  readonly silenceLimitMs?: number;
  readonly idleLimitMs?: number;
  /** Files that may be under way; absent: 1. */
  readonly ahead?: number;
  /** The thread's script; absent: the one that ships, or that lies beside this source. */
  readonly script?: URL;
}

interface Question extends ToParse {
  readonly answered: PromiseWithResolvers<ParsedFile>;
}

export function createThreadedParser(options: ThreadedParserOptions): SourceParser {
  return new ThreadedParser(options);
}

class ThreadedParser implements SourceParser {
  readonly ahead: number;
  readonly #silenceLimitMs: number;
  readonly #idleLimitMs: number;
  readonly #script: URL;
  readonly #grammarDir: string;
  /** Sent and not answered, in order. */
  readonly #asked: Question[] = [];
  #thread: Worker | null = null;
  #isReady = false;
  /** Here a thread ended before it could have read a file. */
  #isUseless = false;
  /** This process's own, made when it is needed. */
  #own: Promise<SourceParser> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor({ grammarDir, silenceLimitMs, idleLimitMs, ahead, script }: ThreadedParserOptions) {
    this.ahead = ahead ?? 1;
    this.#silenceLimitMs = silenceLimitMs ?? SILENCE_LIMIT_MS;
    this.#idleLimitMs = idleLimitMs ?? IDLE_LIMIT_MS;
    this.#script = script ?? threadScript(import.meta.url, 'parse-thread');
    this.#grammarDir = grammarDir;
    // V8's flags are the process's: what is compiled on this thread later on must not change them for the other.
    keepBaselineCode();
  }

  async parse(path: string, text: string): Promise<ParsedFile> {
    if (this.#isDisposed) throw disposed();
    const question = { path, text, answered: Promise.withResolvers<ParsedFile>() };
    if (this.#isUseless) this.#parseHere(question);
    else this.#ask(question);
    return question.answered.promise;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
    for (const { answered } of this.#asked.splice(0)) answered.reject(disposed());
    this.#own?.then(
      (own) => own.dispose(),
      () => undefined,
    );
  }

  #ask(question: Question): void {
    this.#asked.push(question);
    if (this.#thread) this.#send(question);
    else this.#start();
    if (this.#asked.length === 1) this.#watch();
  }

  /** All that is asked and not answered is its to answer. */
  #start(): void {
    this.#isReady = false;
    try {
      this.#thread = new Worker(this.#script, { workerData: { grammarDir: this.#grammarDir } satisfies ThreadData });
    } catch {
      this.#giveUp();
      return;
    }
    this.#thread.on('message', (message: Parsed | Ready) => this.#take(message));
    this.#thread.on('error', () => undefined);
    // Comes last: an error may come before what was answered.
    this.#thread.on('exit', () => this.#lose());
    // What waits for an answer keeps the process alive, the thread alone does not.
    this.#thread.unref();
    for (const question of this.#asked) this.#send(question);
  }

  #send({ path, text }: Question): void {
    this.#thread?.postMessage({ path, text } satisfies ToParse);
  }

  #take(message: Parsed | Ready): void {
    if (message === 'ready') {
      this.#isReady = true;
      return;
    }
    const question = this.#asked.shift();
    if (!question) return;
    if ('error' in message) this.#parseHere(question);
    else question.answered.resolve(message.file);
    if ('file' in message && message.isLast) this.#replace();
    else this.#watch();
  }

  /** A new thread has a new parser; with nothing to parse it can wait. */
  #replace(): void {
    this.#end();
    if (this.#asked.length === 0) return;
    this.#start();
    this.#watch();
  }

  /** The thread has ended by itself, or is silent: at a file, or because there can be none here. */
  #lose(): void {
    if (this.#isReady) this.#passOver();
    else this.#giveUp();
  }

  #passOver(): void {
    const question = this.#asked.shift();
    question?.answered.resolve(unparsed(question.path, question.text, 'the parser did not answer'));
    this.#replace();
  }

  #giveUp(): void {
    this.#isUseless = true;
    this.#end();
    for (const question of this.#asked.splice(0)) this.#parseHere(question);
  }

  #parseHere({ path, text, answered }: Question): void {
    this.#own ??= createParser(this.#grammarDir);
    this.#own.then((own) => own.parse(path, text)).then(answered.resolve, answered.reject);
  }

  /** Silence in two steps: an answer may lie here unread when the machine, or this thread, was held up for as long itself. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#asked.length === 0) {
      this.#timer = setTimeout(() => this.#end(), this.#idleLimitMs).unref();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#lose(), this.#silenceLimitMs / 2);
    }, this.#silenceLimitMs / 2);
  }

  #end(): void {
    clearTimeout(this.#timer);
    const thread = this.#thread;
    this.#thread = null;
    thread?.removeAllListeners();
    thread?.on('error', () => undefined);
    void thread?.terminate();
  }
}

export function disposed(): KenningError {
  return new KenningError('cancelled', 'The engine was closed while it read a file.');
}
