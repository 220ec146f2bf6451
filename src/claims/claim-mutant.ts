import type { Claim, Depth } from './claim.js';
import type { Verdict } from './verdict.js';

/** A claim made wrong, which its check must find out: a constant, an instance or a computation that is not what the claim says. */
export interface ClaimMutant {
  /** The wrong claim, under the id of the claim that it is made from. */
  readonly claim: Claim;
  /** What is wrong, e.g. `1/T in place of 1/√T`. */
  readonly wrong: string;
  /** What the check must answer: a verdict that the claim does not accept. */
  readonly verdict: Extract<Verdict, 'violated' | 'inconclusive'>;
  /** The depth at which it shows; default: quick. */
  readonly depth?: Depth;
}

/** Wrong claims that must all come out violated, by what is wrong with them. */
export function violated(mutants: Readonly<Record<string, Claim>>): ClaimMutant[] {
  return Object.entries(mutants).map(([wrong, claim]) => ({ claim, wrong, verdict: 'violated' }));
}

/** Wrong claims that nothing may be concluded from, by what is wrong with them. */
export function inconclusive(mutants: Readonly<Record<string, Claim>>): ClaimMutant[] {
  return Object.entries(mutants).map(([wrong, claim]) => ({ claim, wrong, verdict: 'inconclusive' }));
}

/** A claim made from data. What its check must find out is a change of the data: a wrong constant, an instance that does not belong. */
export interface ClaimOf<Data> extends Claim {
  /** The claim from changed data; what is not changed stays. */
  with(change: (data: Data) => Partial<Data>): Claim;
}

/** The claim that `make` makes from `data`, which can be made again from changed data. */
export function claimOf<Data>(data: Data, make: (data: Data) => Claim): ClaimOf<Data> {
  return { ...make(data), with: (change) => make({ ...data, ...change(data) }) };
}

/** The function that makes such claims from data. */
export function claimMaker<Data>(make: (data: Data) => Claim): (data: Data) => ClaimOf<Data> {
  return (data) => claimOf(data, make);
}
