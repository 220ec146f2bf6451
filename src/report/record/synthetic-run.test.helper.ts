import type { BoundRow, Evidence } from '../../claims/evidence.js';
import { encodeExact } from '../../claims/exact-encoding.js';
import { buildRunRecord, type CheckedClaim, type RunDescription } from './build-run-record.js';
import type { RunRecord } from './run-record.js';
import { type KnownEntry, wholeAdapter } from './settle-outcomes.js';

const iterationCounts = [1, 4, 16, 64, 256, 1024] as const;
export const instances = ['quadratic-offset-linear', 'cosine-huber', 'geman-mcclure-log-cosh', 'log-cosh-uneven-theta'];
const slot = 1e-9 / 4096;

/** Rows whose left side is `bound / slack` with a little deterministic scatter: nothing of the suite is run. */
function boundRows(claim: string, constant: number): BoundRow[] {
  return instances.flatMap((instance, i) =>
    iterationCounts.map((iterations, j) => {
      const scale = constant * (1 + 0.6 * i);
      const bound = scale / Math.sqrt(iterations);
      const trivial = i === 1 && iterations <= 4;
      const left = (bound / (1.6 + 0.5 * i)) * (1 + 0.08 * Math.sin(3 * i + 2 * j)) * (iterations === 1 ? 0.6 : 1);
      return {
        instance,
        iterations,
        step: 1 / Math.sqrt(iterations),
        miniBatch: claim === 'theorem-2' ? iterations : 1,
        engine: trivial ? 'cap' : 'monte-carlo',
        left,
        leftInterval: trivial ? [left, left] : [left * 0.93, left * 1.08],
        bound,
        sharpBound: bound * 0.55,
        verdict: i === 3 && iterations === 1024 ? 'holds-within-rho' : 'holds',
        reason: trivial ? 'decided by the cap M ≤ b' : `H crossed 1/α at n = ${300 + 17 * j}`,
        trivial,
        replicates: trivial ? 0 : 300 + 17 * j,
        ...(trivial ? {} : { logE: { violated: -4.2 - j, holds: 29.06 }, detectable: bound * 1.4 }),
        alpha: slot,
        cap: scale * 2,
        assumption: 'M',
        ...(i === 3 && iterations === 1024 ? { upper: bound * 1.03 } : {}),
        constants: { L: 1 + i, sigma: 0.5, coordinateLipschitz: [1, 0.5] },
        seed: 'seed-1',
        reproduce: `signprox verify --claims ${claim} --seed seed-1`,
      } satisfies BoundRow;
    }),
  );
}

function evidence(claim: string, found: Partial<Evidence> & Pick<Evidence, 'verdict'>): Evidence {
  return {
    reason: 'every generated case lies within its stated tolerance',
    cases: 4096,
    seed: 'seed-1',
    seconds: 0.84,
    reproduce: `signprox verify --claims ${claim} --seed seed-1`,
    ...found,
  };
}

type Entry = readonly [
  id: string,
  section: string,
  equation: string,
  statement: string,
  found: Partial<Evidence> & Pick<Evidence, 'verdict'>,
  expected?: Evidence['verdict'][],
];

