import { resolve } from 'node:path';

/** The checkout is an installation: it holds `models/` and, once built, `dist/`. */
export const INSTALL_DIR = resolve(import.meta.dirname, '../..');
