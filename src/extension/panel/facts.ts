/** What the panel gets to know of the workspace in the course of a visit. */
import type { ServiceClient } from '../../service/client.ts';
import type { FolderHit } from '../../service/merge.ts';
import { isModelIgnored } from '../restricted-model.ts';
import type { OperatorFacts } from './operators.ts';

export class Facts {
  readonly #languages = new Set<string>();
  readonly #folders = new Set<string>();
  #hasAsked = false;
  /** Whether a model that the workspace names is kept from being used. */
  isModelIgnored = false;

  /** For completing operators. */
  get known(): OperatorFacts {
    return { languages: [...this.#languages], folders: [...this.#folders] };
  }

  addHits(hits: readonly FolderHit[]): void {
    for (const { language, path } of hits) {
      this.#languages.add(language);
      this.#addFoldersOf(path);
    }
  }

  async look(): Promise<void> {
    this.isModelIgnored = await isModelIgnored();
  }

  /**
   * Those that there are before any hit, once a visit; says whether this was the time. A workspace folder that cannot be
   * asked has none to offer.
   */
  async learnFolders(client: ServiceClient): Promise<boolean> {
    if (this.#hasAsked) return false;
    this.#hasAsked = true;
    const asked = client.folders.map(({ folder }) => client.indexedFolders(folder).catch(() => []));
    for (const folder of (await Promise.all(asked)).flat()) this.#addFoldersOf(folder);
    return true;
  }

  #addFoldersOf(path: string): void {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      this.#folders.add(path.slice(0, end + 1));
    }
  }
}
