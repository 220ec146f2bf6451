import type { RunRecord } from '../../src/library/guard.js';
import type { Finding } from '../../src/library/report.js';
import { type FindingSource, type Found, measuredOf, sentence } from './finding-source.js';
import { assumptions, hypotheses, signs } from './hypotheses.js';
import { findingInstances, instanceTable } from './instances.js';

/** Whether the theorems are right, and how much smaller their bounds can be made. */
const bounds: readonly FindingSource[] = [
  {
    number: 1,
    title:
      'Both theorems hold under their hypotheses; their proofs have two wrong equality signs and one unproved step.',
    text: (found) =>
      sentence`§5 uses that ∇r is Lipschitz, but assumes it of the r_k only; Fact 1 of the proofs closes this gap. In two equalities of §5.2 the sign should be ≤ (F27). The algebra of the two proofs is ${measuredOf(found('certificate-theorem-1'), 'identities')} and ${measuredOf(found('certificate-theorem-2'), 'identities')} identities of polynomials; all of them hold term by term. For ${found('theorem-1-exact').cases} pairs of a problem and a T (Theorem 1) and ${found('theorem-2-exact').cases} pairs (Theorem 2) the left side is computed over all sample paths. It never exceeds the bound.`,
    basis:
      'Machine-checked: the proof assistant Coq has checked both theorems, and that step, from the assumptions of the paper. The identities and the pairs are exact.',
    claims: ['certificate-theorem-1', 'certificate-theorem-2', 'theorem-1-exact', 'theorem-2-exact'],
  },
  {
    number: 2,
    title:
      'For large T the bound of Theorem 1 can be cut to ½ of its first term and ⅓ of its second; both are optimal.',
    text: () =>
      "Under the hypotheses of Theorem 1, with its γ and B, E[(1/T) Σ ‖G‖²] ≤ (LΔ + (1 − 1/T)σ²)/(√T − ½). This never exceeds the bound of the paper, and equals it for T = 1 and σ = 0. As T grows, its terms tend to ½ and ⅓ of the paper's, which the instance attains in the limit.",
    basis:
      'Machine-checked: Coq has checked the proof from Assumption 1. The left sides are exact, by second moments in rationals.',
    claims: ['certificate-theorem-1-sharp', 'theorem-1-sharp-tight'],
    picture: 'theorem-1-sharp-tight',
  },
  {
    number: 3,
    title: "Theorem 2 holds for every T ≥ 1 with (1/√T)[2‖L‖₁Δ + ½ + ‖σ‖₁]: ½, ⅛ and ¼ of the paper's terms.",
    text: () =>
      "For all γ, B and T the bound is Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ (1 + ½(γL_i)²)σ_i/√B. The terms in Δ and ‖L‖₁ cannot be improved. The noise term can: for even B by the factor 3√6/8 = 0.9186 as T grows, but for B = T by no factor below √(2/e) = 0.8578. The best factor in between is not known; the instance below has the largest ratio found. Reports and tables of Theorem 2♯ show 1 + cγL_i, c = 0.3003, in place of 1 + ½(γL_i)²; at the paper's step it is never smaller.",
    basis:
      'Machine-checked: Coq has checked the proof from Assumption 2, for all γ, B and T. The lemma behind 0.9186 is proved by hand and checked in rationals on random laws. Left sides are exact or enclosed, those of the noise term in doubles.',
    claims: [
      'theorem-2-simple',
      'theorem-2-simple-tight',
      'certificate-theorem-2-sharp',
      'theorem-2-sharp-tight',
      'theorem-2-noise-coefficient',
      'mean-absolute-deviation',
    ],
    picture: 'theorem-2-sharp-tight',
  },
  {
    number: 4,
    title:
      'Parabolas attain the sharpened bounds (half of those of the paper) as T grows, except for the noise at B = T.',
    text: () =>
      'Each line, and F2, is a family of instances at the largest T that was run. By the sharpened theorems no instance exceeds ½ of a bound of the paper as T → ∞. The bound of Theorem 2♯ is the form with c.',
    basis: 'Computed exactly, as rationals or with an enclosure; most of them have a closed form, proved by hand.',
    claims: ['theorem-1-sharp-tight', 'theorem-2-sharp-tight'],
  },
  {
    number: 5,
    title: 'Per prox evaluation ‖G‖ falls like N^(−¼) in signProx and in SPGM; per iteration signProx is faster.',
    text: (found) =>
      sentence`Theorem 1 is about ‖G‖² and Theorem 2 about ‖G‖₁, so the root of the first left side is like the second. Between the last two T (${lastIterations(found)}) that root falls like T^${exponent(found, 'SPGM, root of ‖G‖² per draw')} and the left side of Theorem 2 like T^${exponent(found, 'signProx, ‖G‖₁')}. But an iteration of Theorem 2 evaluates T proxes, and one of Theorem 1 a single one. In the number N of evaluations the two fall like N^${exponent(found, 'SPGM, root of ‖G‖² per draw')} and N^${exponent(found, 'signProx, ‖G‖₁ per draw')}.`,
    basis: 'Measured on one instance whose left sides are computed exactly.',
    claims: ['theorem-2-evaluations'],
  },
  {
    number: 30,
    title: 'Theorem 2 holds with high probability, with ln(1/δ), from a variance alone; Theorem 1 does not.',
    text: () =>
      "For signProx under Assumption 2, every γ, B and T, with probability at least 1 − δ, (1/T) Σ ‖G‖₁ ≤ A + β + √(β² + 2Aβ) ≤ 2A + 2β, where A is the bound of Theorem 2♯ and β = (1 + γ‖L‖_∞)²[Δ/γ + (2T − 1)γ‖L‖₁] ln(1/δ)/T. The noise needs a variance and nothing else: no event moves a coordinate by more than γ. The order of ln(1/δ) is the right one, but the constant is open. Theorem 1 has no such form: one rare event makes its tail as heavy as Markov's inequality allows, up to a factor of 16. Bounds with high probability for signSGD under heavy-tailed noise are known (Kornilov et al. 2025, abstract); new here are the prox form and the constants.",
    basis:
      'Proved by hand. One step is checked over every outcome of a mini-batch on random problems, in rationals except for the exponentials; the probability that a run is above the bound is enclosed from exact laws.',
    claims: [
      'counterexample-high-probability',
      'theorem-1-tail',
      'theorem-2-with-probability',
      'theorem-2-with-probability-step',
      'theorem-2-tail',
    ],
  },
];

