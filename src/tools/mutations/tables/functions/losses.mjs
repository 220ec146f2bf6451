import { vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const losses = [
  {
    file: 'src/reference/functions/losses/huber.ts',
    ...vocabulary,
    changes: [
      ['the line does not meet the parabola', 'threshold * (size - threshold / 2)', 'threshold * (size - threshold)'],
      ['the wrong branch', 'Math.abs(inner) > threshold ? y[i]!', 'Math.abs(inner) < threshold ? y[i]!'],
      ['the conjugate forgets its half', 'sum / (2 * weight)', 'sum / weight'],
      ['the range forgets the weight', 'const steepest = weight * threshold', 'const steepest = threshold'],
      [
        'L is the steepest slope',
        'smooth: { lipschitz: weight, coordinate',
        'smooth: { lipschitz: steepest, coordinate',
      ],
    ],
  },
  {
    file: 'src/reference/functions/losses/hinge.ts',
    ...vocabulary,
    changes: [
      ['the hinge moves down', 'Math.min(yi + reach, 1)', 'Math.min(yi - reach, 1)'],
      ['the margin is 0', 'Math.max(0, 1 - u[i]!)', 'Math.max(0, -u[i]!)'],
      ['the range is two-sided', 'subgradientRange: [-weight, 0]', 'subgradientRange: [-weight, weight]'],
    ],
  },
  {
    file: 'src/reference/functions/losses/logistic.ts',
    ...vocabulary,
    changes: [
      ['L is the weight', 'lipschitz: weight / 4, coord', 'lipschitz: weight / 8, coord'],
      ['a positive argument overflows its slope', 'weight * sigmoid(u[i]!)', 'weight * sigmoid(-u[i]!)'],
      [
        'the conjugate forgets the weight',
        'return weight * sum;\n        };\n        return onDomain',
        'return sum;\n        };\n        return onDomain',
      ],
    ],
  },
  {
    file: 'src/reference/functions/losses/squared-hinge.ts',
    ...vocabulary,
    changes: [
      ['the value forgets its half', '(weight / 2) * sum', 'weight * sum'],
      ['the prox of large steps divides by t', '1 + gap / (1 + t)', '1 + gap / t'],
      ['the range is two-sided', '[-Infinity, 0] : [0, 0]', '[-Infinity, Infinity] : [0, 0]'],
    ],
  },
];
