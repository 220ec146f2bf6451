import type { Budget, Claim, Finding, RowFinding } from '../../src/library/claims.js';
import { enclosingDoubles, type Rational, toDouble } from '../../src/library/exact.js';
import { claimMaker, type refutingVerdicts } from '../../src/library/testing.js';

/** A left side and a bound as rationals: the comparison has no tolerance. */
export interface Comparison
  extends Pick<RowFinding, 'instance' | 'iterations' | 'step'>,
    Partial<Pick<RowFinding, 'miniBatch' | 'engine' | 'constants'>> {
  /** The left side, or a lower bound of it: then `upper` is given. */
  readonly left: Rational;
  /** An upper bound of the left side, if one is known. */
  readonly upper?: Rational | 'unknown';
  /** The bound that the statement claims, or an upper bound of it. */
  readonly bound: Rational;
}

export interface Counterexample extends Omit<Claim, 'check' | 'requires' | 'expected'> {
  /** Left sides against bounds, for growing T within an instance. */
  compare(budget: Budget): readonly Comparison[];
  /** The refuted statement: a printed line, or one with a hypothesis left out or changed. */
  readonly refutes: (typeof refutingVerdicts)[number];
  readonly measured?: (comparisons: readonly Comparison[]) => Finding['measured'];
}

/** Fractions with more digits than this are shown as decimals. */
const longestFraction = 40;

function show(value: Rational): string {
  const fraction = value.toFraction();
  return fraction.length <= longestFraction ? fraction : `${toDouble(value).toPrecision(8)} (rounded from a rational)`;
}

/** Wraps an example into a claim that refutes when the last comparison of every instance has left > bound. */
export const counterexampleClaim = claimMaker((example: Counterexample): Claim => {
  const { compare, refutes, measured, ...claim } = example;
  return {
    ...claim,
    requires: { referenceOnly: true },
    expected: [refutes],
    async check(_implementation, budget): Promise<Finding> {
      const comparisons = compare(budget);
      const rows = comparisons.map(comparedRow);
      const last = new Map(comparisons.map((comparison) => [comparison.instance, comparison]));
      const refuted = [...last.values()].every(({ left, bound }) => left.gt(bound));
      const first = comparisons.find(({ left, bound }) => left.gt(bound));
      const figures = measured?.(comparisons);
      return {
        verdict: refuted ? refutes : 'inconclusive',
        reason: refuted
          ? [...last.keys()].map((instance) => describe(instance, comparisons)).join('; ')
          : `the example does not exceed the bound: ${[...last.values()].map(({ instance }) => instance).join(', ')}`,
        cases: comparisons.length,
        rows,
        ...(first === undefined ? {} : { exact: { left: show(first.left), bound: show(first.bound) } }),
        ...(figures === undefined ? {} : { measured: figures }),
      };
    },
  };
});

function describe(instance: string, comparisons: readonly Comparison[]): string {
  const { iterations, left, bound } = comparisons.find(
    (entry) => entry.instance === instance && entry.left.gt(entry.bound),
  )!;
  return `${instance}: left side ${apart(left, bound).join(' > ')} at T = ${iterations}`;
}

/** Fractions that are readable at a glance. */
const shortFraction = 7;

/** Two numbers as short fractions, or with as few digits (at least three) as distinguish them. */
function apart(...values: readonly [Rational, Rational]): readonly string[] {
  const fractions = values.map((value) => value.toFraction());
  if (fractions.every(({ length }) => length <= shortFraction)) return fractions;
  for (let digits = 3; digits <= 15; digits++) {
    const [left, bound] = values.map((value) => {
      const text = toDouble(value).toPrecision(digits);
      return text.includes('e+') ? String(Number(text)) : text;
    });
    if (left !== bound) return [left!, bound!];
  }
  return fractions;
}

/** By default a closed form for B = 1. */
function comparedRow({ left, upper = left, bound, ...facts }: Comparison): RowFinding {
  const violated = left.gt(bound);
  return {
    ...{ miniBatch: 1, engine: 'deterministic', constants: {} },
    ...facts,
    left: toDouble(left),
    leftInterval: [
      enclosingDoubles(left)[0],
      upper === 'unknown' ? Number.POSITIVE_INFINITY : enclosingDoubles(upper)[1],
    ],
    bound: toDouble(bound),
    verdict: violated ? 'violated' : 'holds',
    reason: `compared as rationals: left side ${violated ? '>' : '≤'} bound`,
    replicates: 1,
  };
}