/** The last two T of the fits. */
function lastIterations(found: Found): string | undefined {
  const rows = (found('theorem-2-evaluations').rows ?? []).filter(({ instance }) => instance.startsWith('SPGM'));
  return rows.length < 2
    ? undefined
    : rows
        .slice(-2)
        .map((row) => row.iterations)
        .join(' and ');
}

function exponent(found: Found, name: string): string | undefined {
  const value = measuredOf(found('theorem-2-evaluations'), name);
  return typeof value === 'number' ? value.toFixed(3).replace('-', '−') : undefined;
}

/** What steps and mini-batches other than the paper's can gain, and what no step can. */
const schedules: readonly FindingSource[] = [
  {
    number: 6,
    title: 'For SPGM a step tuned to f(x⁰) − f* and σ has a smaller bound, and for large T no constant step beats it.',
    text: () =>
      "With B = 1 and γL = 2A/(A + √(A² + 4A(1 − 1/T)σ²)), A = LΔ/T, the bound of Theorem 1♯ is smallest. It is at most 2LΔ/T + 2σ√(LΔ/T), where the paper's step has (LΔ + σ²)/√T to leading order. For every constant γ < 2/L an instance as below reaches all of it as T → ∞. That SGD needs of the order of ε⁻⁴ draws even on convex quadratics is known (Drori and Shamir 2020); new here are the prox form and the exact constant 2. For signProx γ = √(Δ/(‖L‖₁T)) has 2√(‖L‖₁Δ/T) in place of the paper's (2‖L‖₁Δ + ½)/√T, which is never smaller. Its noise term grows a little with the step, so its bound is smaller for large T only: with n = 1, L = Δ = 1, T = B = 4 and σ = 20 that of Theorem 2♯ is 8.99 there, and 8.91 at the paper's step. signprox bounds --schedule optimal prints both bounds for your own problem.",
    basis:
      'Proved by hand; what another step costs is an identity in rationals, left sides are computed exactly or enclosed, and the least one over all γ is enclosed from its closed form.',
    claims: [
      'optimal-steps',
      'theorem-1-optimal-step',
      'theorem-1-optimal-step-tight',
      'theorem-1-optimal-step-minimax',
      'theorem-2-optimal-step',
    ],
  },
  {
    number: 7,
    title: 'No constant γ, T and B make signProx faster than N^(−1/4) in the number N of draws, and B must grow.',
    text: () =>
      'Let the steps γ_i, one for each coordinate, and B be the same in every iteration, and N = TB at least ‖L‖₁M²/(Δ‖σ‖₁²), M = Σσ_i²/L_i. Some problem meets Assumption 2 and has a left side of at least ½(‖L‖₁Δ‖σ‖₁²/N)^¼; the line below has the smallest on the grid that is judged, n = 1, 2, 3. With the best γ and B, Theorem 2♯ gives 2√2 in place of ½ to leading order: no such schedule, and no step for each coordinate, improves the constant by more than 5.7. The rate is not a weakness of signs: in high dimension every stochastic first-order method needs of the order of ε⁻⁴ draws in the worst case (Arjevani et al. 2023). New here are the constants for signProx, and that one coordinate is enough.',
    basis:
      'Machine-checked: Coq has checked that some problem has such a left side, for all n, γ_i, T and B, with a cosine for the triangles of one family. On the grid the instances are exact, and their left sides are enclosed.',
    claims: ['sign-prox-lower-bound', 'optimal-steps'],
  },
];

