import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import seedrandom from 'seedrandom';

/**
 * A deterministic stream of random numbers. Calling it gives a double in [0, 1) with 53 random bits (two draws of 32 bits),
 * so it can replace `Math.random` anywhere.
 */
export interface RandomStream {
  (): number;
  /** (k + ½)/2³² with k uniform on {0, …, 2³² − 1}: symmetric about ½, never 0 or 1. One draw of 32 bits. */
  symmetric(): number;
}

/**
 * The key of the random stream of one replicate: SHA-256 of `v1|masterSeed|checkId|version|replicate` in hexadecimal. Which worker or
 * shard computes the replicate never enters, so results do not depend on where they were computed.
 *
 * @param masterSeed any text, the same for all streams of a run
 * @param checkId must not contain `|`, so that different arguments never spell the same text
 * @param version a non-negative integer
 * @param replicate a non-negative integer
 * @throws RangeError on any other value
 * @example
 * assert.equal(streamKey('1', 'my-check', 1, 0).length, 64);
 * assert.notEqual(streamKey('1', 'my-check', 1, 0), streamKey('1', 'my-check', 1, 1));
 */
export function streamKey(masterSeed: string, checkId: string, version: number, replicate: number): string {
  if (checkId === '' || checkId.includes('|')) {
    throw new RangeError(`checkId must be a non-empty string without "|", got ${JSON.stringify(checkId)}`);
  }
  requireCount('version', version);
  requireCount('replicate', replicate);
  return bytesToHex(sha256(utf8ToBytes(`v1|${masterSeed}|${checkId}|${version}|${replicate}`)));
}

/** Draws thrown away after seeding: the first draws of `alea` are measurably less uniform than the later ones. */
export const discardedDraws = 4;

/**
 * The random stream of a key (any non-empty string; use `streamKey` for replicates): Baagøe's Alea as implemented by seedrandom,
 * after four discarded draws.
 *
 * @throws RangeError for an empty key
 * @example
 * const [random, again] = [keyedStream('a key'), keyedStream('a key')];
 * assert.deepEqual([random(), random()], [again(), again()]);
 */
export function keyedStream(key: string): RandomStream {
  if (typeof key !== 'string' || key === '') throw new RangeError(`key must be a non-empty string, got ${key}`);
  const generator = seedrandom.alea(key);
  for (let draw = 0; draw < discardedDraws; draw++) generator();
  const stream = () => generator.double();
  return Object.assign(stream, { symmetric: () => generator() + 2 ** -33 });
}

function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a non-negative integer, got ${value}`);
  }
}
