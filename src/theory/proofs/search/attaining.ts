import { nearbyFraction, solutionsOf } from '../../../exact/arithmetic/elimination.js';
import {
  minimum,
  one,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
  two,
  zero,
} from '../../../exact/arithmetic/rational.js';
import { coordinateSmooth } from '../../../exact/functions/smooth.js';
import { EigenvalueDecomposition, Matrix } from '../../../reference/functions/numerics/matrices.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import type { BoundInstance } from '../../theorem/theorem.js';
import { attainedByQuadratic, compositeProblem, ratioOnComposite } from './attaining-composite.js';
import {
  type Attaining,
  type FunctionClassOfRun,
  inUnits,
  type Known,
  leastCommon,
  type Measured,
  type Problem,
  slopesThrough,
} from './function-through.js';
import { combined, farthest, type Program, type Proof, type Quadratic, solve } from './program.js';
import { powerOf } from './read-theorem.js';
import { nameOfValue, type RunFunction, type RunMethod, type RunSpace, type RunTerm } from './run-space.js';

type Vector = readonly Rational[];

const minus = rational(-1n);
const valueNames = (run: RunSpace): string[] =>
  [
    ...new Set(
      [run.left, run.gap, ...run.inequalities.map(({ slack }) => slack)].flatMap(({ values }) => Object.keys(values)),
    ),
  ].filter((name) => !name.endsWith('*'));

/** ⟨gram, Σ (vᵢwⱼᵀ + wⱼvᵢᵀ)/2⟩. */
const formAt = (gram: Quadratic['gram'], v: Vector, w: Vector): Rational =>
  sum(gram.flatMap((row, i) => (v[i]!.equals(zero) ? [] : row.map((entry, j) => entry.mul(v[i]!).mul(w[j]!)))));

/**
 * Solutions of one variable of the interpolation conditions that attain a proved worst case. In every solution the inequalities with a multiplier are equations and the squares
 * vanish (complementary slackness): the Gram matrix lives on the kernel of the squares. Its extreme points of rank one, found in doubles and rounded, are the points and
 * gradients of a function of one variable; its values solve linear conditions in rationals.
 */
function* solutionsInOneVariable(
  run: RunSpace,
  scale: Quadratic,
  { multipliers, squares }: Proof,
): Generator<{
  readonly coordinates: Vector;
  readonly values: ReadonlyMap<string, Rational>;
}> {
  const { kernel } = solutionsOf(
    squares.columns,
    squares.columns.map(() => zero),
    run.space.basis.length,
  )!;
  const [only, ...more] = kernel;
  if (only === undefined) return;
  if (more.length === 0) {
    const sign = only.find((entry) => !entry.equals(zero))!.gt(zero) ? one : minus;
    const coordinates = only.map((entry) => sign.mul(entry));
    const values = valuesAt(run, coordinates, multipliers);
    if (values !== undefined) yield { coordinates, values };
    return;
  }
  const seen = new Set<string>();
  for (const proposed of raysOf(run, scale, kernel, multipliers)) {
    const largest = proposed.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
    const sign = Math.sign(proposed.find((entry) => Math.abs(entry) > 1e-3 * largest) ?? 1);
    const rounded = proposed.map((entry) => nearbyFraction((sign * entry) / largest, 1e-5, 1000));
    if (rounded.includes(undefined)) continue;
    const coordinates = rounded as Rational[];
    const key = coordinates.map((entry) => entry.toFraction()).join();
    if (seen.has(key)) continue;
    seen.add(key);
    const values = valuesAt(run, coordinates, multipliers);
    if (values !== undefined) yield { coordinates, values };
  }
}

