import { kinks, vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const norms = [
  {
    file: 'src/reference/functions/norms/l1.ts',
    ...vocabulary,
    changes: [
      [
        'the threshold forgets the step',
        'const threshold = step * weight;\n        for (let i = 0; i < y.length; i++) {',
        'const threshold = weight;\n        for (let i = 0; i < y.length; i++) {',
      ],
      [
        'a negative entry is shrunk away from 0',
        'yi < -threshold ? yi + threshold',
        'yi < -threshold ? yi - threshold',
      ],
      ['the dividend of the residual is not divided', 'Math.min(weight, y[i]! / step)', 'Math.min(weight, y[i]!)'],
      ['the range is one-sided', 'subgradientRange: [-weight, weight]', 'subgradientRange: [0, weight]'],
      ['the dual ball has radius 1', 'distanceToBox(p, -weight, weight)', 'distanceToBox(p, -1, 1)'],
    ],
  },
  {
    file: 'src/reference/functions/norms/l2.ts',
    ...vocabulary,
    changes: [
      [
        'entries are shrunk one by one',
        'left > 0 ? left * (y[i]! / norm)',
        'left > 0 ? y[i]! - step * weight * Math.sign(y[i]!)',
      ],
      [
        'the residual has the length of y',
        'norm > threshold ? threshold * (y[i]! / norm) : y[i]!',
        'norm > threshold ? norm * (y[i]! / norm) : y[i]!',
      ],
      ['the norm is squared', 'return weight * euclideanNorm(u)', 'return weight * euclideanNorm(u) ** 2'],
    ],
  },
  {
    file: 'src/reference/functions/norms/linf.ts',
    ...vocabulary,
    changes: [
      [
        'the level forgets the step',
        'threshold(y, step * weight);\n        const level',
        'threshold(y, weight);\n        const level',
      ],
      ['a sign is lost', 'y[i]! < 0 ? -over : over', 'over'],
      ['the largest is that of the entries', 'Math.max(largest, Math.abs(u[i]!))', 'Math.max(largest, u[i]!)'],
    ],
  },
  {
    file: 'src/reference/functions/norms/max.ts',
    ...vocabulary,
    changes: [
      [
        'the largest is that of the magnitudes',
        'largest = Math.max(largest, u[i]!);\n        return',
        'largest = Math.max(largest, Math.abs(u[i]!));\n        return',
      ],
      ['the prox is from below', 'Math.min(y[i]!, largest - depth)', 'Math.max(y[i]!, largest - depth)'],
      ['negative entries are in the simplex', 'negative ||= p[i]! < 0;', ''],
    ],
  },
  {
    file: 'src/reference/functions/norms/grouped-norm.ts',
    ...vocabulary,
    changes: [
      ['a group is shrunk by its size', '(norm - threshold) * (entry / norm)', '(norm - threshold) * entry'],
      ['the weight of the first group is that of all', 'weight: weights[g]!, entries', 'weight: weights[0]!, entries'],
      [
        'the violation of groups is that of all',
        'Math.max(0, normOf(parts[g]!, p) - weights[g]!)',
        'Math.max(0, normOf(parts[0]!, p) - weights[g]!)',
      ],
    ],
  },
  {
    file: 'src/reference/functions/norms/sorted-l1.ts',
    caughtBy: ['properties/mutants/kill-matrix.test'],
    slow: true,
    changes: [
      [
        'a wrong value is left to a claim that misses it at one seed in twenty-five',
        "in the order of the entries',\n      killedBy: 'function-values'",
        "in the order of the entries',\n      killedBy: 'prox-values'",
      ],
    ],
  },
  {
    file: 'src/reference/functions/norms/l1.ts',
    ...kinks,
    changes: [
      [
        'a kink is a few per cent off',
        'kinks: (step) => [0, -step * weight, step * weight]',
        'kinks: (step) => [0, -step * weight, 1.03 * step * weight]',
      ],
      [
        'a kink forgets the step',
        'kinks: (step) => [0, -step * weight, step * weight]',
        'kinks: () => [0, -weight, weight]',
      ],
    ],
  },
];
