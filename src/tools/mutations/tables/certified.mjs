/** @type {readonly import('../table.mjs').Group[]} */
export const certified = [
  {
    file: 'src/reference/certified/infimum.ts',
    caughtBy: ['src/reference/certified/infimum.test'],
    changes: [
      [
        'coordinates that differ in d alone share an infimum',
        '${JSON.stringify([type, parameters])} ${keyOf(parts.components)}',
        '${JSON.stringify([type])} ${keyOf(parts.components)}',
      ],
      [
        'coordinates that differ in r alone share an infimum',
        '${JSON.stringify([type, parameters])} ${keyOf(parts.components)}',
        '${JSON.stringify([type, parameters])}',
      ],
      [
        'a coordinate is skipped',
        'certified.reduce((sum, interval) => sum + interval.lower, 0)',
        'certified.slice(1).reduce((sum, interval) => sum + interval.lower, 0)',
      ],
      ['one of two tails is forgotten', 'Math.min(sides[0]!.tail, sides[1]!.tail)', 'sides[0]!.tail'],
      [
        'the better of two tails counts',
        'Math.min(sides[0]!.tail, sides[1]!.tail)',
        'Math.max(sides[0]!.tail, sides[1]!.tail)',
      ],
      [
        'unbounded to the left is overlooked',
        'isUnbounded(problem, -1) || isUnbounded(problem, 1)',
        'isUnbounded(problem, 1)',
      ],
      [
        'the best value forgets its error',
        'best = point.value + point.valueError;',
        'best = point.value - point.valueError;',
      ],
      [
        'the concavity is halved',
        'Math.max(0, problem.concavity - problem.curvature)',
        'Math.max(0, problem.concavity / 2 - problem.curvature)',
      ],
      [
        'the parabola from the left forgets its half',
        'from.slope * t - (concavity / 2) * t * t',
        'from.slope * t - concavity * t * t',
        'A weaker bound of a cell is as right: the cell is divided once more.',
      ],
      ['the error of a cell is added', 'left(crossing)) : ends) - error', 'left(crossing)) : ends) + error'],
      [
        'the crossing has the other sign',
        '(from.value - to.value + to.slope * width',
        '(to.value - from.value + to.slope * width',
      ],
      ['the lower end is the best value', 'lower: Math.min(lower, bound, best)', 'lower: best'],
      [
        'the rounding of the sum narrows',
        'lower: lower - rounding, upper: upper + rounding',
        'lower: lower + rounding, upper: upper - rounding',
        'The intervals of the coordinates are far wider than the rounding of their sum.',
      ],
    ],
  },
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
    file: 'src/reference/certified/coordinate-objective.ts',
    caughtBy: [
      'src/reference/certified/coordinate-objective.test',
      'src/reference/certified/infimum.test',
      'src/reference/certified/tail-bound.test',
    ],
    changes: [
      [
        'L/2 is the concavity',
        'smooth.convex ? 0 : smooth.lipschitz;',
        'smooth.convex ? 0 : smooth.lipschitz && smooth.lipschitz / 2;',
      ],
      ['no d is concave', 'smooth.convex ? 0 : smooth.lipschitz;', '0 as number | undefined;'],
      [
        'the curvature of the average is the average',
        '(probability * curvature) / (1 + step * curvature)',
        'probability * curvature',
      ],
      ['the variance counts whole', 'values + (step / 2) * variance', 'values + step * variance'],
      ['the variance is subtracted', 'values + (step / 2) * variance', 'values - (step / 2) * variance'],
      ['d is evaluated at y', 'point[0] = u;', 'point[0] = y;'],
      ['the slope forgets d', 'slope: derivative + mean,', 'slope: mean,'],
      ['declared accuracy is forgotten', 'accuracy = Math.max(accuracy, fn.accuracy ?? 0);', ''],
      ['values have no error', 'valueError: accuracy * (valueScale', 'valueError: 0 * (valueScale'],
    ],
  },
  {
    file: 'src/reference/certified/quadratic-part.ts',
    caughtBy: ['src/reference/certified/quadratic-part.test'],
    changes: [
      ['a shift has the other sign', 'slopes }, -curvature * by)', 'slopes }, curvature * by)'],
      [
        'the elastic net has the curvature of its first weight',
        "curvature: parameter('l2Weight')",
        "curvature: parameter('l1Weight')",
      ],
      ['a factor scales the slopes alone', 'curvature: curvature * factor, slopes: [low', 'curvature, slopes: [low'],
      ['a stretch is not squared', 'curvature * factor * factor', 'curvature * factor'],
      ['a negative stretch keeps the order', '[Math.min(...ends), Math.max(...ends)]', 'ends as [number, number]'],
      ['a regularisation forgets its centre', 'tilt(inner, -weight * center)', 'inner'],
      ['a regularisation forgets its weight', 'curvature: curvature + weight', 'curvature'],
    ],
  },
  {
    file: 'src/reference/certified/strongly-convex-infimum.ts',
    caughtBy: ['src/reference/certified/strongly-convex-infimum.test'],
    changes: [
      ['the gap forgets its half', 'squared / (2 * modulus)', 'squared / (4 * modulus)'],
      ['the gap is that of L', 'squared / (2 * modulus)', 'squared / (2 * lipschitz)'],
      ['the best lower end is the lowest', 'Math.max(best.lower, value', 'Math.min(best.lower, value'],
      [
        'the upper end narrows by its rounding',
        'Math.min(best.upper, value + rounding)',
        'Math.min(best.upper, value - rounding)',
      ],
      ['inaccurate functions are certified', '(fn.accuracy ?? 0) > 0', 'false'],
    ],
  },
  {
    file: 'src/reference/certified/coupled-infimum.ts',
    caughtBy: ['src/reference/certified/infimum.test'],
    changes: [
      ['the tangent of a d that is not convex', '(t > 0 && !smooth.convex) || ', ''],
      ['the upper end has no rounding', 'best.value + ROUNDING * best.size', 'best.value - ROUNDING * best.size'],
      ['the tangent passes through 0', 'smooth.value(best.x) - innerProduct(slope, best.x)', 'smooth.value(best.x)'],
      ['the tilt has the other sign', 'slope.map((value) => t * value)', 'slope.map((value) => -t * value)'],
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
