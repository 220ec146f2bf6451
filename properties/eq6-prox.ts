import { stepCategory } from '../src/arbitraries/dyadic.js';
import { generatableTypes } from '../src/arbitraries/function-specification.js';
import { classifyPoint } from '../src/arbitraries/points.js';
import { type ProxCase, proxCase } from '../src/arbitraries/prox-case.js';
import type { Implementation } from '../src/claims/implementation.js';
import { judgePhantomProx } from '../src/claims/phantom-judgements.js';
import { phantomPart } from '../src/claims/phantom-parts.js';
import { maximumNorm, parameterMagnitude, unitRoundoff } from '../src/claims/precision.js';
import { propertyClaim, propertyPart } from '../src/claims/property-claim.js';
import { judgeProximalPoint, judgeStationarity, judgeVector, worstOf } from '../src/claims/proximal-optimality.js';
import { parseFunction, parseOnce, registry } from '../src/functions/index.js';

/** Accuracy that u is judged by: rounding, or what an iterative prox declares. */
function precisionOf(implementation: Implementation, type: string): number {
  const declared = implementation.description.accuracy?.[type] ?? 0;
  return Math.max(unitRoundoff(implementation.description.dtype), declared);
}

/** What every run must have met: the guaranteed steps, 1-element and zero vectors, kinks and both sides of a domain. */
function placesToReach(type: string): string[] {
  const always = ['step 0.1', 'step 0.7', 'step 1', 'step 3', 'one element', 'zero vector'];
  const definition = registry.get(type)!.definition;
  // A wrapper has the kinks and the domain of whatever it wraps, so no single run need meet them.
  if ('inner' in definition.parameters || 'blocks' in definition.parameters) return always;
  const example = parseFunction({ type, ...definition.examples[0] });
  const coordinate = example.coordinate?.(0) ?? example;
  return [
    ...always,
    ...(coordinate.kinks?.(1).some(Number.isFinite) ? ['kink', 'near a kink'] : []),
    ...(example.violation ? ['inside', 'outside'] : []),
    ...(definition.traits.separable === 'no' ? ['tie'] : []),
  ];
}

/**
 * prox_{γr}(y) = argmin_x ½‖x − y‖² + γr(x), equation (6): u is judged by the variational inequality of the minimiser against the
 * suite's own value of r, and another implementation's u also by the distance to the suite's own minimiser.
 */
export const claim = propertyClaim({
  id: 'eq6-prox',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox_{γr}(y) is the unique minimiser of ½‖x − y‖² + γ r(x)',
  method:
    'variational inequality against an independently written r at neighbours, kinks, ties and members of the domain',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => [
    ...generatableTypes(implementation.description.functions).map((type) =>
      propertyPart<ProxCase>({
        name: type,
        arbitrary: proxCase(type, implementation.description.functions),
        classify: ({ specification, step, y }) => [
          ...classifyPoint(y, parseOnce(specification), step),
          ...stepCategory(step),
        ],
        mustReach: placesToReach(type),
        async judge({ specification, step, y }) {
          const target = parseOnce(specification);
          const u = await implementation.prox(specification, step, y.slice());
          const precision = Math.max(precisionOf(implementation, type), target.accuracy ?? 0);
          const magnitude = parameterMagnitude(specification);
          const rival = implementation.reference ? undefined : target.prox(y, step);
          const claimed = { target, step, y, u, precision, magnitude, ...(rival ? { rival } : {}) };
          const judgements = [judgeProximalPoint(claimed)];
          if (u.length !== y.length) return judgements[0]!;
          if (target.gradient !== undefined) judgements.push(judgeStationarity(claimed));
          // Minimisers of a non-convex function tie: another one is as right as the suite's own.
          if (rival !== undefined && target.convex) {
            const scale = maximumNorm(y) + maximumNorm(rival) + (1 + step) * Math.max(magnitude, 2 ** -20);
            const distance = judgeVector('prox_{γr}(y)', u, rival, () => 64 * precision * scale);
            const worst = worstOf([...judgements, distance]);
            const [optimality] = judgements;
            // Whichever of them fails, a reader wants the right answer and why the returned one is not.
            return {
              ratio: worst.ratio,
              explanation: () =>
                `${distance.explanation!()}; ${(worst === distance ? optimality! : worst).explanation!()}`,
            };
          }
          return worstOf(judgements);
        },
      }),
    ),
    ...phantomPart(implementation, budget, judgePhantomProx),
  ],
});
