/**
 * Questions made of documentation, as the training's stage `questions` writes them: a file for each package, with parsed
 * functions in place of a checkout.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeFunction } from '../../src/core/code-function.ts';
import { BenchmarkError, isQuestion, parsed, type Question } from './benchmark.ts';

/** `doc`: asks for a function by its doc; `head`: for a file by its first comment. */
export const MADE_CATEGORIES = ['doc', 'head'] as const;
export type MadeCategory = (typeof MADE_CATEGORIES)[number];

export interface MadeQuestion extends Question {
  readonly category: MadeCategory;
}

export interface PlacedFunction extends CodeFunction {
  readonly path: string;
}

export interface QuestionSet {
  readonly name: string;
  readonly language: string;
  readonly functions: readonly PlacedFunction[];
  readonly queries: readonly MadeQuestion[];
  /** Of the functions: equal ones have equal indexes. */
  readonly digest: string;
}

interface SetFile {
  readonly name: string;
  readonly language: string;
  readonly functions: readonly PlacedFunction[];
  readonly questions: readonly MadeQuestion[];
}

/** By name. Throws `BenchmarkError`. */
export function readQuestionSets(dir: string): QuestionSet[] {
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : [];
  if (names.length === 0)
    throw new BenchmarkError(`No questions here: ${dir} holds no .json (python -m kenning_training questions).`);
  return names.sort().map((name) => readSet(join(dir, name)));
}

function readSet(file: string): QuestionSet {
  const set = parsed(readFileSync(file, 'utf8'));
  if (!isSet(set))
    throw new BenchmarkError(
      `${file} is no {name, language, functions, questions: [{query, category: doc or head, relevant}]}.`,
    );
  const { name, language, functions, questions } = set;
  const digest = createHash('sha256').update(JSON.stringify(functions)).digest('hex').slice(0, 16);
  return { name, language, functions, queries: questions, digest };
}

function isSet(value: unknown): value is SetFile {
  const { name, language, functions, questions } = (value ?? {}) as Partial<SetFile>;
  return (
    typeof name === 'string' &&
    typeof language === 'string' &&
    Array.isArray(functions) &&
    functions.every(isFunction) &&
    Array.isArray(questions) &&
    questions.every((question) => isQuestion(question) && isMade(question))
  );
}

const isMade = ({ category }: Question): boolean => MADE_CATEGORIES.some((known) => known === category);

const TEXTS = ['path', 'kind', 'language', 'name', 'qualifiedName', 'signature', 'doc', 'code'] as const;
const LINES = ['startLine', 'endLine'] as const;

function isFunction(value: unknown): value is PlacedFunction {
  const fn = (value ?? {}) as Partial<PlacedFunction>;
  return TEXTS.every((key) => typeof fn[key] === 'string') && LINES.every((key) => typeof fn[key] === 'number');
}
