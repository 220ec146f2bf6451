import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { dyadic, smallDimension, stepCategory, stepSize } from '../../src/judging/arbitraries/dyadic.js';
import { components, generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { showInequality } from '../../src/judging/judges/distance.js';
import { type Judgement, worstOf } from '../../src/judging/judges/judgement.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { judgeProximalPoint } from '../../src/judging/judges/proximal-optimality.js';
import { judgePhantomAverage, phantomPart } from '../../src/judging/parts/phantom-parts.js';
import { directFunctionTypes, separableFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { type MatrixSpecification, proximalAverage } from '../../src/reference/functions/index.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { operatorsOf, toleranceAt } from '../algorithms/operators.js';

interface AverageCase {
  readonly problem: ProblemSpecification;
  readonly step: number;
  /** Points at which P is taken; consecutive ones form the cycle of cyclic monotonicity. */
  readonly points: readonly Float64Array[];
}

function averageCase(functionTypes: readonly string[], dimension: fc.Arbitrary<number>): fc.Arbitrary<AverageCase> {
  return dimension.chain((n) =>
    fc
      .record({
        parts: components(functionTypes, n, { maximum: 3 }),
        step: stepSize(),
        points: fc.array(fc.array(dyadic(), { minLength: n, maxLength: n }), { minLength: 2, maxLength: 5 }),
      })
      .map(({ parts, step, points }) => ({
        problem: { smooth: { type: 'zero' }, functions: parts.functions, probabilities: parts.probabilities },
        step,
        points: points.map((point) => Float64Array.from(point)),
      })),
  );
}

type OperatorsAt = (typeof operatorsOf)['operatorsAt'];

/** P(x) with d = 0, so that P = P⁰ = Σθ_k prox_{γr_k}. */
function meanOf(operatorsAt: OperatorsAt, { problem, step }: AverageCase, x: Float64Array): Float64Array {
  const mapping = operatorsAt(problem, step).gradientMapping(x);
  return x.map((value, i) => value - step * mapping[i]!);
}

/** ‖Px − Py‖² ≤ ⟨Px − Py, x − y⟩: every prox is firmly nonexpansive. */
function judgeFirmness(operatorsAt: OperatorsAt, input: AverageCase): Judgement {
  const [x, y] = [input.points[0]!, input.points[1]!];
  const [px, py] = [meanOf(operatorsAt, input, x), meanOf(operatorsAt, input, y)];
  const error = Math.max(...[x, y].map((point) => toleranceAt(input.problem, input.step, point).error));
  let excess = 0;
  let scale = 0;
  for (let i = 0; i < x.length; i++) {
    const moved = px[i]! - py[i]!;
    excess += moved * (moved - (x[i]! - y[i]!));
    scale += Math.abs(moved) + Math.abs(x[i]! - y[i]!) + error;
  }
  const ratio = excess / (4 * error * scale);
  return {
    ratio,
    explanation: () => `${showInequality('‖Px − Py‖²', '⟨Px − Py, x − y⟩', excess, ratio)}, at γ = ${input.step}`,
  };
}

/** Σ ⟨x_j − Px_j, Px_{j+1} − Px_j⟩ ≤ 0 around every cycle: x − Px is a subgradient of one convex function (Rockafellar). */
function judgeCycle(operatorsAt: OperatorsAt, input: AverageCase): Judgement {
  const { points } = input;
  const images: Float64Array[] = [];
  for (const point of points) images.push(meanOf(operatorsAt, input, point));
  let total = 0;
  let scale = 0;
  let error = 0;
  points.forEach((point, j) => {
    const next = images[(j + 1) % points.length]!;
    error = Math.max(error, toleranceAt(input.problem, input.step, point).error);
    for (let i = 0; i < point.length; i++) {
      total += (point[i]! - images[j]![i]!) * (next[i]! - images[j]![i]!);
      scale += Math.abs(point[i]! - images[j]![i]!) + Math.abs(next[i]! - images[j]![i]!) + error;
    }
  });
  const ratio = total / (4 * error * scale);
  return { ratio, explanation: () => showInequality(`the cycle sum of ${points.length} points`, '0', total, ratio) };
}

/** P(x) minimises ½‖u − x‖² + γ r(u) for the proximal average r, whose value comes from the envelopes of the r_k. */
function judgeMinimiser(operatorsAt: OperatorsAt, input: AverageCase): Judgement {
  const oracle = oracleOf(input.problem);
  const target = proximalAverage({
    functions: oracle.functions,
    probabilities: oracle.probabilities,
    step: input.step,
  });
  const judgements = [];
  for (const y of input.points.slice(0, 2)) {
    const u = meanOf(operatorsAt, input, y);
    const tolerance = toleranceAt(input.problem, input.step, y);
    judgements.push(judgeProximalPoint({ target, step: input.step, y, u, ...tolerance }));
  }
  return worstOf(judgements);
}

/** Types whose prox is differentiable everywhere: the matrix of the last one makes entries move each other. */
const smoothTypes = ['squared-l2', 'quadratic', 'log-cosh', 'linear', 'semi-orthogonal'];

/** Half the width of the differences. */
const h = 2 ** -12;
/** Least slope that counts as one entry moving another. */
const leastCoupling = 2 ** -6;

/** ν of r(u) = g(Wu) with WWᵀ = νI; 0 for functions without a matrix. */
function frameBoundOf({ matrix }: FunctionSpecification): number {
  if (matrix === undefined) return 0;
  const { rows, data } = matrix as MatrixSpecification;
  return Array.from(data).reduce((sum, entry) => sum + entry * entry, 0) / rows;
}

/** The Jacobian of P⁰, by differences, is symmetric: with firm nonexpansiveness that makes P⁰ a gradient and hence a prox. */
function judgeSymmetry(operatorsAt: OperatorsAt, input: AverageCase): Judgement {
  const x = input.points[0]!;
  const columns: Float64Array[] = [];
  for (const j of x.keys()) {
    const up = meanOf(operatorsAt, input, x.with(j, x[j]! + h));
    const down = meanOf(operatorsAt, input, x.with(j, x[j]! - h));
    columns.push(up.map((value, i) => (value - down[i]!) / (2 * h)));
  }
  const { rounding } = toleranceAt(input.problem, input.step, x);
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) worst = Math.max(worst, Math.abs(columns[i]![j]! - columns[j]![i]!));
  }
  // Beside the rounding error divided by h, central differences are off by h²/6 times the third derivative. That of the prox of log cosh is the largest,
  // of the order of 1/s² for its scale s ≥ 1/8, and 0 for the others. Behind a matrix with WWᵀ = νI it is at most ν times as large.
  const bound = Math.max(1, ...input.problem.functions.map(frameBoundOf));
  const allowed = rounding / h + 64 * bound * h * h;
  return {
    ratio: worst / allowed,
    explanation: () => `the Jacobian of P is asymmetric by ${worst} at γ = ${input.step}`,
  };
}

