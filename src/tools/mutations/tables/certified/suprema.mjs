/** @type {readonly import('../../table.mjs').Group[]} */
export const certifiedSuprema = [
  {
    file: 'src/reference/certified/tail-bound.ts',
    caughtBy: ['src/reference/certified/tail-bound.test'],
    changes: [
      [
        'the smaller of two tail bounds counts',
        'return Math.max(Math.min(own, parabola), slope',
        'return Math.min(Math.min(own, parabola), slope',
      ],
      [
        'the larger of a point and its parabola counts',
        'Math.max(Math.min(own, parabola)',
        'Math.max(Math.max(own, parabola)',
      ],
      [
        'the error of the point has the other sign',
        'const own = point.value - point.valueError',
        'const own = point.value + point.valueError',
      ],
      [
        'the error of the floor has the other sign',
        'floor + point.regularizer - point.valueError',
        'floor + point.regularizer + point.valueError',
      ],
      ['the error of the slope has the other sign', '? 0 : value - error', '? 0 : value + error'],
      ['the slope points the other way', 'const value = direction * slope;', 'const value = -direction * slope;'],
      [
        'L/2 as concavity',
        'problem.concavity * (1 + ROUNDING) - problem',
        '(problem.concavity / 2) * (1 + ROUNDING) - problem',
      ],
      [
        'the curvature is counted twice',
        '- problem.curvature * (1 - ROUNDING)',
        '- 2 * problem.curvature * (1 - ROUNDING)',
      ],
      [
        'the parabola is convex',
        'slope * extent - (concavity / 2) * extent * extent',
        'slope * extent + (concavity / 2) * extent * extent',
      ],
      [
        'a positive slope is enough',
        'slope >= 0 && (concavity === 0 || extent <= (2 * slope) / concavity)',
        'slope >= 0',
      ],
      [
        'the valley is on the other side',
        'direction > 0 ? point.u >= valley : point.u <= valley',
        'direction > 0 ? point.u <= valley : point.u >= valley',
      ],
      [
        'the asymptotic slope of the other side',
        'const smooth = direction * slopes[side];',
        'const smooth = direction * slopes[1 - side]!;',
      ],
      [
        'a balance is unbounded',
        '< -SATURATION * (Math.abs(smooth) + size)',
        '<= SATURATION * (Math.abs(smooth) + size)',
      ],
      ['curvature does not bound', 'if (problem.curvature > 0) return false;', ''],
      [
        'any slope near its limit is saturated',
        'if (!limits.every((limit, k) => reached(residuals[k]!, limit))) return false;',
        '',
      ],
      ['d is saturated always', 'if (withSmooth && !reached(slope - regularizerSlope, own)) return false;', ''],
      [
        'a domain without end has one',
        'fn.violation(beyond) === 0) return Infinity',
        'fn.violation(beyond) === 1) return Infinity',
      ],
    ],
  },
  {
    file: 'src/reference/certified/decimal-sum.ts',
    caughtBy: ['src/reference/certified/decimal-sum.test'],
    changes: [
      ['the exponent forgets the fraction', 'Number(exponent) - fraction.length', 'Number(exponent)'],
      ['the exponents of a product are subtracted', 'x.exponent + y.exponent', 'x.exponent - y.exponent'],
      ['the sign is turned', 'sum > 0n ? 1 : sum < 0n ? -1 : 0', 'sum > 0n ? -1 : sum < 0n ? 1 : 0'],
    ],
  },
  {
    file: 'src/reference/certified/supremum.ts',
    caughtBy: ['src/reference/certified/supremum.test', 'src/reference/certified/variance.test'],
    slow: true,
    changes: [
      ['the smallest cell is split first', 'a.bound > b.bound ? -1 : 1', 'a.bound < b.bound ? -1 : 1'],
      ['the upper end is the lower', 'return { lower, upper }', 'return { lower, upper: lower }'],
      ['NaN bounds nothing', 'Number.isNaN(most) ? Infinity : most', 'Number.isNaN(most) ? 0 : most'],
    ],
  },
  {
    file: 'src/reference/certified/variance.ts',
    caughtBy: ['src/reference/certified/variance.test'],
    slow: true,
    changes: [
      ['the deviation is one-sided', 'return Math.max(above, -below);', 'return above;'],
      ['the upper end is attained', 'Math.sqrt(variance.lower)', 'Math.sqrt(variance.upper)'],
      [
        'the nearer end of a range counts',
        'Math.max(center - low[k]!, high[k]! - center)',
        'Math.min(center - low[k]!, high[k]! - center)',
      ],
      [
        'the weights of the variance are lost',
        'bound += theta[k]! * farthest * farthest',
        'bound += farthest * farthest',
      ],
      ['the mean forgets θ_k', '(1 - theta[k]!) * high[k]!', 'high[k]!'],
      ['σ is the variance', 'sigma: Math.sqrt(variance.upper)', 'sigma: variance.upper'],
      ['σ is the lower end', 'Math.sqrt(variance.upper)', 'Math.sqrt(variance.lower)'],
      [
        'σ of all is that of the largest coordinate',
        'certified.reduce((sum, noise) => sum + entry(noise) * entry(noise), 0)',
        'certified.reduce((most, noise) => Math.max(most, entry(noise) * entry(noise)), 0)',
      ],
      ['curvatures may differ', 'part.curvature !== curvature || ', ''],
      ['slopes are not shrunk', '[low / shrink, high / shrink] as const', '[low, high] as const'],
      ['σ is exact always', 'exact: ranges.every(([low, high]) => low === high)', 'exact: true'],
      [
        'different functions with one probability are equal',
        'keyOf([{ ...component, probability: 1 }])',
        'String(component.probability)',
      ],
    ],
  },
];