/** Directions in doubles that may be solutions of one variable. */
function* raysOf(
  run: RunSpace,
  scale: Quadratic,
  kernel: readonly Vector[],
  multipliers: Proof['multipliers'],
): Generator<number[]> {
  const spanned = (weights: readonly number[]) =>
    run.space.basis.map((_, i) => weights.reduce((total, weight, k) => total + weight * toDouble(kernel[k]![i]!), 0));
  // Of the smallest of some gradients all are the same.
  if (!run.space.basis.includes('x')) yield run.space.basis.map(() => 1);
  const pairs = pairsOf(kernel.length);
  const equations = run.inequalities.filter(({ name }) => (multipliers.get(name) ?? zero).gt(zero));
  const program = gramProgram(run, scale, kernel, equations);
  // The shortest vectors first. Then along a square and against it: an extreme point in a direction in general position tends to have a small rank.
  for (let k = 0; k < 9; k++) {
    const direction = kernel.map((_, i) => Math.cos(1 + 2.4 * k * (i + 1) + i));
    const shortest = Object.fromEntries(
      pairs.map(([i, j]) => [
        `X ${[i, j]}`,
        -toDouble(sum(kernel[i]!.map((entry, l) => entry.mul(kernel[j]![l]!)))) * (i === j ? 1 : 2),
      ]),
    );
    const weights =
      k === 0
        ? shortest
        : Object.fromEntries(
            pairs.map(([i, j]) => [
              `X ${[i, j]}`,
              (k % 2 === 0 ? 1 : -1) * direction[i]! * direction[j]! * (i === j ? 1 : 2),
            ]),
          );
    const found = farthest(program, weights);
    if (found === undefined) return;
    const matrix = kernel.map((_, i) => kernel.map((__, j) => found.get(`X ${[Math.max(i, j), Math.min(i, j)]}`)!));
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(matrix), {
      assumeSymmetric: true,
    });
    const largest = Math.max(...realEigenvalues);
    const at = realEigenvalues.indexOf(largest);
    yield spanned(eigenvectorMatrix.getColumn(at));
  }
}

/** Entries of a symmetric matrix. */
const pairsOf = (size: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: i + 1 }, (__, j) => [i, j] as const)).flat();

/**
 * Gram matrices on a space, and values, that meet all interpolation conditions, some of them as equations, with a start of size 1: what the class has after T iterations. Its unknowns are X i,j and the values; f* is 0, or d* and r* are.
 */
export function gramProgram(
  run: RunSpace,
  scale: Quadratic,
  kernel: readonly Vector[],
  equations: RunSpace['inequalities'],
): Program {
  const names = valueNames(run);
  const pairs = pairsOf(kernel.length);
  const nothing = kernel.map(() => kernel.map(() => zero));
  const ofPair = ({ gram }: Quadratic, [i, j]: readonly [number, number]) =>
    formAt(gram, kernel[i]!, kernel[j]!).mul(i === j ? one : two);
  const others = run.inequalities.filter((entry) => !equations.includes(entry));
  const within = (of: (q: Quadratic) => Rational): Quadratic['values'] =>
    Object.fromEntries([['scale', of(scale)], ...equations.map(({ name, slack }) => [name, of(slack)] as const)]);
  const coordinates = [
    ...pairs.map((pair) => ({
      name: `X ${pair}`,
      of: (q: Quadratic) => ofPair(q, pair),
      gram: nothing.map((row, r) =>
        row.map((_, c) => ((r === pair[0] && c === pair[1]) || (r === pair[1] && c === pair[0]) ? one : zero)),
      ),
    })),
    ...names.map((name) => ({ name, of: ({ values }: Quadratic) => values[name] ?? zero, gram: nothing })),
  ];
  return {
    basis: kernel.map((_, k) => `u${k}`),
    constant: { values: { scale: minus }, gram: nothing },
    unknowns: coordinates.map(({ name, of, gram }) => ({ name, free: true, times: { values: within(of), gram } })),
    conditions: others.map(({ slack }) => ({
      constant: zero,
      coefficients: Object.fromEntries(coordinates.map(({ name, of }) => [name, of(slack)])),
    })),
  };
}

