import { parseProblem } from '../../src/library/algorithms.js';
import type { Judgement } from '../../src/library/claims.js';
import {
  certifiedFamilies,
  certifiedSmoothTypes,
  claimOf,
  propertyClaim,
  propertyPart,
  type SmoothProblemCase,
  smoothProblemCase,
  worstOf,
} from '../../src/library/testing.js';

/** The constants of one problem at one step. */
export interface Constants {
  readonly lipschitz?: number;
  readonly coordinateLipschitz?: Float64Array;
  readonly sigma?: number;
  readonly coordinateSigma?: Float64Array;
}

/** L = ‖L‖_∞ exactly, σ = ‖σ‖₂ to the roundings of n squares, their sum and a root. */
function judge({ lipschitz, coordinateLipschitz, sigma, coordinateSigma }: Constants): Judgement {
  const largest = Math.max(...coordinateLipschitz!);
  const judgements: Judgement[] = [
    {
      ratio: lipschitz === largest ? 0 : Number.POSITIVE_INFINITY,
      explanation: () => `L is ${lipschitz}, ‖L‖_∞ is ${largest}`,
    },
  ];
  if (sigma !== undefined) {
    const norm = Math.hypot(...coordinateSigma!);
    judgements.push({
      ratio: norm === 0 && sigma === 0 ? 0 : Math.abs(sigma - norm) / (2 ** -50 * norm),
      explanation: () => `σ is ${sigma}, ‖σ‖₂ is ${norm}`,
    });
  }
  return worstOf(judgements);
}

export const claim = claimOf({ certified: (constants: Constants) => constants }, ({ certified }) =>
  propertyClaim({
    id: 'certified-constants',
    version: 1,
    source: { section: '2.2', equation: 'after Assumption 2' },
    statement: 'the certified constants of a problem satisfy L = ‖L‖_∞ and σ = ‖σ‖₂',
    method: 'both constants of generated problems of the certified families: L bit for bit, σ to rounding',
    hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
    requires: { referenceOnly: true },
    success: 'holds',
    parts: () => [
      propertyPart<SmoothProblemCase>({
        name: 'certified constants',
        arbitrary: smoothProblemCase({
          smoothTypes: certifiedSmoothTypes,
          families: certifiedFamilies,
          maximumDimension: 3,
        }),
        judge: ({ problem, x, step }) => judge(certified(parseProblem(problem).at(step).constants(x.length))),
        classify: ({ problem, x, step }) => {
          const { sigma = 0 } = parseProblem(problem).at(step).constants(x.length);
          return [...(x.length > 1 ? ['several coordinates'] : []), ...(sigma > 0 ? ['noise'] : [])];
        },
        mustReach: ['several coordinates', 'noise'],
        runs: 40,
      }),
    ],
  }),
);
