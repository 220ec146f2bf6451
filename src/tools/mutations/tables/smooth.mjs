const smoothTest = { caughtBy: ['src/reference/smooth/smooth.test'] };

/** @type {readonly import('../table.mjs').Group[]} */
export const smooth = [
  {
    file: 'src/reference/smooth/cosine.ts',
    ...smoothTest,
    changes: [
      ['the value forgets its 2', '2 * parameters.weight * s * s', 'parameters.weight * s * s'],
      ['the slope has the other sign', 'parameters.weight * Math.sin(u)', '-parameters.weight * Math.sin(u)'],
      ['the cosine is convex', 'convex: parameters.weight === 0', 'convex: true'],
    ],
  },
  {
    file: 'src/reference/smooth/geman-mcclure.ts',
    ...smoothTest,
    changes: [
      [
        'L forgets a scale',
        'quotientUp(quotientUp(2 * parameters.weight, parameters.scale), parameters.scale)',
        'quotientUp(2 * parameters.weight, parameters.scale)',
      ],
      ['the slope forgets a square', '(parameters.scale * q)', 'parameters.scale'],
      ['the value is convex', '1 + 1 / (t * t)', '1 + t * t'],
    ],
  },
  {
    file: 'src/reference/smooth/huber.ts',
    ...smoothTest,
    changes: [
      ['the line does not meet the parabola', 'threshold * (a - threshold / 2)', 'threshold * (a - threshold)'],
      [
        'the slopes far out are the thresholds',
        'const steepest = parameters.weight * threshold',
        'const steepest = threshold',
      ],
      ['the slope is clipped above only', 'Math.max(-threshold, Math.min(u, threshold))', 'Math.min(u, threshold)'],
    ],
  },
  {
    file: 'src/reference/smooth/log-cosh.ts',
    ...smoothTest,
    changes: [
      ['large arguments forget log 2', 'a - Math.LN2 + Math.log1p', 'a + Math.log1p'],
      ['the scale is not squared', 'steepest * scale * logCosh', 'steepest * logCosh'],
      ['the valley is at the scale', 'valley: 0', 'valley: scale'],
    ],
  },
  {
    file: 'src/reference/smooth/least-squares.ts',
    ...smoothTest,
    changes: [
      ['the value forgets its half', 'return total / 2;', 'return total;'],
      ['the residual has the other sign', 'product - target[row]!', 'product + target[row]!'],
      ['no strong convexity is some', 'modulus > 0 && {', 'modulus >= 0 && {'],
    ],
  },
  {
    file: 'src/reference/smooth/logistic-regression.ts',
    ...smoothTest,
    changes: [
      ['L forgets its quarter', 'squaredSpectralNormBound(a) / 4', 'squaredSpectralNormBound(a) / 8'],
      ['the label is lost', '-labels[row]! / (1', '-1 / (1'],
      ['labels of any size are accepted', 'if (Math.abs(label) !== 1) throw', 'if (label === 0) throw'],
      ['a large margin overflows', 'Math.exp(-Math.abs(margin))', 'Math.exp(-margin)'],
    ],
  },
  {
    file: 'src/reference/smooth/phase-retrieval.ts',
    ...smoothTest,
    changes: [
      ['the slope forgets its 2', 'return 2 * misfit * amplitude', 'return misfit * amplitude'],
      [
        'the amplitude is not squared',
        'const misfit = amplitude * amplitude - intensities[j]!',
        'const misfit = Math.abs(amplitude) - intensities[j]!',
      ],
      ['values are summed over calls', 'misfits = 0;\n        a.sweep', 'a.sweep'],
    ],
  },
  {
    file: 'src/reference/smooth/quadratic.ts',
    ...smoothTest,
    changes: [
      ['the largest curvature makes it convex', 'Math.min(least, a)', 'Math.max(least, a)'],
      ['a negative curvature has no L', 'Math.max(largest, Math.abs(a)), 0)', 'Math.max(largest, a), 0)'],
      [
        'the gradient forgets the centre',
        'entry(curvature, i) * (x[i]! - entry(center, i))',
        'entry(curvature, i) * x[i]!',
      ],
      ['a concave parabola is bounded', 'lowest >= 0 ? 0 : Number.NEGATIVE_INFINITY', '0'],
      [
        'a concave parabola falls to the right alone',
        '{ asymptoticSlopes: [Infinity, -Infinity] }',
        '{ asymptoticSlopes: [-Infinity, -Infinity] }',
      ],
      [
        'the first curvature is that of every coordinate',
        'smoothQuadratic({ curvature: entry(curvature, i),',
        'smoothQuadratic({ curvature: entry(curvature, 0),',
      ],
    ],
  },
  {
    file: 'src/reference/smooth/matrix/gram-bounds.ts',
    caughtBy: ['src/reference/smooth/matrix/gram-bounds.test'],
    changes: [
      ['rows with signs cancel', 'sum += Math.abs(product[i * columns + k]!)', 'sum += product[i * columns + k]!'],
      ['the eigenvalue is not scaled back', 'bound * scale * scale - Number', 'bound - Number'],
      [
        'a wide matrix has a smallest eigenvalue',
        '|| matrix.rows < columns',
        '',
        'AᵀA of a wide matrix is singular, so that the certified lower bound of its smallest eigenvalue, which is never negative, is 0.',
      ],
      ['the upper end of the bisection', 'const bound = low - 2', 'const bound = 2 * high - 2'],
    ],
  },
  {
    file: 'src/reference/smooth/matrix/cholesky.ts',
    caughtBy: ['src/reference/smooth/matrix/cholesky.test'],
    changes: [
      ['the factor forgets a row', 'pivot -= factor[top + k]! * factor[top + k]!', 'pivot -= factor[top + k]!'],
      ['a pivot that is no number is positive', 'if (!(pivot > 0)) return false', 'if (pivot <= 0) return false'],
      ['the rest of a block is not eliminated', 'if (to < order) subtractProducts', 'if (to > order) subtractProducts'],
      ['the last rows are left out', 'for (let a = 0; i + a < order; a++)', 'for (let a = 0; i + a < order - 1; a++)'],
      ['the rows are the columns', "of === 'rows' ?", "of !== 'rows' ?"],
    ],
  },
  {
    file: 'src/reference/smooth/matrix/spectral-norm.ts',
    caughtBy: ['src/reference/smooth/matrix/spectral-norm.test'],
    changes: [
      ['the factorisation does not round', 'c * (1 + order * (order + 2) * UNIT) * (1 + 2 * UNIT)', 'c'],
      ['the Gram matrix does not round', '(bound + gramError) * (1 + 2 * UNIT)', 'bound'],
      ['c is below the estimate', '(1 + margin) * Math.max(estimate, 1)', '(1 - margin) * Math.max(estimate, 1)'],
      ['the estimate is taken for a bound', 'isFactorisable(opposite, order, -c) ?', 'order > 0 ?'],
    ],
  },
  {
    file: 'src/reference/smooth/matrix/matrix.ts',
    ...smoothTest,
    changes: [
      [
        'the columns after the last four are left out',
        'for (let i = blocked; i < columns; i++) s0 +=',
        'for (let i = blocked; i < blocked; i++) s0 +=',
      ],
      ['the fourth sum is lost', 'return s0 + s1 + (s2 + s3)', 'return s0 + s1 + s2'],
    ],
  },
  {
    file: 'src/reference/functions/parameters/matrix.ts',
    ...smoothTest,
    changes: [['no rows are accepted', 'Number.isInteger(count) && count >= 1', 'Number.isInteger(count)']],
  },
];