/** The values of a function of one variable with these points and gradients; undefined if it has none. */
function valuesAt(
  run: RunSpace,
  coordinates: Vector,
  multipliers: Proof['multipliers'],
): ReadonlyMap<string, Rational> | undefined {
  const names = valueNames(run);
  const parts = run.inequalities.map(({ name, slack }) => ({
    name,
    constant: formAt(slack.gram, coordinates, coordinates),
    values: slack.values,
    equation: (multipliers.get(name) ?? zero).gt(zero),
  }));
  const equations = parts.filter(({ equation }) => equation);
  const program: Program = {
    basis: [],
    constant: { values: Object.fromEntries(equations.map(({ name, constant }) => [name, constant])), gram: [] },
    unknowns: names.map((value) => ({
      name: value,
      free: true,
      times: {
        values: Object.fromEntries(equations.map(({ name, values }) => [name, values[value] ?? zero])),
        gram: [],
      },
    })),
    conditions: parts
      .filter(({ equation }) => !equation)
      .map(({ constant, values }) => ({
        constant,
        coefficients: Object.fromEntries(names.map((name) => [name, values[name] ?? zero])),
      })),
  };
  const found = solve(program);
  return 'none' in found ? undefined : found.multipliers;
}

/** A problem whose numbers are whole, and L; undefined if they are no doubles. */
function problemOf(
  knots: Vector,
  slopes: Vector,
  start: Rational,
  { strongConvexity: κ }: FunctionClassOfRun,
): Problem | undefined {
  // f times the denominator of μ has whole L and μ; x in units of 1/N has whole knots.
  const lipschitz = κ.d;
  const raised = slopes.map((slope) => slope.mul(one.sub(κ)).mul(rational(lipschitz)));
  const units = leastCommon([...knots, ...raised, start]);
  const whole = (values: Vector) => values.map((value) => inUnits(value, units));
  const [places, rises, [from]] = [whole(knots), whole(raised), whole([start])];
  const modulus = inUnits(κ, lipschitz);
  if ([...places, ...rises, from, modulus].includes(undefined)) return undefined;
  const isFlat = raised.every((slope) => slope.equals(zero));
  const problem: ProblemSpecification = {
    smooth: isFlat ? { type: 'zero' } : { type: 'piecewise-quadratic', knots: places, slopes: rises },
    functions: [modulus === 0 ? { type: 'zero' } : { type: 'squared-l2', weight: modulus }],
    probabilities: [1],
  };
  return { problem, start: [from!], lipschitz: Number(lipschitz) };
}

/** A problem whose f has these points. */
function smoothProblem(known: readonly Known[], start: Rational, of: FunctionClassOfRun): Problem | undefined {
  const slopes = slopesThrough(known, of.convex ? zero : minus);
  return slopes && problemOf(slopes.knots, slopes.slopes, start, of);
}

/**
 * The left side divided by f(x⁰) − f* or ‖x⁰ − x*‖², with L = 1, on a problem of one variable: T iterations in rationals on the function as the problem writes it. That it is of the class is
 * checked there, piece by piece.
 *
 * @returns undefined if the function is not of the class, or the start is where nothing is left to do
 */
