/** One request in this many is asked twice. */
const period = 16;

/**
 * Whether a request is one of those that are asked twice: by a hash (FNV-1a) of the seed and of the request itself, so that the choice does
 * not depend on the order in which requests are made.
 */
export function isRepeated(seed: string, body: string): boolean {
  let hash = 0x811c9dc5;
  for (const text of [seed, body]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % period === 0;
}
