/** A question to every open folder, and what of it concerns one of them. Pure. */
import { isAbsolute, relative, sep } from 'node:path';
import type { SearchRequest, SimilarRequest } from '../engine/api/search.ts';

/** As a folder's request, but for `near`: its paths are absolute. */
export interface WorkspaceRequest extends Omit<SearchRequest, 'file'> {
  /** Absent: every open folder is asked. */
  readonly within?: Within;
}

/** A part of the workspace. */
export interface Within {
  /** Absolute, as it was opened. */
  readonly folder: string;
  /** Relative to it, with `/`; absent: the whole folder. */
  readonly file?: string;
}

export const concerns = ({ within }: WorkspaceRequest, folder: string): boolean => !within || within.folder === folder;

/** As a folder's request; `folder`, absolute, says whose path and lines are meant. */
export interface WorkspaceSimilarRequest extends SimilarRequest {
  readonly folder?: string;
}

/** `folder`: absolute. Files that lie elsewhere are not told. */
export function requestIn(folder: string, { near, within, ...rest }: WorkspaceRequest): SearchRequest {
  const request = within?.file === undefined ? rest : { ...rest, file: within.file };
  if (!near) return request;
  const [open, recent] = [pathsIn(folder, near.open), pathsIn(folder, near.recent)];
  return open.length + recent.length === 0 ? request : { ...request, near: { open, recent } };
}

/** Of absolute paths those in `folder`, relative with `/`. */
export function pathsIn(folder: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => pathIn(folder, path));
}

function pathIn(folder: string, path: string): [] | [string] {
  const way = relative(folder, path);
  const isInside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside ? [way.replaceAll(sep, '/')] : [];
}
