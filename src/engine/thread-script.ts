/** Where a thread's script lies: beside what starts it, as sources, which run as they are, and as bundles. */
import { extname } from 'node:path';

/** `starter`: the URL of the module that starts the thread. `name`: the script's, without its extension. */
export function threadScript(starter: string, name: string): URL {
  return new URL(`./${name}${extname(starter) === '.ts' ? '.ts' : '.mjs'}`, starter);
}
