/** What a search asks of an index besides its snapshot. The store is one; what editors hold unsaved lies over another. */
import type { FileTable } from './file-table.ts';
import type { FunctionTable } from './function-table.ts';
import type { TermTable } from './term-table.ts';

export interface IndexReader extends Pick<FunctionTable, 'contents'> {
  readonly functions: FunctionTable['byIds'];
  readonly fileHash: FileTable['hash'];
  readonly termIds: TermTable['ids'];
  readonly termsNear: TermTable['near'];
  /** The text of a file that is not searched as it is on disk; undefined for all others. */
  unsavedText?(path: string): string | undefined;
}
