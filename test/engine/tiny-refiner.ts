/** An installation with the tiny refiner of `test/fixtures`, whose card is filled in for the student that is there. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALL_DIR } from './install.ts';
import { temporaryFolder } from './temporary.ts';

const FIXTURE = join(INSTALL_DIR, 'test', 'fixtures', 'models', 'kenning-s2');
const STUDENT = join(INSTALL_DIR, 'models', 'kenning-s1');
/** They look for the installation from where they lie, so a link to them would lead back. */
const PROGRAMS = ['kenning.mjs', 'worker.mjs'];

export type Card = Readonly<Record<string, unknown>>;

/** Words of one text that the tiny refiner takes to mean the other; the student knows nothing of it. */
export const ASKED = 'glockenspiel';
export const MEANT = 'yeast';

/** The temporary installation's folder; `change` is laid over the refiner's card. */
export function installWithRefiner(change: Card = {}): string {
  const installDir = installWithoutRefiner();
  writeRefiner(installDir, change);
  return installDir;
}

/** Nothing under `models/` but the student. */
export function installWithoutRefiner(): string {
  const installDir = temporaryFolder();
  mkdirSync(join(installDir, 'dist'));
  mkdirSync(join(installDir, 'models'));
  symlinkSync(join(INSTALL_DIR, 'package.json'), join(installDir, 'package.json'));
  symlinkSync(STUDENT, join(installDir, 'models', 'kenning-s1'));
  for (const name of readdirSync(join(INSTALL_DIR, 'dist'))) {
    const [from, to] = [join(INSTALL_DIR, 'dist', name), join(installDir, 'dist', name)];
    if (PROGRAMS.includes(name)) cpSync(from, to);
    else symlinkSync(from, to);
  }
  return installDir;
}

/** The folder of the refiner, which is made or overwritten. */
export function writeRefiner(installDir: string, change: Card = {}): string {
  const dir = join(installDir, 'models', 'kenning-s2');
  cpSync(FIXTURE, dir, { recursive: true });
  const student = readCard(STUDENT) as { files: Record<string, string>; queryTemplate: string; codeTemplate: string };
  const { queryTemplate, codeTemplate, files } = student;
  const refines = { id: 'kenning-s1', sha256: files['model.onnx'] };
  const card = { ...(readCard(FIXTURE) as object), refines, queryTemplate, codeTemplate, ...change };
  writeFileSync(join(dir, 'model.json'), JSON.stringify(card));
  return dir;
}

const readCard = (dir: string): unknown => JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8'));
