/** What the panel gets to know of the workspace in the course of a visit. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { localFolders } from '../indexer.ts';
import { isModelIgnored } from '../restricted-model.ts';
import type { OperatorFacts } from './operators.ts';

/** Nobody narrows a search to them. */
const DULL = /^(?:\.|node_modules$)/;

export class Facts {
  readonly #languages = new Set<string>();
  readonly #folders = new Set<string>();
  /** Whether a model that the workspace names is kept from being used. */
  isModelIgnored = false;

  /** For completing operators. */
  get known(): OperatorFacts {
    return { languages: [...this.#languages], folders: [...this.#folders] };
  }

  addHits(hits: readonly FolderHit[]): void {
    for (const { language, path } of hits) {
      this.#languages.add(language);
      for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        this.#folders.add(path.slice(0, end + 1));
      }
    }
  }

  /** What there is before any hit: the folders at the top among it. */
  async look(): Promise<void> {
    this.isModelIgnored = await isModelIgnored();
    for (const { uri } of localFolders()) {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      for (const [name, type] of entries) {
        if (type === vscode.FileType.Directory && !DULL.test(name)) this.#folders.add(`${name}/`);
      }
    }
  }
}
