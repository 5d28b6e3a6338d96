/** Reads one file as source text, or says why it is none. Never follows a link, blocks on a FIFO, or leaves the folder. */
import { hash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { decodeText } from '../../core/files/decode.ts';
import { generatedBy } from '../../core/files/generated.ts';
import { minifiedBy } from '../../core/files/minified.ts';
import type { Skip } from '../../core/skip.ts';
import { errnoOf, type FileSystem, nodeFileSystem } from './file-system.ts';
import { relativePath } from './locate.ts';
import { sizeSkip } from './tree.ts';

export interface Source {
  /** Without byte order mark and NUL; line ends as they are. */
  readonly text: string;
  /** Of the file's bytes: the first 128 bits of SHA-256 in hexadecimal, as fast as SHA-1 where the processor helps. */
  readonly hash: string;
}

/** `path`: relative with `/`. Every failure comes back as a reason. */
export async function readSource(
  folder: string,
  path: string,
  maxFileBytes: number,
  fs: FileSystem = nodeFileSystem,
): Promise<Source | { readonly skip: Skip }> {
  try {
    const inside = relativePath(folder, path);
    if (!inside || !staysInside(folder, inside)) return unreadable('outside the folder');
    const bytes = await fs.read(join(folder, inside), maxFileBytes);
    if (!Buffer.isBuffer(bytes)) return { skip: sizeSkip(bytes.kind, bytes.size, maxFileBytes) ?? { code: 'empty' } };
    return sourceOf(bytes, inside);
  } catch (error) {
    const errno = errnoOf(error);
    // what opening a link, a socket or a FIFO without following says
    if (errno === 'ELOOP' || errno === 'ENXIO') return { skip: { code: 'not-a-file', rule: errno } };
    return unreadable(errno);
  }
}

function sourceOf(bytes: Buffer, path: string): Source | { readonly skip: Skip } {
  const text = decodeText(bytes);
  if (text === null) return { skip: { code: 'binary' } };
  const skip = textSkip(text, path);
  return skip ? { skip } : { text, hash: hash('sha256', bytes, 'hex').slice(0, 32) };
}

/** Why a text is not source code; null when it may be. */
export function textSkip(text: string, path: string): Skip | null {
  if (text.trim() === '') return { code: 'empty' };
  const generated = generatedBy(text);
  if (generated) return { code: 'generated', rule: generated.words, source: `${path}:${generated.line}` };
  const minified = minifiedBy(text);
  return minified ? { code: 'minified', rule: minified } : null;
}

/** A link in the middle of the path may have come after the walk. */
function staysInside(folder: string, path: string): boolean {
  const root = realpathSync.native(folder);
  const parent = realpathSync.native(dirname(join(folder, path)));
  return parent === root || parent.startsWith(root.endsWith(sep) ? root : root + sep);
}

function unreadable(rule: string): { readonly skip: Skip } {
  return { skip: { code: 'unreadable', rule } };
}
