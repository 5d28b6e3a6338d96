/** An answer within a model's token budget: rendered in characters, counted in tokens, rendered shorter until it fits. Pure. */
import { type AgentAnswer, type Rendered, render } from './render.ts';

/** Tokens of a rendered answer, by whatever tokenizer the asker has. */
export type CountTokens = (rendered: Rendered) => number | PromiseLike<number>;

/** Code has more; the first attempt should not be too short. */
const CHARS_PER_TOKEN = 4;
/** Each attempt aims a little below: lines are cut whole, and counts do not scale evenly. */
const AIM = 0.93;
const MAX_ATTEMPTS = 8;

/** The longest rendering found that is within `maxTokens`; where even the notes alone are not, these alone. */
export async function fitted(answer: AgentAnswer, maxTokens: number, count: CountTokens): Promise<Rendered> {
  let chars = maxTokens * CHARS_PER_TOKEN;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const rendered = render(answer, chars);
    const tokens = await count(rendered);
    if (tokens <= maxTokens) return rendered;
    chars = Math.floor(Math.min(chars, rendered.text.length) * Math.min(AIM, (AIM * maxTokens) / tokens));
  }
  return { text: answer.notes.join('\n\n'), hits: [] };
}

/** For askers without a tokenizer. Tokens of code are three to four bytes long, so this is rather too high than too low. */
export const estimateTokens = (text: string): number => Math.ceil(new TextEncoder().encode(text).length / 3);
