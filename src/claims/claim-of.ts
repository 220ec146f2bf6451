import type { Claim } from './claim.js';

/** A claim made from data. What its check must find out is a change of the data: a wrong constant, an instance that does not belong. */
export interface ClaimOf<Data> extends Claim {
  /** The claim from changed data; what is not changed stays. */
  with(change: (data: Data) => Partial<Data>): Claim;
}

/** The claim that `make` makes from `data`, which can be made again from changed data. */
export function claimOf<Data>(data: Data, make: (data: Data) => Claim): ClaimOf<Data> {
  return { ...make(data), with: (change) => make({ ...data, ...change(data) }) };
}
