import type { Finding, RowFinding } from '../../../src/library/claims.js';
import { fromDouble } from '../../../src/library/exact.js';
import { boundEvidence, claimOf } from '../../../src/library/testing.js';
import { gaussMargin, wrongVoteProbability } from '../../majority-vote/vote-coefficients.js';
import {
  type AdditiveRun,
  type AtPoint,
  additiveLeft,
  additiveRow,
  bimodal,
  constantsOf,
  huber,
  marginBound,
  near,
  parabola,
  single,
  uniform,
} from '../../shared/additive-run.js';
import { type Comparison, counterexampleClaim } from '../../shared/counterexample-claim.js';
import { from, tuned } from './unimodal-noise.js';

/** φ_M(δ). */
const voteMargin = (workers: number, delta: number): number => 1 - 2 * wrongVoteProbability(workers, (1 - delta) / 2);

/** One of the two forms of the theorem: what is averaged, and by what the bound of margins is multiplied. */
interface VoteForm {
  readonly name: string;
  term(point: AtPoint, workers: number): number;
  readonly factor: number;
}

/** |G| φ_M(δ), with Gauss's δ. */
export const byMargin: VoteForm = {
  name: 'φ_M',
  term: ({ size, deviation }, workers) => size * voteMargin(workers, gaussMargin(size / deviation)),
  factor: 1,
};

/** |G| min(√M|G|/√(3v), 1), for M ≥ 3. */
export const byRoot: VoteForm = {
  name: 'min(√M|G|/√(3v), 1)',
  term: ({ size, deviation }, workers) => size * Math.min((Math.sqrt(workers) * size) / (Math.sqrt(3) * deviation), 1),
  factor: 3 / 2,
};

/** The form of the theorem on a run that has workers. */
function voteRow(form: VoteForm, run: Omit<AdditiveRun, 'term'> & { readonly workers: number }): RowFinding {
  const row = additiveRow({ ...run, term: (point) => form.term(point, run.workers) }, form.factor * marginBound(run));
  return { ...row, instance: `${row.instance}, ${form.name}` };
}

/** |G| min(|G|/√(3v), 2/3). */
const unimodalTerm =
  ({ three, far }: { readonly three: number; readonly far: number }) =>
  ({ size, deviation }: AtPoint): number =>
    size * Math.min(size / (Math.sqrt(three) * deviation), far);

/** |G| on the way. */
const slope = 2;

/**
 * Uniform noise on a slope of δ√(3v), where the margin of a sign is δ: from x⁰ at the distance of T mean steps, x is on the slope nearly all the time, and Δ/(γT) is nearly everything.
 *
 * @param name of the slope
 * @param delta δ
 * @param speed mean steps per iteration: the margin of what moves x
 */
function slopeRun(name: string, delta: number, speed: number, iterations: number) {
  const start = (_: number, step: number): number => (Math.round(speed * iterations) + 1 / 2) * step;
  const deviation = slope / (delta * Math.sqrt(3));
  return {
    problem: single(`d = Huber of slope ${name}`, { ...huber(slope), deviation, start }),
    ...{ noise: uniform, iterations, step: 1 / (2 * Math.sqrt(iterations)) },
  } satisfies Omit<AdditiveRun, 'term'>;
}

/** One family for growing T, with left/bound that must be reached at the T named. */
interface TightRows {
  readonly rows: readonly RowFinding[];
  readonly atLeast: Readonly<Record<number, number>>;
}

/** That no bound is exceeded, and that left/bound increases in T and comes to what is asked for. */
function tightFinding(families: readonly TightRows[]): Finding {
  const attained = families.every(({ rows, atLeast }) =>
    rows.every(({ left, bound, verdict, iterations }, i) => {
      const before = rows[i - 1];
      const increases = before === undefined || left / bound > before.left / before.bound;
      return verdict === 'holds' && increases && left / bound >= (atLeast[iterations] ?? 0);
    }),
  );
  const last = families.map(({ rows }) => rows.at(-1)!);
  const shown = last.map(
    ({ left, bound, iterations, instance }) => `${(left / bound).toFixed(4)} at T = ${iterations} (${instance})`,
  );
  const rows = families.flatMap((family) => family.rows);
  return boundEvidence(rows, attained ? 'holds' : 'violated', `left/bound is ${shown.join(', ')}`);
}

/** T of the families. */
const tightIterations = {
  quick: [256, 1024],
  standard: [64, 256, 1024, 4096, 16_384],
  deep: [64, 256, 1024, 4096, 16_384],
} as const;

/**
 * What Gauss's inequality leaves of a sign is enough, for single draws. It cannot be improved: where uniform noise decides the sign, its margin is |G|/√(3v), which at
 * |G| = (2/3)√(3v) is also the 2/3 of far G, and Δ/(γT) is nearly everything. A finite sum has no such noise; means of such draws have.
 */
export const unimodalNoiseTightClaim = claimOf({ scale: 1, three: 3, far: 2 / 3 }, ({ scale, ...constants }) => ({
  id: 'unimodal-noise-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
  statement:
    'E[(1/T) Σ Σ_i |G_i| min(|G_i|/√(3v_i), 2/3)] ≤ Δ/(γT) + γ‖L‖₁ for signProx with any γ under additive noise that is symmetric and unimodal with variance v_i at most; asymptotically attained where |G_i|/√(3v_i) = 2/3',
  method: 'the law of the iterate on x⁰ + γZ under uniform noise, as an enclosure; increasing in T',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const rows = tightIterations[depth].map((iterations) => {
      const run = slopeRun('(2/3)√(3v)', 2 / 3, 2 / 3, iterations);
      return additiveRow({ ...run, term: unimodalTerm(constants) }, scale * marginBound(run));
    });
    return tightFinding([{ rows, atLeast: { 1024: 0.97, 4096: 0.98, 16384: 0.99 } }]);
  },
}));

