import fc from 'fast-check';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { dyadic, positiveDyadic, probabilities, smallDimension } from './dyadic.js';
import { drawable } from './problem-case.js';
import { smoothSpecification } from './smooth-specification.js';

/** Families of r_1 … r_K that are convex, smooth and separable. */
export type ComponentFamily =
  /** ⟨a_k, u⟩: constant noise, and r_γ is linear. */
  | 'linear'
  /** Linear, with d such that Ĝ(x) = 0: the ties at which the value of sgn(0) matters. */
  | 'balanced'
  /** Parabolas of one curvature about different centres: constant noise, and r_γ is a parabola. */
  | 'parabolas'
  /** Huber functions about different centres: bounded noise that moves with x. */
  | 'hubers'
  /** log cosh about different centres: not piecewise quadratic. */
  | 'log-cosh'
  /** Any of linear, parabola, Huber and tilted Huber for each k: noise that may be unbounded. */
  | 'mixed'
  /** Two linear ones with probability ½ each, T = 1 and a draw with Ĝ(x) = 0: |Ĝ − G| = |G| always, where Markov's inequality is tight. */
  | 'coin'
  /** Two parabolas on both sides of x, the rarer one drawn: a wrong sign where r is curved. */
  | 'outlier'
  /** Copies of one Huber function, with x where its parabola meets its line. */
  | 'kinked'
  /** Copies of one linear function, and a parabola for d: the descent lemma is an equality, and one step of 1/L reaches the minimum. */
  | 'steepest';

/** A smooth separable problem with a point, a mini-batch and a convention: the input for checking one line of a proof. */
export interface SmoothProblemCase {
  readonly problem: ProblemSpecification;
  readonly x: Float64Array;
  /** 0-based components of the mini-batch. */
  readonly indices: readonly number[];
  readonly step: number;
  /** √T, if the step depends on it. */
  readonly root: number;
  readonly signOfZero: 'zero' | 'positive' | 'negative';
  /** Whether d is a function of coordinates rotated by the angle of cosine ⅗, n = 2: with the r_k, f is separable in no coordinates. */
  readonly turned?: boolean;
}

/** Which problems with smooth r_k are drawn, and how large they are: n, K, B and √T at most. */
export interface SmoothProblemOptions {
  readonly smoothTypes: readonly string[];
  readonly families: readonly ComponentFamily[];
  readonly maximumDimension?: number;
  /** A dimension for every case. */
  readonly dimension?: number;
  readonly maximumComponents?: number;
  readonly maximumBatch?: number;
  readonly maximumRoot?: number;
}

const vector = (entry: fc.Arbitrary<number>, n: number) => fc.array(entry, { minLength: n, maxLength: n });
// Coarse lattices, so that sums of few slopes are often exactly 0: ties of Ĝ are where conventions matter.
const slopes = dyadic(2, 2);
const centers = dyadic(2, 4);

const linear = (n: number): fc.Arbitrary<FunctionSpecification> =>
  vector(slopes, n).map((coefficients) => ({ type: 'linear', coefficients }));
const parabola = (n: number, curvature: number): fc.Arbitrary<FunctionSpecification> =>
  vector(centers, n).map((center) => ({ type: 'quadratic', curvature, center }));
const translated = (n: number, inner: fc.Arbitrary<FunctionSpecification>): fc.Arbitrary<FunctionSpecification> =>
  fc.record({ shift: vector(centers, n), inner }).map((parameters) => ({ type: 'translated', ...parameters }));
const huber: fc.Arbitrary<FunctionSpecification> = fc
  .record({ weight: positiveDyadic(2, 4), threshold: positiveDyadic(2, 4) })
  .map((parameters) => ({ type: 'huber', ...parameters }));
const logCosh: fc.Arbitrary<FunctionSpecification> = fc
  .record({ weight: positiveDyadic(2, 4), scale: positiveDyadic(2, 4) })
  .map((parameters) => ({ type: 'log-cosh', ...parameters }));

/** How one r_k of a family is drawn; what the r_k share (a curvature) is drawn before. */
const families: Readonly<Record<ComponentFamily, (n: number, shared: number) => fc.Arbitrary<FunctionSpecification>>> =
  {
    linear,
    balanced: linear,
    coin: linear,
    outlier: parabola,
    steepest: linear,
    kinked: (n) => translated(n, huber),
    parabolas: parabola,
    hubers: (n) => translated(n, huber),
    'log-cosh': (n) => translated(n, logCosh),
    mixed: (n, shared) =>
      fc.oneof(
        linear(n),
        parabola(n, shared),
        translated(n, huber),
        fc
          .record({ slope: vector(slopes, n), inner: huber })
          .map((parameters): FunctionSpecification => ({ type: 'tilted', ...parameters })),
      ),
  };

/**
 * The case with Ĝ(x) = 0 by construction: linear r_k, and d = ½‖u − c‖² whose slope at x is minus the average of the a_k in the batch. A
 * batch of a power of two keeps every number dyadic.
 */
function balanced(input: SmoothProblemCase): SmoothProblemCase {
  const indices = input.indices.slice(0, 2 ** Math.floor(Math.log2(input.indices.length)));
  const slopes = input.problem.functions.map(({ coefficients }) => coefficients as readonly number[]);
  const center = Array.from(
    input.x,
    (value, i) => value + indices.reduce((sum, k) => sum + slopes[k]![i]!, 0) / indices.length,
  );
  return { ...input, indices, problem: { ...input.problem, smooth: { type: 'quadratic', curvature: 1, center } } };
}

