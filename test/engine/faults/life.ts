/**
 * The life of a small index, with all that is ever written in it: made, brought up to date after edits, its base replaced
 * twice, refined, a graph built and saved. And what it should end as, whatever happened on the way.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineOptions } from '../../../src/engine/api/options.ts';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';

export interface Place {
  readonly folder: string;
  readonly storageDir: string;
  /** With the tiny refiner. */
  readonly installDir: string;
}

const SOURCES = join(INSTALL_DIR, 'test', 'golden', 'sources');
const GRAPH_WAIT_MS = 3000;

const NAMES = ['bash.sh', 'go.go', 'java.java', 'python.py', 'ruby.rb', 'rust.rs', 'typescript.ts'];

/** Some hundred functions. */
export function writeBefore(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  for (const name of NAMES) cpSync(join(SOURCES, name), join(folder, name));
}

/** As `writeBefore`, and then edited: files are changed, moved and gone, and one has become a folder. */
export function writeAfter(folder: string): void {
  writeBefore(folder);
  for (const name of NAMES.slice(0, 3)) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll('invoice', 'receipt').replaceAll('parse', 'decipher'));
  }
  const [gone, moved, split] = NAMES.slice(-3) as [string, string, string];
  rmSync(join(folder, gone));
  mkdirSync(join(folder, 'moved'));
  cpSync(join(folder, moved), join(folder, 'moved', moved));
  rmSync(join(folder, moved));
  const text = readFileSync(join(folder, split));
  rmSync(join(folder, split));
  mkdirSync(join(folder, split));
  writeFileSync(join(folder, split, split), text);
  writeFileSync(
    join(folder, 'harbour.py'),
    Array.from({ length: 30 }, (_, i) => `def moor_ship_${i}(ship, rope):\n    ship.tie(rope, ${i})\n`).join('\n\n'),
  );
}

/** What went wrong in each step; null: nothing. */
export type Outcome = Readonly<Record<string, unknown>>;

const GRAPH = { vectorIndex: 'graph', quality: 'balanced' } as const;

/** Goes on after a step that fails, as a user would. */
export async function live(place: Place): Promise<Outcome> {
  const outcome: Record<string, unknown> = {};
  const attempt = async (step: string, work: () => Promise<unknown>): Promise<void> => {
    outcome[step] = await work().then(
      () => null,
      (error: unknown) => error,
    );
  };
  writeBefore(place.folder);
  const opened = openEngine({ ...place, ...GRAPH });
  await attempt('open', () => opened);
  if (outcome.open === null) {
    const engine = await opened;
    await attempt('index', () => engine.update({ first: ['python.py'] }));
    writeAfter(place.folder);
    await attempt('update', () => engine.update());
    await attempt('search', () => engine.search({ query: 'moor a ship', limit: 5 }));
    await attempt('refine', () => engine.refine());
    if (outcome.refine === null) await hasGraph(engine);
    await attempt('close', () => engine.close());
  }
  return outcome;
}

/** False after three seconds without one. */
async function hasGraph(engine: Engine): Promise<boolean> {
  const until = performance.now() + GRAPH_WAIT_MS;
  // A graph that was saved is taken up by the first search.
  await engine.search({ query: 'ship', limit: 1 });
  while (engine.status().vectorIndex !== 'graph' && performance.now() < until) await sleep(5);
  return engine.status().vectorIndex === 'graph';
}

const QUESTIONS = [
  'tie a ship to the quay',
  'decipher a line of text',
  'sum of the prices',
  'retry_with_backoff',
  'queue',
];

/** All that must be the same however the index came about. */
export interface Ending {
  readonly answers: readonly unknown[];
  readonly functions: number;
  readonly complete: boolean;
  readonly refined: number | null;
  readonly sound: boolean;
  readonly notices: readonly string[];
  readonly graph: boolean;
  readonly leftovers: readonly string[];
}

/** Opens what is left, brings it up to date, and tells what it is then. */
export async function end(place: Place): Promise<Ending> {
  writeAfter(place.folder);
  const graph = await withEngine({ ...place, ...GRAPH }, async (engine) => {
    await engine.update();
    await engine.refine();
    return hasGraph(engine);
  });
  return withEngine({ ...place, quality: 'balanced', vectorIndex: 'exact' }, async (engine) => {
    const { functions, complete, refined, notices } = engine.status();
    const answers = [];
    for (const query of QUESTIONS) answers.push((await engine.search({ query, limit: 20 })).results);
    const { sound } = await engine.verify();
    return { answers, functions, complete, refined, sound, notices, graph, leftovers: leftovers(place.storageDir) };
  });
}

async function withEngine<T>(options: EngineOptions, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const OWN =
  /^(folder\.txt|index\.db(-wal|-shm)?|writer\.lock|identity\.json|base-\d+-[0-9a-f]{8}\.seg(\.graph)?|[0-9a-f]{16}\.db(-wal|-shm)?)$/;

/** Names of files that nobody needs, and of all bases but the first. */
function leftovers(storageDir: string): string[] {
  const names = filesIn(storageDir);
  return [...names.filter((name) => !OWN.test(name)), ...names.filter((name) => name.endsWith('.seg')).slice(1)];
}

function filesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(dir, entry.name)) : [entry.name],
  );
}
