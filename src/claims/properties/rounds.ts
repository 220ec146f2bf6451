import fc from 'fast-check';

/** Cases of one arbitrary that a seed makes again. */
export interface Round<Case> {
  readonly arbitrary: fc.Arbitrary<Case>;
  readonly seed: number;
  /** The place of its first case among all of the part. */
  readonly start: number;
}

/** Most discarded cases per kept one before the generator is called unhealthy. */
const maximumSkipsPerRun = 10;

/** Gives every case of a round to `observe`; where that throws, simpler ones too, unless the round is to end there. */
export async function runRound<Case>(
  { arbitrary, seed }: Round<Case>,
  numRuns: number,
  observe: (input: Case) => Promise<void>,
  endOnFailure: boolean,
): Promise<fc.RunDetails<[Case]>> {
  const parameters = { seed, numRuns, maxSkipsPerRun: maximumSkipsPerRun, endOnFailure };
  return fc.check(fc.asyncProperty(arbitrary, observe), parameters);
}

/** Whether as many milliseconds have passed since. */
export function limited(milliseconds: number = Number.POSITIVE_INFINITY): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}
