/** `index_status`: how far each folder is indexed, in words and as data. */
import type { IndexStatus } from '../../engine/api/status.ts';
import type { IndexProgress } from '../../engine/api/work.ts';
import { formatCount, formatSkipped } from '../format.ts';
import type { AgentFolder } from './agent-folder.ts';

export const STATUS_OUTPUT = {
  type: 'object',
  properties: {
    folders: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          folder: { type: 'string' },
          files: { type: 'integer' },
          functions: { type: 'integer' },
          complete: { type: 'boolean' },
          updating: { type: 'boolean' },
          updatedAt: { type: ['string', 'null'], description: 'ISO 8601; null before the first update has ended.' },
          skipped: { type: 'object', description: 'Reason → number of files and folders that are left out.' },
          error: { type: 'string' },
        },
        required: ['folder'],
      },
    },
  },
  required: ['folders'],
} as const;

interface FolderTold {
  readonly line: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function statusAnswer(
  folders: readonly AgentFolder[],
): Promise<{ readonly text: string; readonly data: Readonly<Record<string, unknown>> }> {
  const told = await Promise.all(folders.map(toldOf));
  return { text: told.map(({ line }) => line).join('\n'), data: { folders: told.map(({ data }) => data) } };
}

async function toldOf(folder: AgentFolder): Promise<FolderTold> {
  try {
    const status = (await folder.engine()).status();
    const { files, functions, complete, skipped } = status;
    const updatedAt = status.updatedAt === null ? null : new Date(status.updatedAt).toISOString();
    const updating = folder.isUpdating;
    const data = { folder: folder.folder, files, functions, complete, updating, updatedAt, skipped };
    return { line: lineOf(status, updating, folder.progress), data };
  } catch (error) {
    const { message } = error as Error;
    return { line: `${folder.folder}: ${message}`, data: { folder: folder.folder, error: message } };
  }
}

function lineOf(status: IndexStatus, updating: boolean, progress: IndexProgress | null): string {
  const { folder, files, functions, complete, updatedAt } = status;
  const skipped = formatSkipped(status.skipped);
  const done = progress && progress.total > 0 ? ` (${progress.done} of ${formatCount(progress.total, 'file')})` : '';
  return [
    `${folder}: ${formatCount(functions, 'function')} of ${formatCount(files, 'file')} indexed`,
    complete ? 'complete' : 'partial: what is missing may still exist',
    updating ? `being brought up to date${done}` : '',
    updatedAt === null ? 'never updated to the end' : `last updated ${new Date(updatedAt).toISOString()}`,
    skipped ? `left out: ${skipped}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
