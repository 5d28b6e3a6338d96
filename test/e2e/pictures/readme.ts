/** Takes the pictures that the README shows from among those of a run. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ARTIFACTS } from '../browser.ts';
import { indexedPng } from './indexed-png.ts';

const SCREENSHOTS = resolve(import.meta.dirname, '../../../media/screenshots');
const STILLS = ['panel.png', 'sidebar.png', 'similar.png'];
const FILM = 'search.gif';

export function keepReadmePictures(): void {
  for (const name of STILLS) {
    writeFileSync(join(SCREENSHOTS, name), indexedPng(readFileSync(join(ARTIFACTS, name))));
  }
  copyFileSync(join(ARTIFACTS, FILM), join(SCREENSHOTS, FILM));
}
