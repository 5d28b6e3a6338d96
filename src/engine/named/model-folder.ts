/**
 * Reads a folder laid out as sentence-transformers and the hub lay out an embedding model: which ONNX file, how token
 * vectors become one, what stands before a query, how long a text may be. Loads nothing.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KenningError } from '../../core/errors.ts';

export interface NamedModel {
  readonly dir: string;
  /** Of everything that decides a vector; begins with the model's name. */
  readonly fingerprint: string;
  /** Relative to `dir`. */
  readonly onnxFile: string;
  readonly pooling: 'mean' | 'cls';
  /** Put before every query, and before every function. */
  readonly queryPrefix: string;
  readonly codePrefix: string;
  /** Special tokens included. */
  readonly maxTokens: number;
}

/** Which parts of a function the model reads. A change is a change of the fingerprint. */
export const NAMED_CODE_TEMPLATE = '{qualifiedName} {path}\n{doc}\n{code}';
/** Attention's cost grows with the square, and few functions are longer. */
const MOST_TOKENS = 512;
/** In order of preference: int8 runs at more than twice the speed. */
const ONNX_FOLDERS = ['onnx', '.'];
const ONNX_FILES = ['model_quantized.onnx', 'model_int8.onnx', 'model.onnx'];
const HASHED = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
  'config_sentence_transformers.json',
];

type Json = Readonly<Record<string, unknown>>;

/** `name`: what tells the model from others, whatever version of it. Throws `model-unusable`. */
export async function readNamedModel(dir: string, name: string): Promise<NamedModel> {
  for (const file of ['config.json', 'tokenizer.json']) {
    if (!existsSync(join(dir, file))) throw unusable(dir, `it has no ${file}`);
  }
  const onnxFile = findOnnx(dir);
  await refuseOtherModules(dir);
  const prompts = await promptsOf(dir);
  return {
    dir,
    fingerprint: `${name}-${await hashOf(dir, onnxFile)}`,
    onnxFile,
    pooling: await poolingOf(dir),
    queryPrefix: prompts.query,
    codePrefix: prompts.code,
    maxTokens: await maxTokensOf(dir),
  };
}

function findOnnx(dir: string): string {
  for (const folder of ONNX_FOLDERS) {
    const found = existsSync(join(dir, folder)) ? readdirSync(join(dir, folder)).sort() : [];
    const file = ONNX_FILES.find((name) => found.includes(name)) ?? found.find((name) => /^model.*\.onnx$/.test(name));
    if (file) return folder === '.' ? file : `${folder}/${file}`;
  }
  throw unusable(dir, 'it has no model.onnx, and no model*.onnx in a folder onnx');
}

/** A further layer, such as `Dense`, is not in the ONNX file: leaving it out would give vectors of another model. */
async function refuseOtherModules(dir: string): Promise<void> {
  const modules = (await readJson(dir, 'modules.json')) as unknown as readonly Json[] | null;
  const types = Array.isArray(modules) ? modules.map(({ type }) => String(type).split('.').at(-1)!) : [];
  const strange = types.find((type) => !['Transformer', 'Pooling', 'Normalize'].includes(type));
  if (strange) throw unusable(dir, `Kenning does not run its layer ${strange}`);
}

async function poolingOf(dir: string): Promise<'mean' | 'cls'> {
  const config = (await readJson(dir, '1_Pooling/config.json')) ?? {};
  const modes = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true);
  if (modes.length === 0 || (modes.length === 1 && modes[0] === 'pooling_mode_mean_tokens')) return 'mean';
  if (modes.length === 1 && modes[0] === 'pooling_mode_cls_token') return 'cls';
  throw unusable(dir, `Kenning knows mean and cls pooling, not ${modes.join(' with ')}`);
}

async function promptsOf(dir: string): Promise<{ query: string; code: string }> {
  const config = await readJson(dir, 'config_sentence_transformers.json');
  const prompts = (config?.prompts ?? {}) as Json;
  const prompt = (...names: readonly unknown[]): string => {
    const known = names.map((name) => prompts[String(name)]).find((text) => typeof text === 'string');
    return (known as string | undefined) ?? '';
  };
  const otherwise = config?.default_prompt_name;
  return { query: prompt('query', otherwise), code: prompt('document', 'passage', otherwise) };
}

async function maxTokensOf(dir: string): Promise<number> {
  const limits = [
    (await readJson(dir, 'sentence_bert_config.json'))?.max_seq_length,
    (await readJson(dir, 'tokenizer_config.json'))?.model_max_length,
    (await readJson(dir, 'config.json'))?.max_position_embeddings,
  ].filter((limit): limit is number => typeof limit === 'number' && limit >= 8);
  return Math.min(MOST_TOKENS, ...limits);
}

/** Null when there is no such file. */
async function readJson(dir: string, file: string): Promise<Json | null> {
  if (!existsSync(join(dir, file))) return null;
  try {
    return JSON.parse(await readFile(join(dir, file), 'utf8')) as Json;
  } catch (cause) {
    throw unusable(dir, `${file} is not JSON`, cause);
  }
}

async function hashOf(dir: string, onnxFile: string): Promise<string> {
  const hash = createHash('sha256').update(NAMED_CODE_TEMPLATE);
  for (const file of [onnxFile, `${onnxFile}_data`, ...HASHED]) {
    hash.update(`\0${file}\0`);
    if (!existsSync(join(dir, file))) continue;
    for await (const chunk of createReadStream(join(dir, file))) hash.update(chunk as Buffer);
  }
  return hash.digest('hex').slice(0, 12);
}

export function unusable(dir: string, what: string, cause?: unknown): KenningError {
  return new KenningError('model-unusable', `The model in ${dir} cannot be used: ${what}.`, { cause });
}
