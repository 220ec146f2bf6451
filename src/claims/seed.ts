import { sha256 } from '@noble/hashes/sha2.js';
import { createView, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The 32-bit seed of one part of one claim: a hash of the master seed, the claim's id and version, and the part's name, so that
 * adding a claim or a function changes no other claim's cases.
 */
export function deriveSeed(master: string, claim: string, version: number, part: string): number {
  return createView(sha256(utf8ToBytes(`v1|${master}|${claim}|${version}|${part}`))).getInt32(0);
}

/** What a master seed may be: it stands in commands and in names of files. */
export const seedWords = '1 to 100 letters, digits or any of . : + - _';

/** Whether a text is a master seed. */
export function isSeed(text: string): boolean {
  return /^[\w.:+-]{1,100}$/.test(text);
}