/** A form of the theorem with M, and the left/bound to which the family must come. */
interface Family {
  readonly form: VoteForm;
  readonly workers: number;
  readonly atLeast: TightRows['atLeast'];
}

/**
 * A majority vote under such noise gains √M without a mini-batch, as a mean would, up to constants: the margin of a vote is φ_M of a worker's margin, and that is at least
 * ⅔ min(√M δ, 1). The bound cannot be improved where φ_M stands in it. With ⅔ min(√M δ, 1) in place of φ_M(δ) what is lost is little: at δ = 1/√M, as M → ∞, 3/2 could be
 * 1/(1 − 2Φ(−1)) = 1.4648.
 */
export const unimodalVoteTightClaim = claimOf(
  {
    scale: 1,
    families: [
      { form: byMargin, workers: 101, atLeast: { 1024: 0.95, 4096: 0.97, 16384: 0.985 } },
      { form: byRoot, workers: 1001, atLeast: { 1024: 0.92, 4096: 0.94, 16384: 0.96 } },
    ] as readonly Family[],
  },
  ({ scale, families }) => ({
    id: 'unimodal-vote-tight',
    version: 1,
    source: { section: 'beyond the paper', equation: 'majority vote under unimodal noise' },
    statement:
      'E[(1/T) Σ Σ_i |G_i|φ_M(δ(|G_i|/√v_i))] ≤ Δ/(γT) + γ‖L‖₁, asymptotically attained, and E[(1/T) Σ Σ_i |G_i| min(√M|G_i|/√(3v_i), 1)] ≤ (3/2)[Δ/(γT) + γ‖L‖₁] for M ≥ 3, attained to 0.976, for the vote of an odd number M of workers under symmetric unimodal noise',
    method:
      'the law of the iterate on x⁰ + γZ under uniform noise where |G| = √(3v/M), M = 101 and 1001, as an enclosure; increasing in T',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      return tightFinding(
        families.map(({ form, workers, atLeast }) => {
          const delta = 1 / Math.sqrt(workers);
          const rows = tightIterations[depth].map((iterations) => {
            const run = slopeRun('√(3v/M)', delta, voteMargin(workers, delta), iterations);
            return voteRow({ ...form, factor: scale * form.factor }, { ...run, workers });
          });
          return { rows, atLeast };
        }),
      );
    },
  }),
);

/** σ, and how many workers vote. */
const [deviation, workers] = [8, 1001];

const byMargins = single('d = ½x² from σ', { ...parabola, deviation, start: near(deviation) });
const atRate = single('d = ½x² from σ', from(parabola, (1 - 2 ** -10) * deviation, deviation));

function compared(name: string, run: AdditiveRun, bound: number): Comparison {
  const { gap } = constantsOf(run);
  const [left, upper] = additiveLeft(run);
  return {
    ...{ instance: `${name}: ${run.problem.name}`, iterations: run.iterations, step: run.step, engine: 'lattice' },
    left: fromDouble(left),
    upper: fromDouble(upper),
    bound: fromDouble(bound * (1 + 2 ** -40)),
    constants: { L: 1, gapUpper: gap, sigma: deviation, workers: run.workers ?? 1 },
  };
}

/** The four statements about unimodal noise, for T iterations under noise ±σ. */
export function underTwoPoints(iterations: number): Comparison[] {
  const noise = bimodal;
  const paper = { problem: byMargins, noise, iterations, step: 1 / (2 * Math.sqrt(iterations)) };
  const alone: AdditiveRun = { ...paper, term: unimodalTerm({ three: 3, far: 2 / 3 }) };
  const together: AdditiveRun = { ...paper, workers, term: (point) => byRoot.term(point, workers) };
  const rates = [1, workers].map((count) => {
    const run = { problem: atRate, noise, iterations, workers: count };
    const { step, bound } = tuned(run, { first: 1, three: 3 });
    return compared(`the rate, M = ${count}`, { ...run, step, term: ({ size }) => size }, bound);
  });
  return [
    compared('margins, M = 1', alone, marginBound(alone)),
    compared(`margins, M = ${workers}`, together, byRoot.factor * marginBound(together)),
    ...rates,
  ];
}

const iterations = { quick: [256, 1024], standard: [64, 256, 1024, 4096], deep: [64, 256, 1024, 4096, 16_384] };

/**
 * Symmetric noise is not enough for what holds under symmetric unimodal noise: where it is ±σ, every sign is a fair coin while |G| < σ, and so is a vote of any number of workers. x walks about at
 * |G| ≈ σ, while the bounds tend to 0.
 */
export const counterexampleUnimodalityClaim = counterexampleClaim({
  id: 'counterexample-unimodality',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
  statement: 'the bounds for symmetric unimodal noise hold for any symmetric noise, for one worker and for a vote',
  method: 'the law of the iterate on x⁰ + γZ under noise ±σ, from below',
  refutes: 'needed',
  counterexampleTo: ['unimodal-noise-margin', 'unimodal-noise-rate'],
  counterexamples: ['d = ½x², noise ±σ, x⁰ next to σ: |G| stays of the size of σ, for one worker and for 1001'],
  compare: ({ depth }) => iterations[depth].flatMap(underTwoPoints),
});
