/**
 * Whether the panel may replace the answer it shows by the one that was read a second time: only right away, and only while
 * nobody has laid a hand on it. Pure; asking and drawing are the panel's business.
 */

/** After this a list that is shown stands still. */
export const SECOND_VIEW_MS = 150;

/** What was shown, and now waits for its second view. */
export interface ShownFirst {
  readonly atMs: number;
  /** As asked. */
  readonly query: string;
  /** Key of the hit that was made the active one. */
  readonly active: string;
}

/** What may happen meanwhile, with the time where it matters. */
export type Meanwhile =
  /** The second view is there. */
  | { readonly kind: 'answered'; readonly atMs: number }
  | { readonly kind: 'time'; readonly atMs: number }
  /** Also told of what the panel itself has set. */
  | { readonly kind: 'value'; readonly value: string }
  /** Also told of what the panel itself has made active; null: of an item that is no hit, undefined: of none. */
  | { readonly kind: 'active'; readonly active: string | null | undefined }
  /** Something was opened, explained or pressed, another question was asked, or the box was left. */
  | { readonly kind: 'touched' };

export function onMeanwhile(shown: ShownFirst, event: Meanwhile): 'wait' | 'take' | 'drop' {
  switch (event.kind) {
    case 'answered':
      return isInTime(shown, event.atMs) ? 'take' : 'drop';
    case 'time':
      return isInTime(shown, event.atMs) ? 'wait' : 'drop';
    case 'value':
      return event.value === shown.query ? 'wait' : 'drop';
    case 'active':
      return event.active === undefined || event.active === shown.active ? 'wait' : 'drop';
    case 'touched':
      return 'drop';
  }
}

const isInTime = ({ atMs }: ShownFirst, nowMs: number): boolean => nowMs - atMs <= SECOND_VIEW_MS;
