export const verdicts = [
  'proved-exactly',
  'holds',
  'holds-within-rho',
  'violated',
  'inconclusive',
  'silent',
  'refuted-as-stated',
  'illustrated',
  'not-applicable',
] as const;
/**
 * proved-exactly: exact arithmetic or exact expectation on every generated instance · holds: every generated case within its
 * stated tolerance, or a statistical decision with its error rate · holds-within-rho: U ≤ (1+ρ)b · violated · inconclusive ·
 * silent: a hypothesis is not met, so the statement says nothing · refuted-as-stated: a counterexample is on file ·
 * illustrated: a figure · not-applicable: the implementation does not offer what the claim needs.
 */
export type Verdict = (typeof verdicts)[number];

/** A failing (or the worst) case, kept as exact values so that it can be replayed after generators change. */
export interface CaseRecord {
  /** The part of the claim that the case belongs to, e.g. a function type. */
  readonly part: string;
  /** measured / allowed; at most 1 passes, Infinity when no tolerance applies. */
  readonly ratio: number;
  /** The case in the JSON encoding of `encodeExact`: doubles as their 16 hex digits. */
  readonly input: unknown;
  /** The same in the terms of the mathematics, for people. */
  readonly explanation?: string;
}

/** Name of the rows of a search: another problem for every T, so that no power law in T runs through them. */
export const tightestFound = 'tightest found';

/** One row of a Monte Carlo or exact bound check. */
export interface BoundRow {
  readonly instance: string;
  readonly iterations: number;
  readonly step: number;
  readonly miniBatch: number;
  readonly engine: 'monte-carlo' | 'enumeration' | 'moments' | 'lattice' | 'deterministic' | 'cap';
  /** Estimate (or exact value) of the left side. */
  readonly left: number;
  /**
   * The enclosure of an exact engine; by Monte Carlo an interval that misses the left side with probability `intervalError` at most, never part
   * of the verdict. Its upper end is Infinity where nothing bounds one replicate.
   */
  readonly leftInterval: readonly [number, number];
  readonly bound: number;
  readonly sharpBound?: number;
  readonly verdict: Verdict;
  /** Why this verdict: `decided by the cap M ≤ b`, `E-process crossed at n = 312`. */
  readonly reason: string;
  /** Decided without sampling because the cap is below the bound. */
  readonly trivial: boolean;
  readonly replicates: number;
  readonly logE?: { readonly violated: number; readonly holds: number };
  readonly alpha?: number;
  readonly cap?: number;
  readonly assumption?: 'M' | 'v' | 'none';
  /** Smallest true mean that V would have detected at the replicate cap with the stated probability. */
  readonly detectable?: number;
  /** Anytime-valid upper confidence bound U when undecided. */
  readonly upper?: number;
  readonly constants: Readonly<Record<string, number | readonly number[]>>;
  readonly seed: string;
  readonly reproduce: string;
}

/** One part of a claim, e.g. one function of the vocabulary. */
export interface Part {
  readonly name: string;
  readonly verdict: Verdict;
  readonly cases: number;
  readonly worstRatio: number;
  readonly reason?: string;
}

/** Which claims catch which planted defects. */
export interface KillMatrix {
  /** Ids of the claims that were tried, in the order of the columns. */
  readonly claims: readonly string[];
  readonly mutants: readonly {
    readonly name: string;
    /** The claim that must catch it. */
    readonly killedBy: string;
    readonly caught: readonly string[];
    /** Claims that were tried and found nothing; those in neither list were not tried. */
    readonly missed: readonly string[];
  }[];
}

/** How an implementation kept a claim from being decided. */
export interface Failure {
  readonly kind: 'error' | 'timeout' | 'crash' | 'protocol';
  readonly message: string;
}

/** What a check found. */
export interface Finding {
  readonly verdict: Verdict;
  /** One line: how the verdict was reached. */
  readonly reason: string;
  /** Cases judged (property), draws (statistical) or instances (exact). */
  readonly cases: number;
  readonly worst?: CaseRecord;
  /** The smallest failing case after shrinking; present only when violated. */
  readonly minimal?: CaseRecord;
  readonly parts?: readonly Part[];
  readonly rows?: readonly BoundRow[];
  readonly matrix?: KillMatrix;
  readonly exact?: { readonly left: string; readonly bound: string };
  /** Named measured figures, e.g. a fitted rate exponent or counted coverage of the generator. */
  readonly measured?: Readonly<Record<string, number | string>>;
  /** What the check spent of the error budget: totals over its slots. */
  readonly statistical?: { readonly alpha: number; readonly falseHolds: number; readonly slots: number };
  /** Present when the implementation failed instead of answering; the verdict is then `inconclusive`. */
  readonly failure?: Failure;
  /** The case that it failed to answer. */
  readonly unanswered?: CaseRecord;
}

/** What a check found, and how anyone can find it again: the run of the claims adds the latter. */
export interface Evidence extends Finding {
  readonly seed: string;
  readonly seconds: number;
  readonly reproduce: string;
}
