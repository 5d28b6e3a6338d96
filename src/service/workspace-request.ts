/** A question to every open folder, and what of it concerns one of them. Pure. */
import { isAbsolute, relative, sep } from 'node:path';
import type { SearchRequest } from '../engine/api.ts';

/** As a folder's request, but for `near`: its paths are absolute. */
export interface WorkspaceRequest extends SearchRequest {}

/** `folder`: absolute. Files that lie elsewhere are not told. */
export function requestIn(folder: string, { near, ...request }: WorkspaceRequest): SearchRequest {
  if (!near) return request;
  const within = (paths: readonly string[]): string[] => paths.flatMap((path) => pathIn(folder, path));
  const [open, recent] = [within(near.open), within(near.recent)];
  return open.length + recent.length === 0 ? request : { ...request, near: { open, recent } };
}

function pathIn(folder: string, path: string): [] | [string] {
  const way = relative(folder, path);
  const isInside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside ? [way.replaceAll(sep, '/')] : [];
}
