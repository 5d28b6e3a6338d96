/** Made-up vectors for the cache's tests: each follows from its number. */
import { createHash } from 'node:crypto';
import type { CachedVector } from '../../../src/engine/refined-cache/refined-cache.ts';

export const DIMENSIONS = 256;
export const FINGERPRINT = 'made-up-refiner-0';

export function entriesFrom(first: number, count: number): CachedVector[] {
  return Array.from({ length: count }, (_, i) => {
    const digest = createHash('sha256')
      .update(String(first + i))
      .digest();
    return {
      contentHash: digest.toString('base64url').slice(0, 20),
      vector: Int8Array.from({ length: DIMENSIONS }, (_, d) => digest[d % digest.length]! + d),
    };
  });
}
