import fc from 'fast-check';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, specificationOf } from '../../reference/functions/index.js';
import { type PhaseRetrievalProblem, phaseRetrievalProblem } from '../../reference/imaging/phase-retrieval-problem.js';
import { createProblem } from '../../reference/problem/create-problem.js';
import type { Problem } from '../../reference/problem/problem.js';
import type { Depth } from '../claim.js';
import type { Implementation } from '../implementation/implementation.js';
import type { Judgement } from '../judges/judgement.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

/** Size of the phase-retrieval problem: the paper's own from standard depth on, a small one for the test suite. */
export const phantomSize: Readonly<
  Record<Depth, { readonly side: number; readonly measurements: number; readonly weight: number }>
> = {
  // λ is smaller on the small image, whose edges are a larger share of it.
  quick: { side: 12, measurements: 400, weight: 3e-4 },
  standard: { side: 50, measurements: 3000, weight: 1e-3 },
  deep: { side: 50, measurements: 3000, weight: 1e-3 },
};

/** Multiples of λ of the three total variations whose proximal average stands for a stochastic r on real input. */
const multiples = [0.5, 1, 2] as const;
const probabilities = [0.25, 0.5, 0.25] as const;

/** The paper's imaging problem, and beside it the same d with three components r_k in place of its one. */
export interface PhantomCase extends PhaseRetrievalProblem {
  /** The step the claims use on it: γ ≥ 2 diverges. */
  readonly step: number;
  readonly side: number;
  /** d with r_k = λ_k TV, K = 3. */
  readonly stochastic: Problem;
  readonly components: readonly ProximableFunction[];
  /** Relative accuracy of the iterative prox. */
  readonly accuracy: number;
}

const built = new Map<string, PhantomCase>();

/**
 * The case of a depth; data built once per seed, because the matrix of the full size holds 60 MB, and a problem of its own for
 * each caller, because its total variation remembers its last call.
 */
export function phantomCase(depth: Depth, seed: string): PhantomCase {
  const { side, measurements, weight } = phantomSize[depth];
  const key = `${side}/${measurements}/${seed}`;
  let found = built.get(key);
  if (found === undefined) {
    built.clear();
    const base = phaseRetrievalProblem({ side, measurements, weight, startDeviation: 0.1, seed });
    const components = multiples.map((multiple) =>
      parseFunction({
        type: 'total-variation-2d',
        weight: multiple * weight,
        shape: [side, side],
        variant: 'isotropic',
      }),
    );
    found = {
      ...base,
      step: 0.5,
      side,
      stochastic: createProblem({
        smooth: base.problem.smooth,
        functions: components,
        probabilities: [...probabilities],
      }),
      components,
      accuracy: Math.max(...components.map((component) => component.accuracy ?? 0)),
    };
    built.set(key, found);
  }
  const { smooth, functions, probabilities: theta } = found.problem;
  const fresh = functions.map((fn) => parseFunction(specificationOf(fn)));
  return { ...found, problem: createProblem({ smooth, functions: fresh, probabilities: theta }) };
}

/** One part that judges the paper's own problem: for the reference only, since a request would carry the whole matrix. */
export function phantomPart(
  implementation: Implementation,
  budget: { readonly depth: Depth; readonly seed: string },
  judge: (input: PhantomCase) => Judgement,
): PropertyPart[] {
  if (!implementation.reference) return [];
  const { side, measurements } = phantomSize[budget.depth];
  return [
    propertyPart<{ readonly side: number; readonly seed: string }>({
      name: `phantom ${side}×${side}, m = ${measurements}`,
      arbitrary: fc.constant({ side, seed: budget.seed }),
      runs: 1,
      judge: ({ seed }) => judge(phantomCase(budget.depth, seed)),
    }),
  ];
}
