import type { Claim, Depth } from './claim.js';
import type { Verdict } from './verdict.js';

/** A claim with a planted error that its check must find: a wrong constant, instance or computation. */
export interface ClaimMutant {
  /** The wrong claim, with the id of the original. */
  readonly claim: Claim;
  /** The error, e.g. `1/T in place of 1/√T`. */
  readonly wrong: string;
  /** The verdict that the check must give: one that the claim does not accept. */
  readonly verdict: Extract<Verdict, 'violated' | 'inconclusive' | 'silent'>;
  /** The depth at which the error is found; default: quick. */
  readonly depth?: Depth;
}

/** A claim built from data. Its planted errors are changes of the data: a wrong constant, or an instance that violates a hypothesis. */
export interface ClaimOf<Data> extends Claim {
  /** The data of the claim. */
  readonly data: Data;
  /** Builds the claim from changed data; the rest stays. */
  with(change: (data: Data) => Partial<Data>): Claim;
}

/** The claim that `make` builds from `data`, and can build again from changed data. */
export function claimOf<Data>(data: Data, make: (data: Data) => Claim): ClaimOf<Data> {
  return { ...make(data), data, with: (change) => make({ ...data, ...change(data) }) };
}

/** The function that builds such claims from data. */
export function claimMaker<Data>(make: (data: Data) => Claim): (data: Data) => ClaimOf<Data> {
  return (data) => claimOf(data, make);
}

/** Changes of a claim's data, by the error that each plants. */
export type Changes<Data> = Readonly<Record<string, (data: Data) => Partial<Data>>>;

/** Wrong versions of a claim that must all be violated, at the given depth instead of quick. */
export function violated<Data>(claim: ClaimOf<Data>, changes: Changes<NoInfer<Data>>, depth?: Depth): ClaimMutant[] {
  return changed(claim, changes, { verdict: 'violated', ...(depth && { depth }) });
}

/** Wrong versions of a claim that must be inconclusive. */
export function inconclusive<Data>(claim: ClaimOf<Data>, changes: Changes<NoInfer<Data>>): ClaimMutant[] {
  return changed(claim, changes, { verdict: 'inconclusive' });
}

/** Versions of a claim outside its hypotheses, on which it must be silent. */
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
