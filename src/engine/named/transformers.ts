/**
 * A model's tokenizer and network through Transformers.js: the only file that imports it, loaded only once a user names a
 * model. Reads from disk; the library's own ways to the network are shut. It runs on the ONNX Runtime that
 * `Symbol.for('onnxruntime')` names in the process when this file is loaded.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { AutoModel, env, LogLevel, PreTrainedTokenizer, Tensor } from '@huggingface/transformers';
import type { NamedModel } from './model-folder.ts';

/** A named model is far heavier than our own: some of the processor, never all of it. */
const MOST_THREADS = 4;

export interface Encoder {
  /** Special tokens included, however long. */
  tokenIds(text: string): readonly number[];
  /** Rows of any lengths, padded here. */
  run(rows: readonly (readonly number[])[]): Promise<EncoderOutput>;
  dispose(): Promise<void>;
}

/** `dims`: [rows, dimensions] of a network that pools by itself, else [rows, longest, dimensions]. */
export interface EncoderOutput {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Any error means that the files are not what Transformers.js can run. */
export async function loadEncoder(model: NamedModel): Promise<Encoder> {
  shutNetwork();
  const tokenizer = await loadTokenizer(model.dir);
  const network = await AutoModel.from_pretrained(model.dir, {
    local_files_only: true,
    subfolder: dirname(model.onnxFile) === '.' ? '' : dirname(model.onnxFile),
    model_file_name: model.onnxFile.replace(/^.*\//, '').replace(/\.onnx$/, ''),
    // The file's own name says what its numbers are: the library shall add nothing to it.
    dtype: 'fp32',
    // Of a runtime that is given to it, it knows no devices by name.
    device: 'auto',
    session_options: {
      executionProviders: ['cpu'],
      intraOpNumThreads: Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2))),
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  });
  return {
    tokenIds: (text) => tokenizer.encode(text),
    run: async (rows) => outputOf((await network(inputsOf(rows, tokenizer.pad_token_id ?? 0))) as Outputs),
    dispose: async () => {
      await network.dispose();
    },
  };
}

function shutNetwork(): void {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = (url) => Promise.reject(new Error(`${String(url)} was asked for: Kenning loads models from disk.`));
  env.logLevel = LogLevel.ERROR;
}

async function loadTokenizer(dir: string): Promise<PreTrainedTokenizer> {
  const json = JSON.parse(await readFile(join(dir, 'tokenizer.json'), 'utf8')) as object;
  const config = await readFile(join(dir, 'tokenizer_config.json'), 'utf8').catch(() => '{}');
  return new PreTrainedTokenizer(json, JSON.parse(config) as object);
}

function inputsOf(rows: readonly (readonly number[])[], padId: number): Readonly<Record<string, Tensor>> {
  const length = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(padId));
  const mask = new BigInt64Array(rows.length * length);
  rows.forEach((row, at) => {
    for (let i = 0; i < row.length; i++) ids[at * length + i] = BigInt(row[i]!);
    mask.fill(1n, at * length, at * length + row.length);
  });
  const dims = [rows.length, length];
  return { input_ids: new Tensor('int64', ids, dims), attention_mask: new Tensor('int64', mask, dims) };
}

type Outputs = Readonly<Record<string, Tensor | undefined>>;

function outputOf(outputs: Outputs): EncoderOutput {
  const { sentence_embedding, last_hidden_state, token_embeddings } = outputs;
  const tensor = sentence_embedding ?? last_hidden_state ?? token_embeddings ?? Object.values(outputs)[0];
  if (!tensor) throw new Error('The network gives no output.');
  return { data: tensor.to('float32').data as Float32Array, dims: tensor.dims };
}