/** What is true of optimisers that everybody uses. */
const optimisers: readonly FindingSource[] = [
  {
    number: 29,
    title: 'Adam with a short memory walks to the worst point of a convex game; AMSGrad, or a long memory, does not.',
    text: () =>
      'The losses are Cx, −x, −x, Cx, … on [−1, 1], with C above 2: the best point is −1. Without momentum and with β₂ = 1/(1 + C²), α_t = ½/√t, Adam is back at x = 1 before every slope C, because v has forgotten C when it goes up, and loses at least (2/3)(C − 2) per round for ever (Reddi, Kale and Kumar 2018, Theorem 1). The first four lines have C = 3 and exceed the bound of AMSGrad, also with the corrections and the ε of libraries. In AMSGrad, where the largest v so far stands for v, the regret is at most √T[2(√v_T + ε)/α + αG/√(1 − β₂)] for all losses with slopes of size at most G. Where the slope is drawn anew in every round, 10 with probability 3/22 and else −1, so that their mean is ½, the mean regret per round of the same Adam tends to 1, the largest there is. This does not say that Adam fails in practice: the last three lines show what a long memory does. For every β₂ < 1 there is a C, though, with which Adam fails without momentum.',
    basis:
      'Enclosed: the games are played in intervals with rational ends. The bound of AMSGrad without momentum is proved by hand; that some C defeats every β₂ is quoted from the abstract and the introduction of the paper.',
    claims: ['counterexample-adam', 'counterexample-adam-stochastic', 'amsgrad-regret', 'adam-regret-map'],
  },
];

/** A finding about the paper, with the numbers of one run. Its title begins with its number, which never changes: `F1: Both theorems hold …`. */
export interface PaperFinding extends Omit<Finding, 'chart'> {
  /** For the main findings: the claim whose rows or figures are their picture. */
  readonly picture?: string;
}

const themes: Readonly<Record<string, readonly FindingSource[]>> = {
  'Bounds and rates': bounds,
  'Steps and mini-batches': schedules,
  Hypotheses: hypotheses,
  'The objective and the assumptions': assumptions,
  Signs: signs,
  'Other optimisers': optimisers,
};

const sources = Object.entries(themes).flatMap(([theme, own]) => own.map((source) => ({ ...source, theme })));

/**
 * The numbers of all findings.
 *
 * @public a test asks for them
 */
export const findingNumbers: readonly number[] = sources.map(({ number }) => number);

/** Every claim that some finding rests on. */
export const findingClaims: readonly string[] = [...new Set(sources.flatMap(({ claims }) => claims))];

/**
 * What the claims of a run together say about the paper. A finding is left out if the run did not judge all of its claims, or if one of them has an
 * unexpected verdict. For other implementations most findings are left out.
 */
export function paperFindings({ claims }: Pick<RunRecord, 'claims'>): readonly PaperFinding[] {
  const evidence = new Map(
    claims
      .filter(({ outcome }) => outcome === 'pass' || outcome === 'expected')
      .map((claim) => [claim.id, claim.evidence]),
  );
  return sources.flatMap((source) => {
    if (!source.claims.every((claim) => evidence.has(claim))) return [];
    const found = (claim: string) => evidence.get(claim)!;
    const [title, text] = [`F${source.number}: ${source.title}`, source.text(found)];
    if (text === undefined) return [];
    const told = findingInstances[source.number]!;
    const table = instanceTable(source.number, found);
    if (typeof told !== 'string' && table === undefined) return [];
    const { basis, theme, picture, claims: own } = source;
    const instances = typeof told === 'string' ? { instances: told } : { table: table! };
    const anchor = `f${source.number}`;
    return [{ anchor, title, text, basis, theme, claims: own, ...(picture && { picture }), ...instances }];
  });
}
