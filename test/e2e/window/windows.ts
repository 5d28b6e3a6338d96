/** Every window that is opened, one after the other: on what, in which server, and what is done there. */
import { join } from 'node:path';
import type { CodeServer, CodeServerOptions } from '../code-server.ts';
import { copyWorkspace, type Fixture, writeFolderSettings } from '../fixture.ts';
import { writeLargeFolder } from '../large-folder.ts';
import { crashSteps } from './crash.ts';
import { filmSteps } from './film.ts';
import { firstIndexSteps } from './first-index.ts';
import { germanSteps } from './german.ts';
import { leavingSteps } from './leaving.ts';
import { panelSteps } from './panel.ts';
import { FOREIGN_MODEL, restrictedSteps } from './restricted.ts';
import { sidebarSteps } from './sidebar.ts';
import { similarSteps } from './similar.ts';
import type { Step } from './step.ts';
import { themeSteps } from './themes.ts';
import { twoRootSteps } from './two-roots.ts';
import { universalSteps } from './universal.ts';

export interface TestWindow {
  /** On the command line it chooses the window. */
  readonly name: string;
  /** How its server differs from the others' one. */
  readonly server?: Pick<CodeServerOptions, 'trust' | 'language'>;
  /** Of the universal package instead of this machine's. */
  readonly isUniversal?: boolean;
  /** Makes what is opened and returns its path. */
  readonly prepare: (fixture: Fixture) => string;
  readonly steps: (server: CodeServer, fixture: Fixture) => readonly Step[];
}

export const TEST_WINDOWS: readonly TestWindow[] = [
  { name: 'folder', prepare: ownFolder('folder'), steps: () => [...panelSteps, ...sidebarSteps] },
  {
    name: 'leaving',
    prepare: ownFolder('leaving'),
    steps: (_, { dir }) => leavingSteps(join(dir, 'leaving', 'workspace')),
  },
  { name: 'similar', prepare: ownFolder('similar'), steps: () => similarSteps },
  { name: 'two-roots', prepare: ({ twoRoots }) => twoRoots, steps: (_, { twoRoots }) => twoRootSteps(twoRoots) },
  { name: 'first-index', prepare: largeFolder, steps: () => firstIndexSteps },
  { name: 'crash', prepare: ownFolder('crash'), steps: ({ dir }) => crashSteps(dir) },
  { name: 'themes', prepare: ownFolder('themes'), steps: themeSteps },
  { name: 'restricted', server: { trust: true }, prepare: strangersFolder, steps: () => restrictedSteps },
  { name: 'german', server: { language: 'de' }, prepare: ownFolder('german'), steps: () => germanSteps },
  { name: 'universal', isUniversal: true, prepare: ownFolder('universal'), steps: () => universalSteps },
];

/** Of no use to a test. */
export const FILM_WINDOW: TestWindow = { name: 'film', prepare: ownFolder('film'), steps: () => filmSteps };

/** Each window has a copy for itself: what one leaves behind is nothing to the next. */
function ownFolder(name: string): TestWindow['prepare'] {
  return ({ dir }) => {
    const folder = join(dir, name, 'workspace');
    copyWorkspace(folder);
    return folder;
  };
}

/** Not indexed until the user says so: else that might be over before anyone has looked. */
function largeFolder({ dir }: Fixture): string {
  const folder = join(dir, 'large');
  writeLargeFolder(folder);
  writeFolderSettings(folder, { 'kenning.autoIndex': false });
  return folder;
}

function strangersFolder({ dir }: Fixture): string {
  const folder = join(dir, 'stranger');
  copyWorkspace(folder);
  writeFolderSettings(folder, FOREIGN_MODEL);
  return folder;
}
