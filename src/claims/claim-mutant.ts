import type { Claim, Depth } from './claim.js';
import type { Verdict } from './verdict.js';

/** A claim made wrong, which its check must find out: a constant, an instance or a computation that is not what the claim says. */
export interface ClaimMutant {
  /** The wrong claim, under the id of the claim that it is made from. */
  readonly claim: Claim;
  /** The error, e.g. `1/T in place of 1/√T`. */
  readonly wrong: string;
  /** What the check must answer: a verdict that the claim does not accept. */
  readonly verdict: Extract<Verdict, 'violated' | 'inconclusive' | 'silent'>;
  /** The depth at which it shows; default: quick. */
  readonly depth?: Depth;
}

/** A claim made from data. Its planted errors are changes of the data: a wrong constant, an instance that does not belong. */
export interface ClaimOf<Data> extends Claim {
  /** The data of the claim. */
  readonly data: Data;
  /** The claim from changed data; the rest stays. */
  with(change: (data: Data) => Partial<Data>): Claim;
}

/** The claim that `make` makes from `data`, which can be made again from changed data. */
export function claimOf<Data>(data: Data, make: (data: Data) => Claim): ClaimOf<Data> {
  return { ...make(data), data, with: (change) => make({ ...data, ...change(data) }) };
}

/** The function that makes such claims from data. */
export function claimMaker<Data>(make: (data: Data) => Claim): (data: Data) => ClaimOf<Data> {
  return (data) => claimOf(data, make);
}

/** Changes of a claim's data, by the error that each makes. */
type Changes<Data> = Readonly<Record<string, (data: Data) => Partial<Data>>>;

/** Wrong versions of a claim that must all come out violated, at the given depth in place of quick. */
export function violated<Data>(claim: ClaimOf<Data>, changes: Changes<NoInfer<Data>>, depth?: Depth): ClaimMutant[] {
  return changed(claim, changes, { verdict: 'violated', ...(depth && { depth }) });
}

/** Wrong versions of a claim from which nothing may be concluded. */
export function inconclusive<Data>(claim: ClaimOf<Data>, changes: Changes<NoInfer<Data>>): ClaimMutant[] {
  return changed(claim, changes, { verdict: 'inconclusive' });
}

/** Versions of a claim outside of its hypotheses, about which it must say nothing. */
export function silent<Data>(claim: ClaimOf<Data>, changes: Changes<NoInfer<Data>>): ClaimMutant[] {
  return changed(claim, changes, { verdict: 'silent' });
}

function changed<Data>(
  claim: ClaimOf<Data>,
  changes: Changes<Data>,
  expected: Pick<ClaimMutant, 'verdict' | 'depth'>,
): ClaimMutant[] {
  return Object.entries(changes).map(([wrong, change]) => ({ claim: claim.with(change), wrong, ...expected }));
}
