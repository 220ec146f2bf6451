/** @type {readonly import('../../table.mjs').Group[]} */
export const certifiedInfima = [
  {
    file: 'src/reference/certified/convex-minimizers.ts',
    caughtBy: ['src/reference/certified/convex-minimizers.test'],
    changes: [
      ['any d is convex', 'if (!smooth.convex) return undefined;', ''],
      ['slopes have no rounding', 'slope - slopeError >= 0', 'slope >= -1'],
      ['the minimiser is the far end', 'x - below.u + below.error', 'x - left.u + left.error'],
      ['the gradient is the distance', '+ rounding) / modulus', '+ rounding) / (64 * modulus)'],
      ['f* is f at a point', 'value - error - descent', 'value + error'],
    ],
  },
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
      ],
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
    caughtBy: ['src/reference/certified/strongly-convex-infimum.test', 'src/claims/theorems/objective-constants.test'],
    changes: [
      [
        'at a tiny step x hardly moves',
        '1 / (step * (lipschitz + curvature))',
        'Math.min(1, 1 / (step * (lipschitz + curvature)))',
      ],
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
];
