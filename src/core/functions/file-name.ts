/** What a file's name says of what has no name of its own. */

export function stemOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/(?<=.)\.[^.]*$/, '') || file || 'file';
}

/** Of what a file exports without a name; a folder's `index` is what the folder is called. Dots would part owner and member. */
export function exportName(path: string): string {
  const stem = stemOf(path);
  const folder = path.split('/').at(-2);
  return (stem === 'index' && folder ? folder : stem).replaceAll('.', '-');
}
