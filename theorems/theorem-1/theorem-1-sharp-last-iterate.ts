import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../src/claims/arbitraries/smooth-problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { coordinateConstants, largestOf, pointOf } from '../../src/claims/proofs/lines/exact-iteration.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { fromDouble, one } from '../../src/exact/arithmetic/rational.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';

const { sum, product, quotient, negative, of } = exact;
const { squaredNorm } = vectorsOver(exact);

/**
 * The step that nobody sees. The left side ends at x^{T−1}, so the last step may be taken with any length η along −G, without noise; the best
 * length η = ½(1/L + γ) gives
 *
 *     f* ≤ f(x − ηG(x)) ≤ f(x) − (1 + 2γL − (γL)²)/(4L) ‖G(x)‖²,
 *
 * which is γ(1 − γL/2) + (1 − γL)²/(4L) times ‖G(x)‖². Hence Theorem 1♯ also bounds (1/T)(Σ_t E‖G(x^{t−1})‖² + wE‖G(x^{T−1})‖²) with
 * w = (1 − γL)²/(4γL − 2(γL)²): at the paper's step the last iterate counts about √T/4 times more.
 */
export const claim = claimOf({ gain: 1 }, ({ gain }) =>
  propertyClaim({
    id: 'theorem-1-sharp-last-iterate',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 1♯, last iterate' },
    statement: 'f(x − ηG(x)) ≤ f(x) − [γ(1 − γL/2) + (1 − γL)²/(4L)]‖G(x)‖² for η = ½(1/L + γ)',
    method: 'on generated instances of the certified families, in rationals without a tolerance',
    hypotheses: ['assumption-1b', 'assumption-1c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<SmoothProblemCase>({
        name: 'in rationals',
        arbitrary: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies }),
        judge(input) {
          const x = Array.from(input.x, fromDouble);
          const problem = rationalProblem(input.problem, x.length);
          const largest = largestOf(coordinateConstants(problem));
          const lipschitz = largest.n === 0n ? one : largest;
          const step = fromDouble(input.step);
          const at = atStep(problem, step);
          const mapping = at.residualMapping(problem.probabilities, x);
          const length = product(of(1 / 2), sum(quotient(one, lipschitz), step));
          const moved = x.map((value, i) => sum(value, negative(product(length, mapping[i]!))));
          const curved = product(step, lipschitz);
          const rest = sum(one, negative(curved));
          const descent = sum(
            product(step, sum(one, negative(product(of(1 / 2), curved)))),
            quotient(product(of(gain), rest, rest), product(of(4), lipschitz)),
          );
          return judgeLines(
            [
              {
                name: 'f(x − ηG) ≤ …',
                left: objective(exact, pointOf(at, moved)),
                relation: '≤',
                right: sum(objective(exact, pointOf(at, x)), negative(product(descent, squaredNorm(mapping)))),
              },
            ],
            exact,
            false,
          );
        },
      }),
    ],
  }),
);
