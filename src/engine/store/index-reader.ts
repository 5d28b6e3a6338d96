/** What a search asks of an index besides its snapshot. The store is one; what editors hold unsaved lies over another. */
import type { Store } from './store.ts';

export interface IndexReader extends Pick<Store, 'termIds' | 'termsNear' | 'functions' | 'contents' | 'fileHash'> {
  /** The text of a file that is not searched as it is on disk; undefined for all others. */
  unsavedText?(path: string): string | undefined;
}
