/**
 * `npm run bench:runtimes`: what the refiner costs in WebAssembly against native code, in processor time over functions of
 * this repository, the two runtimes turn about in one process so that both meet the same machine.
 */
import { join } from 'node:path';
import { codeText } from '../../src/core/student/template.ts';
import type { RuntimeName } from '../../src/engine/api/options.ts';
import { chunkFolder } from '../../src/engine/chunk.ts';
import { readModel } from '../../src/engine/embed/model-card.ts';
import { loadRefiner } from '../../src/engine/embed/refiner.ts';
import { readRefiner } from '../../src/engine/embed/refiner-card.ts';
import { openRuntime } from '../../src/engine/embed/runtime.ts';
import { loadStudent } from '../../src/engine/embed/student.ts';
import { findInstallDir, grammarDir, modelDir, REFINER_MODEL } from '../../src/engine/install-dir.ts';

const ROUNDS = 5;
const REFINED = 60;
const QUESTIONS = 50;

interface Runner {
  readonly name: RuntimeName;
  readonly work: Readonly<Record<string, () => Promise<unknown>>>;
}

const installDir = findInstallDir(import.meta.dirname);
const model = await readModel(modelDir(installDir));
const texts: string[] = [];
for await (const { path, functions } of chunkFolder(join(installDir, 'src'), grammarDir(installDir))) {
  for (const fn of functions) texts.push(codeText(model.card.codeTemplate, path, fn));
}
const questions = texts.slice(0, QUESTIONS).map((text) => text.split(/\s+/).slice(0, 12).join(' '));

const [native, wasm] = [await runner('native'), await runner('wasm')];
for (const what of Object.keys(native.work)) {
  const spent = { native: [] as number[], wasm: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, work } of [native, wasm]) {
      const ms = await processorMs(work[what]!);
      // The first warms up.
      if (round > 0) spent[name].push(ms);
    }
  }
  const [mid, other] = [median(spent.native), median(spent.wasm)];
  console.log(
    `${what}: native ${mid.toFixed(1)} ms, WebAssembly ${other.toFixed(1)} ms, ${(other / mid).toFixed(1)} times`,
  );
}

async function runner(name: RuntimeName): Promise<Runner> {
  const runtime = await openRuntime(name);
  const student = loadStudent(model);
  const refiner = await loadRefiner(await readRefiner(modelDir(installDir, REFINER_MODEL), model), runtime);
  const bases = await student.embedCode(texts);
  const refineQuestions = async (): Promise<void> => {
    for (const question of questions) await refiner.refineQuery(question, await student.embedQuery(question));
  };
  return {
    name,
    work: {
      [`S2, ${REFINED} functions`]: () => refiner.refineCode(refiner.entriesOf(texts.slice(0, REFINED), bases)),
      [`S1 and S2, ${QUESTIONS} questions`]: refineQuestions,
    },
  };
}

async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