export function ratioOn(
  { problem, start: [from], lipschitz: wholeLipschitz }: Problem,
  method: RunMethod,
  { convex, strongConvexity: κ, term, start }: Measured,
): Pick<Attaining, 'left' | 'terms' | 'ratio'> | undefined {
  const L = rational(BigInt(wholeLipschitz));
  const d = coordinateSmooth(problem.smooth, 0);
  const [added] = problem.functions;
  const curvature = added!.type === 'zero' ? zero : rational(BigInt(added!['weight'] as number));
  const rest = L.sub(curvature);
  const isOfClass =
    d.pieces !== undefined &&
    curvature.equals(κ.mul(L)) &&
    d.pieces.every(({ a }) => !a.gt(rest) && !a.lt(convex ? zero : rest.neg()));
  // Of f, which is d + ½·curvature·x², the minimum is at 0 where it matters; d is 0 at its own.
  const hasMinimum = d.derivative(zero).equals(zero) && d.value(zero).equals(zero);
  if (!isOfClass || (!hasMinimum && (convex || curvature.gt(zero)))) return undefined;
  const slopeAt = (x: Rational) => d.derivative(x).add(curvature.mul(x)).div(L);
  const gapAt = (x: Rational) =>
    d
      .value(x)
      .add(curvature.mul(square(x)).div(two))
      .div(L);
  const x0 = rational(BigInt(from));
  const slopes: Rational[] = [];
  const points = method.points.map((coefficients, k) => {
    if (coefficients.slice(k).some((entry) => !entry.equals(zero))) return undefined;
    const at = x0.add(sum(coefficients.slice(0, k).map((entry, j) => entry.mul(slopes[j]!))));
    slopes.push(slopeAt(at));
    return at;
  });
  if (points.includes(undefined)) return undefined;
  const summandAt: Readonly<Record<RunTerm, (at: Rational, slope: Rational) => Rational>> = {
    'squared-gradient': (_, slope) => square(slope),
    'squared-gradient-mapping': (_, slope) => square(slope),
    'objective-gap': gapAt,
    'squared-distance': square,
  };
  const all = points.map((at, k) => summandAt[term](at!, slopes[k]!));
  const summands = method.left.map((k) => all[k]!);
  const left = method.smallest ? summands.reduce(minimum) : sum(summands).div(rational(BigInt(summands.length)));
  const scale = start === 'gap' ? gapAt(x0) : square(x0);
  if (!scale.gt(zero)) return undefined;
  return {
    left: left.mul([square(L), L, one][powerOf(term)]!),
    terms: all.map((entry) => toDouble(entry.div(scale))),
    ratio: left.div(scale),
  };
}

/** A function of one variable on which T iterations attain a proved worst case; undefined if none was found. */
export function attaining(run: RunSpace, scale: Quadratic, proof: Proof, measured: Measured): Attaining | undefined {
  const { strongConvexity: κ, convex, composite } = measured;
  let best: Attaining | undefined;
  if (composite !== undefined && κ.gt(zero)) return attainedByQuadratic(run.method, measured);
  for (const { coordinates, values } of solutionsInOneVariable(run, scale, proof)) {
    const at = (vector: Vector) => sum(vector.map((entry, i) => entry.mul(coordinates[i]!)));
    const knownOf = ({ points }: RunFunction) =>
      Object.values(points).map((point) => ({
        at: at(point.at),
        slope: at(point.gradient!),
        value: values.get(nameOfValue(point)) ?? zero,
      }));
    const [f, r] = run.functions as [RunFunction, RunFunction?];
    const from = at(run.space.basis.map((name) => (name === 'x' ? one : zero)));
    const found =
      composite === undefined
        ? smoothProblem(knownOf(f), from, { convex, strongConvexity: κ })
        : run.method.composite!.explicit
          ? undefined
          : compositeProblem(r ? knownOf(f) : [], knownOf(r ?? f), from, composite.indicator);
    if (found === undefined) continue;
    const sides = (composite === undefined ? ratioOn : ratioOnComposite)(found, run.method, measured);
    if (sides !== undefined && (best === undefined || sides.ratio.gt(best.ratio))) best = { ...found, ...sides };
  }
  return best;
}

/** The problem as an instance of a theorem. */
export const instanceOf = ({ problem, start }: Attaining, iterations: number): BoundInstance => ({
  name: `the worst function of ${iterations} ${iterations === 1 ? 'step' : 'steps'}`,
  problem,
  start,
});

/** A combination with a free multiple of the start in place of a bound. */
export const worstProgram = (run: RunSpace, scale: Quadratic): Program => ({
  basis: run.space.basis,
  constant: combined([minus, run.left]),
  unknowns: [
    { name: 'τ', times: scale, free: true },
    ...run.inequalities.map(({ name, slack }) => ({ name, times: combined([minus, slack]) })),
  ],
  conditions: [],
});
