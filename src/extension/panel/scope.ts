/** What part of the workspace the panel searches, besides what the question's own operators say. Pure. */
import type { Within } from '../../service/workspace-request.ts';

export type Scope = 'workspace' | 'folder' | 'file';

/** Where the user came from. */
export interface Place {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Relative to the folder, with `/`; null when no file of it is open. */
  readonly file: string | null;
}

/** What there is to choose from: a folder counts only where the window has several. */
export function scopesAt(place: Place | null, folders: number): readonly Scope[] {
  if (!place) return ['workspace'];
  return [
    'workspace',
    ...(place.file === null ? [] : (['file'] as const)),
    ...(folders > 1 ? (['folder'] as const) : []),
  ];
}

export const nextScope = (scope: Scope, scopes: readonly Scope[]): Scope =>
  scopes[(scopes.indexOf(scope) + 1) % scopes.length]!;

/** For a request; undefined: everything. */
export function withinOf(scope: Scope, place: Place | null): Within | undefined {
  if (!place || scope === 'workspace') return undefined;
  if (scope === 'folder') return { folder: place.folder };
  return place.file === null ? undefined : { folder: place.folder, file: place.file };
}

/** The scope of one visit. */
export class ScopeChoice {
  readonly #place: Place | null;
  readonly #memory: { scope: Scope };
  readonly #folders: () => number;

  /** `memory` outlives the visit; what it holds may not be there this time. */
  constructor(place: Place | null, memory: { scope: Scope }, folders: () => number) {
    this.#place = place;
    this.#memory = memory;
    this.#folders = folders;
  }

  get place(): Place | null {
    return this.#place;
  }

  get all(): readonly Scope[] {
    return scopesAt(this.#place, this.#folders());
  }

  get current(): Scope {
    return this.all.includes(this.#memory.scope) ? this.#memory.scope : 'workspace';
  }

  get within(): Within | undefined {
    return withinOf(this.current, this.#place);
  }

  /** Absent: the next one there is. */
  choose(scope: Scope = nextScope(this.current, this.all)): void {
    this.#memory.scope = scope;
  }
}
