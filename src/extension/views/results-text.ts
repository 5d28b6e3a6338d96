/** Results as text for the clipboard: a Markdown list that reads well as it is. Pure. */
import type { FolderHit } from '../../service/merge.ts';

/** `placeOf`: as the window names a hit's place. */
export function resultsText(title: string, hits: readonly FolderHit[], placeOf: (hit: FolderHit) => string): string {
  const lines = hits.map((hit) => `- ${code(placeOf(hit))} ${code(hit.name)}`);
  return [`${title}:`, '', ...lines, ''].join('\n');
}

/** As Markdown's inline code, whatever backticks the text holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}