const entries: readonly Entry[] = [
  [
    'theorem-1',
    '2.2',
    'Theorem 1',
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2LΔ + 3σ²] for γ = 1/(L√T), B = 1.',
    {
      verdict: 'holds',
      reason: '24 rows: every e-process crossed or the cap decided',
      cases: 9876,
      rows: boundRows('theorem-1', 6),
      measured: { 'rate exponent': -0.512, 'rows decided by the cap': 2, 'largest left / bound': 0.62 },
      statistical: { alpha: 24 * slot, falseHolds: 24 * slot, slots: 24 },
      seconds: 12.4,
    },
  ],
  [
    'theorem-2',
    '2.2',
    'Theorem 2',
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)[‖L‖₁Δ + ‖σ‖₁ + 1] for γ = 1/(2‖L‖₁√T), B = T.',
    {
      verdict: 'holds-within-rho',
      reason: 'U ≤ 1.05 b for log-cosh-uneven-theta at T = 1024, every other row holds',
      cases: 12_004,
      rows: boundRows('theorem-2', 11),
      measured: { 'rate exponent': -0.498 },
      statistical: { alpha: 24 * slot, falseHolds: 24 * slot, slots: 24 },
      seconds: 18.9,
    },
  ],
  [
    'eq6-prox',
    '2.1',
    '(6)',
    'prox_{γr}(y) is the unique minimizer of ½‖u − y‖² + γ r(u).',
    {
      verdict: 'holds',
      worst: { part: 'huber', ratio: 0.42, input: encodeExact({ x: Float64Array.of(0.1, -2), step: 0.7 }) },
      parts: ['zero', 'l1', 'huber', 'box', 'simplex', 'total-variation-2d'].map((name, i) => ({
        name,
        verdict: 'holds',
        cases: 600 + i,
        worstRatio: 0.1 * i + 0.05,
      })),
      measured: { 'points on a kink': 812, 'steps other than 1': 0.75 },
      matrix: {
        claims: ['eq6-prox', 'prox-sets', 'prox-separable'],
        mutants: [
          { name: 'l1-step-dropped', killedBy: 'eq6-prox', caught: ['eq6-prox'], missed: ['prox-separable'] },
          { name: 'box-open', killedBy: 'prox-sets', caught: ['eq6-prox'], missed: ['prox-sets'] },
        ],
      },
    },
  ],
  [
    'eq8-convex-combination',
    '2.1',
    '(8)',
    'P = E[P_k] = Σ θ_k P_k.',
    { verdict: 'proved-exactly', cases: 250, exact: { left: '7/12', bound: '7/12' } },
  ],
  [
    'definition-1-gradient-mapping',
    '2.1',
    'Definition 1',
    'G(x*) = 0 if and only if x* is a critical point of f.',
    {
      verdict: 'misprint',
      reason: 'zeros of G are critical points of d + r_γ, not of d + Σ θ_k r_k: −0.2 against −0.5',
      cases: 40,
      minimal: {
        part: 'two quadratics',
        ratio: Number.POSITIVE_INFINITY,
        input: encodeExact({ a: 1, b: 3, x: Float64Array.of(-0.2) }),
        explanation: 'a = 1, b = 3, γ = 1: G(−0.2) = 0 but the minimizer of the average is −0.5',
      },
    },
    ['misprint'],
  ],
  [
    'assumption-1-phase-retrieval',
    '2.2',
    'Assumption 1',
    'The hypotheses of Theorem 1 on the problem of Fig. 1.',
    {
      verdict: 'silent',
      reason: '∇d is not globally Lipschitz: Assumption 1(b) is not met',
      cases: 1,
    },
    ['silent'],
  ],
  [
    'figure-1',
    '3',
    'Fig. 1',
    'SPGM and signProx under dense and sparse noise.',
    { verdict: 'illustrated', reason: 'drawn, not judged', cases: 4 },
    ['illustrated'],
  ],
  [
    'remark-majority-vote',
    '2.2',
    '',
    'Majority vote applies directly.',
    { verdict: 'not-applicable', reason: 'a claim about the paper, judged on the reference only', cases: 0 },
  ],
];

export function syntheticClaims(): CheckedClaim[] {
  return entries.map(([id, section, equation, statement, found, expected]) => ({
    claim: {
      id,
      source: equation === '' ? { section } : { section, equation },
      statement,
      method: 'judged from the definition on generated cases',
      ...(expected === undefined ? {} : { expected }),
    },
    evidence: evidence(id, found),
  }));
}

/** A claim that fails with an exact minimal case. */
export function violatedClaim(id = 'eq9-proximal-average'): CheckedClaim {
  return {
    claim: {
      id,
      source: { section: '2.1', equation: '(9)' },
      statement: 'P is prox_{γr}(· − γ∇d) of one convex r.',
      method: 'cyclic monotonicity',
    },
    evidence: evidence(id, {
      verdict: 'violated',
      reason: '3 of 512 cycles have a negative sum',
      cases: 512,
      worst: { part: 'l1', ratio: 81.5, input: encodeExact({ x: Float64Array.of(1.5, -0, 3) }) },
      minimal: {
        part: 'l1',
        ratio: 44,
        input: encodeExact({ x: Float64Array.of(0.5) }),
        explanation: 'x = 0.5, γ = 0.7: cycle sum −0.31 < 0',
      },
    }),
  };
}

export function describeRun(checked: readonly CheckedClaim[] = syntheticClaims()): RunDescription {
  return {
    suite: { name: 'signprox', version: '0.1.0' },
    environment: { node: 'v20.20.2', platform: 'linux x64' },
    command: 'signprox verify --seed seed-1',
    seed: 'seed-1',
    depth: 'standard',
    implementation: {
      name: 'reference',
      version: '0.1.0',
      language: 'TypeScript',
      dtype: 'f64',
      methods: ['prox', 'value', 'step', 'run'],
      functions: ['l1', 'huber'],
      smooth: ['quadratic'],
      algorithms: ['spgm', 'sign-prox'],
      conventions: { signOfZero: 'zero', halfInSquaredNorm: true },
      accuracy: { 'total-variation-2d': 1e-6 },
    },
    checked,
    seconds: 41.3,
    startedAt: '2026-01-02T03:04:05.000Z',
  };
}

/** What is declared in advance of a claim that is about no subject. */
export const knownClaim = (claim: string, reason: string, url?: string): KnownEntry => ({
  ...{ subject: wholeAdapter, claim, reason },
  ...(url !== undefined && { url }),
});

export function syntheticRecord(extra: readonly CheckedClaim[] = [], known: readonly KnownEntry[] = []): RunRecord {
  return buildRunRecord({ ...describeRun([...syntheticClaims(), ...extra]), known });
}

/** The reproducible part: the same seed, command and environment give the same bytes of `stableJson`. */
export function withoutTiming(record: RunRecord): RunRecord {
  const { timing: _, ...reproducible } = record;
  return reproducible;
}
