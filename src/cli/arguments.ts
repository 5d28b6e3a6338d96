/** The command line's words to plain data; every mistake becomes one sentence. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { KenningError } from '../core/errors.ts';
import type { Quality } from '../engine/api/options.ts';
import { DEFAULT_QUALITY, QUALITIES } from '../engine/quality.ts';

type OptionSpecs = NonNullable<ParseArgsConfig['options']>;

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Of every command that opens an index. */
export const ENGINE_OPTIONS = {
  path: { type: 'string' },
  model: { type: 'string' },
  quality: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies OptionSpecs;

export function parseArguments(args: readonly string[], options: OptionSpecs): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: values as Arguments['values'], positionals };
  } catch (cause) {
    throw usage(`${firstSentence((cause as Error).message)} (kenning --help lists the commands.)`);
  }
}

/** For commands that take options alone: a folder given without `--path` must not be taken for the working folder. */
export function noPositionals({ positionals }: Arguments): void {
  if (positionals.length > 0) throw usage(`"${positionals[0]}" is one word too many: a folder goes after --path.`);
}

/** The folder of `--path`, or the working folder; absolute. */
export function folderOf({ values }: Arguments): string {
  // What an unset shell variable leaves: `--path "$DIR"`.
  if (values.path === '') throw usage('--path names no folder.');
  const folder = resolve(String(values.path ?? '.'));
  if (!existsSync(folder)) throw new KenningError('folder-not-found', `There is no folder ${folder}.`);
  if (!statSync(folder).isDirectory()) throw new KenningError('folder-not-found', `${folder} is a file, not a folder.`);
  return folder;
}

/** The model of `--model`, a folder made absolute; empty: Kenning's own. */
export function modelOf({ values }: Arguments): string {
  if (values.model === undefined) return '';
  if (values.model === '') throw usage('--model names no model.');
  const name = String(values.model);
  // The engine would take a relative folder from the one that is searched.
  return existsSync(resolve(name)) || name.startsWith('.') ? resolve(name) : name;
}

/** A whole number from 1 to 1,000. */
export function limitOf({ values }: Arguments, fallback: number): number {
  if (values.limit === undefined) return fallback;
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw usage(`--limit takes a whole number from 1 to 1000, not "${String(values.limit)}".`);
  }
  return limit;
}

export function qualityOf({ values }: Arguments): Quality {
  const { quality = DEFAULT_QUALITY } = values;
  const known = QUALITIES.find((name) => name === quality);
  if (!known) throw usage(`--quality takes ${QUALITIES.join(', ')}, not "${String(quality)}".`);
  return known;
}

export function usage(sentence: string): KenningError {
  return new KenningError('usage', sentence);
}

function firstSentence(message: string): string {
  const end = message.search(/[.!?](\s|$)/);
  return end < 0 ? `${message}.` : message.slice(0, end + 1);
}
