/**
 * The whole language between an editor's window and its background process: JSON-RPC over Node's IPC channel.
 * Types and message names only. The two sides ship together; the version guards against a stale process, not old clients.
 */
import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc/node';
import type { ErrorCode } from '../core/errors.ts';
import type { EngineOptions } from '../engine/api/options.ts';
import type { CollectOptions, CollectReport, VerifyReport } from '../engine/api/repair.ts';
import type {
  OutlineEntry,
  OutlineRequest,
  SearchAnswer,
  SearchRequest,
  SimilarRequest,
} from '../engine/api/search.ts';
import type { IndexStatus, WhyAnswer } from '../engine/api/status.ts';
import type { IndexProgress, IndexReport, RefineReport } from '../engine/api/work.ts';

/** Raised with every change of a message's shape or meaning. */
export const PROTOCOL_VERSION = 7;

/** What the background process says first. */
export interface Greeting {
  readonly protocol: number;
  readonly pid: number;
}

/** Every message about a folder names it by the absolute path it was opened with. */
export interface FolderParams {
  readonly folder: string;
}

export interface UpdateParams extends FolderParams {
  /** As in `UpdateOptions`. */
  readonly paths?: readonly string[];
  readonly rebuild?: boolean;
  readonly first?: readonly string[];
}

export interface UpdateResult {
  readonly report: IndexReport;
  readonly status: IndexStatus;
}

export interface RefineResult {
  readonly report: RefineReport;
  readonly status: IndexStatus;
}

export interface SearchParams extends FolderParams, SearchRequest {}

export interface SimilarParams extends FolderParams, SimilarRequest {}

export interface OutlineParams extends FolderParams, OutlineRequest {}

export interface WhyParams extends FolderParams {
  readonly file: string;
}

/** `text`: what an editor holds of the file; null: it is as on disk again. */
export interface UnsavedParams extends FolderParams {
  readonly path: string;
  readonly text: string | null;
}

export interface PauseParams {
  readonly paused: boolean;
}

export interface WorkProgress extends IndexProgress {
  /** The computer runs on battery, and work goes on slowly; absent: it does not. */
  readonly onBattery?: true;
}

export interface ProgressParams extends FolderParams {
  readonly progress: WorkProgress;
}

/** Rides in a JSON-RPC error's `data`, so that a `KenningError` arrives as one. */
export interface WireError {
  readonly code: ErrorCode;
}

export const greet = new RequestType0<Greeting, void>('kenning/greet');
export const openFolder = new RequestType<EngineOptions, IndexStatus, WireError>('kenning/openFolder');
export const closeFolder = new RequestType<FolderParams, void, WireError>('kenning/closeFolder');
/** Cancelling the request ends the update between two batches; its report then says so. */
export const update = new RequestType<UpdateParams, UpdateResult, WireError>('kenning/update');
/** Goes on until no vector waits to be refined. Cancelling the request ends it at once; its report then says so. */
export const refine = new RequestType<FolderParams, RefineResult, WireError>('kenning/refine');
export const status = new RequestType<FolderParams, IndexStatus, WireError>('kenning/status');
export const search = new RequestType<SearchParams, SearchAnswer, WireError>('kenning/search');
export const similar = new RequestType<SimilarParams, SearchAnswer, WireError>('kenning/similar');
export const outline = new RequestType<OutlineParams, readonly OutlineEntry[], WireError>('kenning/outline');
export const why = new RequestType<WhyParams, WhyAnswer, WireError>('kenning/why');
export const indexedFolders = new RequestType<FolderParams, readonly string[], WireError>('kenning/indexedFolders');
export const verify = new RequestType<FolderParams, VerifyReport, WireError>('kenning/verify');
/** Folders that are open are kept, whatever the options say. */
export const collect = new RequestType<CollectOptions, CollectReport, WireError>('kenning/collect');
/** Closes the folder and removes what is kept of it on disk; to go on it must be opened anew, also after an error. */
export const deleteIndex = new RequestType<FolderParams, void, WireError>('kenning/deleteIndex');
/** Answered once every engine is closed. */
export const shutdown = new RequestType0<void, WireError>('kenning/shutdown');
/** Holds every update between two batches and every refining between two runs of the model; searches go on. */
export const pause = new NotificationType<PauseParams>('kenning/pause');
/** As in `Engine.setUnsaved`; a folder that is not open is passed over. */
export const unsaved = new NotificationType<UnsavedParams>('kenning/unsaved');
/** Sent at most ten times a second while a folder is updated or refined. */
export const progress = new NotificationType<ProgressParams>('kenning/progress');