/** Two equally likely components, one of which has P_k(x) = x. */
function coin(input: SmoothProblemCase): SmoothProblemCase {
  const [first, second = first!] = input.problem.functions;
  const problem = { ...input.problem, functions: [first!, second], probabilities: [0.5, 0.5] };
  return balanced({ ...input, problem, indices: [input.indices[0]! % 2], root: 1 });
}

/** Centres at distance 8 on both sides of x, the drawn one with probability 1/16; every coordinate has its own curvature. */
function outlier(input: SmoothProblemCase): SmoothProblemCase {
  const shared = input.problem.functions[0]!.curvature as number;
  const curvature = Array.from(input.x, (_, i) => shared / (i + 1));
  const at = (distance: number) => ({
    type: 'quadratic',
    curvature,
    center: Array.from(input.x, (value) => value + distance),
  });
  return {
    ...input,
    problem: { ...input.problem, functions: [at(-8), at(8)], probabilities: [15 / 16, 1 / 16] },
    indices: [1],
  };
}

/** All r_k are the first, moved so that x is at the end of its parabola. */
function kinked(input: SmoothProblemCase): SmoothProblemCase {
  const [first] = input.problem.functions;
  const { threshold } = first!.inner as { readonly threshold: number };
  const moved = { ...first!, shift: Array.from(input.x, (value) => value - threshold) };
  return { ...input, problem: { ...input.problem, functions: input.problem.functions.map(() => moved) } };
}

function steepest(input: SmoothProblemCase): SmoothProblemCase {
  const { functions, probabilities } = input.problem;
  const smooth = { type: 'quadratic', curvature: input.step, center: Array.from(input.x, (value) => value - 1) };
  return { ...input, problem: { smooth, functions: functions.map(() => functions[0]!), probabilities } };
}

const completions: Partial<Readonly<Record<ComponentFamily, (input: SmoothProblemCase) => SmoothProblemCase>>> = {
  balanced,
  coin,
  outlier,
  kinked,
  steepest,
};

/** Problems of the theorems: a separable d, components r_k of one family, x, a mini-batch and T. */
export function smoothProblemCase(options: SmoothProblemOptions): fc.Arbitrary<SmoothProblemCase> {
  const { maximumDimension = 2, maximumComponents = 3, maximumBatch = 4, maximumRoot = 3 } = options;
  return fc
    .record({
      dimension: options.dimension === undefined ? smallDimension(maximumDimension) : fc.constant(options.dimension),
      components: fc.integer({ min: 1, max: maximumComponents }),
      family: fc.constantFrom(...options.families),
      shared: positiveDyadic(2, 4),
      smoothType: fc.constantFrom(...options.smoothTypes),
    })
    .chain(({ dimension, components, family, shared, smoothType }) =>
      fc
        .record({
          smooth: smoothSpecification(smoothType, dimension),
          functions: fc.array(families[family](dimension, shared), { minLength: components, maxLength: components }),
          probabilities: probabilities(components),
          x: vector(dyadic(2, 4), dimension),
          draws: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: maximumBatch }),
          step: positiveDyadic(2, 4),
          root: fc.integer({ min: 1, max: maximumRoot }),
          signOfZero: fc.constantFrom('zero', 'zero', 'positive', 'negative'),
        })
        .map(({ smooth, functions, probabilities, x, draws, step, root, signOfZero }): SmoothProblemCase => {
          const allowed = drawable(probabilities);
          const input: SmoothProblemCase = {
            problem: { smooth, functions, probabilities },
            x: Float64Array.from(x),
            indices: draws.map((draw) => allowed[draw % allowed.length]!),
            step,
            root,
            signOfZero: signOfZero as SmoothProblemCase['signOfZero'],
          };
          return completions[family]?.(input) ?? input;
        }),
    );
}

/** Smooth terms of the vocabulary with rational values and derivatives, one of each shape. */
export const rationalSmoothTypes = ['zero', 'quadratic', 'huber', 'geman-mcclure'] as const;
/** Separable smooth terms with certified constants. */
export const certifiedSmoothTypes = [...rationalSmoothTypes, 'cosine', 'log-cosh'] as const;
/** Families of r_k whose proxes are rational. */
export const rationalFamilies = ['linear', 'parabolas', 'hubers', 'mixed'] as const;
/** Families of r_k with certified constants. */
export const certifiedFamilies = [...rationalFamilies, 'log-cosh'] as const;
/** For the lines of a proof: kinks, and cases in which the lines are equalities. */
export const proofFamilies = [...rationalFamilies, 'kinked', 'outlier', 'steepest'] as const;
/** For lines about signs: also ties, and noise of constant size. */
export const signFamilies = [...proofFamilies, 'balanced', 'balanced', 'coin'] as const;

/** Two-dimensional cases with a d that is rotated against the axes of the r_k; in rationals only. */
export function turnedProblemCase(options: SmoothProblemOptions): fc.Arbitrary<SmoothProblemCase> {
  return smoothProblemCase({ ...options, dimension: 2 }).map((input) => ({ ...input, turned: true }));
}