/** Whether an entry of x moves another one of P⁰(x): symmetry says nothing where the Jacobian is diagonal. */
function isCoupled({ problem, step, points }: AverageCase): boolean {
  const { mean } = oracleOf(problem);
  const x = points[0]!;
  const [up, down] = [mean(step, x.with(0, x[0]! + h)), mean(step, x.with(0, x[0]! - h))];
  return Math.abs(up[1]! - down[1]!) > 2 * h * leastCoupling;
}

/**
 * P(x) = prox_{γr}(x − γ∇d(x)) for one closed proper convex r, equation (9). That r is the proximal average of the r_k with
 * parameter γ, not Σ θ_k r_k.
 */
export const claim = claimOf(operatorsOf, ({ operatorsAt }) =>
  propertyClaim({
    id: 'eq9-proximal-average',
    version: 1,
    source: { section: '2.1', equation: '(9)' },
    statement: 'P(x) = prox_{γr}(x − γ∇d(x)) for one closed, proper, convex r: the proximal average of the r_k',
    method:
      'firm nonexpansiveness, cyclic monotonicity, symmetric Jacobian, and optimality against the value of the proximal average',
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (implementation, budget) => {
      const part = (
        name: string,
        types: readonly string[],
        judge: (operatorsAt: OperatorsAt, input: AverageCase) => Judgement,
        dimension: fc.Arbitrary<number> = smallDimension(3),
        mayCouple = false,
      ): PropertyPart => {
        const plain = averageCase(generatableTypes(types), dimension);
        return propertyPart<AverageCase>({
          name,
          arbitrary: [plain, ...(mayCouple ? [plain.filter(isCoupled)] : [])],
          classify: (input) => [
            ...stepCategory(input.step),
            ...(new Set(input.problem.functions.map(({ type }) => type)).size > 1 ? ['mixed families'] : []),
            ...(mayCouple && isCoupled(input) ? ['coupled entries'] : []),
          ],
          mustReach: ['step 0.1', 'step 0.7', 'step 1', 'step 3', ...(mayCouple ? ['coupled entries'] : [])],
          judge: (input) => judge(operatorsAt, input),
        });
      };
      return [
        part('firmly nonexpansive', directFunctionTypes, judgeFirmness),
        part('cyclically monotone', directFunctionTypes, judgeCycle),
        part('minimiser of the proximal average', separableFunctionTypes, judgeMinimiser, smallDimension(2)),
        part('symmetric Jacobian', smoothTypes, judgeSymmetry, fc.constant(2), true),
        ...phantomPart(implementation, budget, judgePhantomAverage),
      ];
    },
  }),
);
