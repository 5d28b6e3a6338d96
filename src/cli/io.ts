/** The streams and switches that a command sees of the world, so that tests can stand in for a terminal. */
import { styleText } from 'node:util';

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: NodeJS.ReadableStream;
  /** Aborted when the reader of standard output has seen enough (`kenning search … | head`), which is no error. */
  readonly closed: AbortSignal;
  /** Standard output shows colours. */
  readonly colours: boolean;
  /** Standard error is a terminal of this many columns; null: it is not one, and no bar is drawn. */
  readonly barColumns: number | null;
}

export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red' | 'yellow';

export function styled(io: Pick<Io, 'colours'>, style: Style, text: string): string {
  return io.colours ? styleText(style, text, { validateStream: false }) : text;
}

export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  const closed = new AbortController();
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Commands end by themselves then: leaving in the middle of an inference may never return.
    if (error.code === 'EPIPE') {
      closed.abort();
      return;
    }
    stderr.write(`kenning: standard output cannot be written (${error.code ?? error.message}).\n`);
    process.exit(2);
  });
  // Whoever does not listen to it, as with `2>&1 | head -1`, may have the answer all the same.
  stderr.on('error', () => undefined);
  const wanted = !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    stdin,
    closed: closed.signal,
    colours: stdout.isTTY === true && wanted,
    barColumns: stderr.isTTY === true && env.TERM !== 'dumb' ? (stderr.columns ?? 80) : null,
  };
}
