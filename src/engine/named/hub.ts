/**
 * Fetches a model that the user named from the hub into the storage folder, once. The only code of Kenning that opens a
 * connection; what has been fetched is used from then on without asking again.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { KenningError } from '../../core/errors.ts';
import { shared } from './shared-work.ts';

/** The environment variable that the hub's own tools take a mirror from. */
const HOST_VARIABLE = 'HF_ENDPOINT';
const DEFAULT_HOST = 'https://huggingface.co';
/** The first file asked for: its answer says whether there is such a model, and at which commit. */
const FIRST = 'config.json';
const REQUIRED = ['tokenizer.json'];
const OPTIONAL = [
  'tokenizer_config.json',
  'sentence_bert_config.json',
  'modules.json',
  '1_Pooling/config.json',
  'config_sentence_transformers.json',
];
/** The first that is there: int8 runs at more than twice the speed, and is a quarter of the size. */
const ONNX = ['onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model.onnx', 'model.onnx'];
/** Written last: without it a folder is what an interrupted run has left. */
const DONE = 'hub.json';

interface Download {
  readonly host: string;
  readonly id: string;
  readonly dir: string;
  readonly revision: string;
  /** Aborts when nobody wants the model any more. */
  readonly signal: AbortSignal;
}

/** The folder that holds the model's files. Throws `model-unavailable`, `model-unusable`; `cancelled` once `signal` aborts. */
export async function modelFromHub(id: string, storageDir: string, signal?: AbortSignal): Promise<string> {
  const dir = join(storageDir, 'models', id.replace('/', '--'));
  if (!existsSync(join(dir, DONE))) await shared(dir, (unwanted) => fetchModel(id, dir, unwanted), signal);
  return dir;
}

async function fetchModel(id: string, dir: string, signal: AbortSignal): Promise<void> {
  const host = (process.env[HOST_VARIABLE] || DEFAULT_HOST).replace(/\/+$/, '');
  const first = { host, id, dir, revision: 'main', signal };
  const answer = await ask(first, FIRST);
  if (!answer) throw new KenningError('model-unavailable', `${host} has no public model ${id}.`);
  // One commit for all files, whatever is pushed meanwhile.
  const download = { ...first, revision: answer.headers.get('x-repo-commit') ?? 'main' };
  await save(download, FIRST, answer);
  for (const name of REQUIRED) if (!(await fetchFile(download, name))) throw lacks(id, name);
  for (const name of OPTIONAL) await fetchFile(download, name);
  await fetchOnnx(download);
  await writeFile(join(dir, DONE), `${JSON.stringify({ id, revision: download.revision, host })}\n`);
}

async function fetchOnnx(download: Download): Promise<void> {
  for (const name of ONNX) {
    if (!(await fetchFile(download, name))) continue;
    // Weights of a large model lie beside its graph.
    await fetchFile(download, `${name}_data`);
    return;
  }
  throw lacks(download.id, ONNX.join(' or '));
}

/** False when the model has no such file. */
async function fetchFile(download: Download, name: string): Promise<boolean> {
  const answer = await ask(download, name);
  if (answer) await save(download, name, answer);
  return answer !== null;
}

async function ask({ host, id, revision, signal }: Download, name: string): Promise<Response | null> {
  let answer: Response;
  try {
    answer = await fetch(`${host}/${id}/resolve/${revision}/${name}`, { signal });
  } catch (cause) {
    throw unreachable(host, id, cause);
  }
  if (answer.ok) return answer;
  await answer.body?.cancel();
  // The hub hides what needs a login behind 401 and 403.
  if ([401, 403, 404].includes(answer.status)) return null;
  throw new KenningError('model-unavailable', `${host} answered ${answer.status} when asked for ${name} of ${id}.`);
}

async function save({ host, id, dir, signal }: Download, name: string, answer: Response): Promise<void> {
  const path = join(dir, name);
  const part = `${path}.${process.pid}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(part), { signal });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw unreachable(host, id, cause);
  }
}

function unreachable(host: string, id: string, error: unknown): KenningError {
  const cause = (error as Error).cause ?? error;
  const why = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
  const sentence = `The model ${id} is not on this machine yet and could not be fetched from ${host} (${why}).`;
  return new KenningError('model-unavailable', sentence, { cause: error });
}

function lacks(id: string, name: string): KenningError {
  return new KenningError('model-unusable', `The model ${id} cannot be used: it has no ${name}.`);
}
