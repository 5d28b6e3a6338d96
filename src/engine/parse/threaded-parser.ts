/**
 * A parser whose work is done in a thread of its own, beside embedding and writing, with another one behind it: what a
 * thread that cannot start, or that ends, has not parsed, that one parses. A file that a thread hangs on becomes line
 * windows.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { KenningError } from '../../core/errors.ts';
import type { Parsed, ThreadData, ToParse } from './parse-thread.ts';
import { type ParsedFile, type SourceParser, unparsed } from './parser.ts';

/** The parser has a limit of its own, of 3 s of the processor; a thread that is silent for this long will never answer. */
const SILENCE_LIMIT_MS = 60_000;

export interface ThreadedParserOptions {
  readonly grammarDir: string;
  readonly silenceLimitMs?: number;
  /** The thread's script; absent: the one that ships, or that lies beside this source. */
  readonly script?: URL;
}

interface Question extends ToParse {
  readonly answered: PromiseWithResolvers<ParsedFile>;
}

/** `behind` stays the caller's: it is not disposed of with this one, and must have been made before. */
export function createThreadedParser(behind: SourceParser, options: ThreadedParserOptions): SourceParser {
  return new ThreadedParser(behind, options);
}

/** What keeps the thread busy while the caller commits a batch. */
const AHEAD = 32;

class ThreadedParser implements SourceParser {
  readonly ahead = AHEAD;
  readonly #behind: SourceParser;
  readonly #silenceLimitMs: number;
  readonly #script: URL;
  readonly #grammarDir: string;
  /** Sent and not answered, in order. */
  readonly #asked: Question[] = [];
  #thread: Worker | null = null;
  #silence: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(behind: SourceParser, { grammarDir, silenceLimitMs, script }: ThreadedParserOptions) {
    this.#behind = behind;
    this.#silenceLimitMs = silenceLimitMs ?? SILENCE_LIMIT_MS;
    this.#script = script ?? ownScript();
    this.#grammarDir = grammarDir;
    this.#start();
  }

  parse(path: string, text: string): Promise<ParsedFile> {
    if (this.#isDisposed) return Promise.reject(disposed());
    if (!this.#thread) return this.#behind.parse(path, text);
    const question = { path, text, answered: Promise.withResolvers<ParsedFile>() };
    this.#asked.push(question);
    this.#thread.postMessage({ path, text } satisfies ToParse);
    if (this.#asked.length === 1) this.#watch();
    return question.answered.promise;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
    for (const { answered } of this.#asked.splice(0)) answered.reject(disposed());
  }

  #start(): void {
    try {
      this.#thread = new Worker(this.#script, { workerData: { grammarDir: this.#grammarDir } satisfies ThreadData });
    } catch {
      return;
    }
    this.#thread.on('message', (parsed: Parsed) => this.#take(parsed));
    this.#thread.on('error', () => this.#giveUp());
    this.#thread.on('exit', () => this.#giveUp());
    // What waits for an answer keeps the process alive, the thread alone does not.
    this.#thread.unref();
  }

  #take(parsed: Parsed): void {
    const question = this.#asked.shift();
    if (!question) return;
    this.#watch();
    if ('file' in parsed) question.answered.resolve(parsed.file);
    else this.#askBehind(question);
    if ('file' in parsed && parsed.isLast) this.#replace();
  }

  /** A file was too much for the thread's parser: a new thread has a new one, for the files behind that one. */
  #replace(): void {
    this.#end();
    this.#start();
    for (const { path, text } of this.#asked) this.#thread?.postMessage({ path, text } satisfies ToParse);
    if (this.#thread) this.#watch();
    else this.#giveUp();
  }

  /** Everything from here on is the other parser's. */
  #giveUp(): void {
    this.#end();
    for (const question of this.#asked.splice(0)) this.#askBehind(question);
  }

  #askBehind({ path, text, answered }: Question): void {
    this.#behind.parse(path, text).then(answered.resolve, answered.reject);
  }

  /** In two steps: an answer may lie here unread when the machine, or this thread, was held up for as long itself. */
  #watch(): void {
    clearTimeout(this.#silence);
    if (this.#asked.length === 0) return;
    this.#silence = setTimeout(() => {
      this.#silence = setTimeout(() => this.#passOver(), this.#silenceLimitMs / 2);
    }, this.#silenceLimitMs / 2);
  }

  #passOver(): void {
    const question = this.#asked.shift();
    question?.answered.resolve(unparsed(question.path, question.text, 'the parser did not answer'));
    this.#giveUp();
  }

  #end(): void {
    clearTimeout(this.#silence);
    const thread = this.#thread;
    this.#thread = null;
    thread?.removeAllListeners();
    thread?.on('error', () => undefined);
    void thread?.terminate();
  }
}

/** The sources run as they are; bundles lie side by side. */
function ownScript(): URL {
  return new URL(`./parse-thread${extname(import.meta.url) === '.ts' ? '.ts' : '.mjs'}`, import.meta.url);
}

function disposed(): KenningError {
  return new KenningError('cancelled', 'The engine was closed while it read a file.');
}
