import { kinks, vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const calculus = [
  {
    file: 'src/reference/functions/calculus/scaled.ts',
    ...vocabulary,
    changes: [
      [
        'the divided residual forgets the factor',
        'for (let i = 0; i < result.length; i++) result[i]! *= factor;\n        return result;\n      },\n      ...(inner.conjugate',
        'return result;\n      },\n      ...(inner.conjugate',
      ],
      [
        'the prox divides the step',
        'inner.prox(y, requireStep(TYPE, step) * factor, out)',
        'inner.prox(y, requireStep(TYPE, step) / factor, out)',
      ],
      [
        'the conjugate is not scaled',
        'value: (p) => factor * conjugate.value(divided(p))',
        'value: (p) => conjugate.value(divided(p))',
      ],
      [
        'the range is that of the inner function',
        '[factor * inner.subgradientRange[0], factor * inner.subgradientRange[1]] as const',
        'inner.subgradientRange',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/translated.ts',
    ...vocabulary,
    changes: [
      ['the shift has the other sign', 'difference[i] = u[i]! - shift[i]!', 'difference[i] = u[i]! + shift[i]!'],
      ['the prox is not moved back', 'result[i]! += shift[i]!;', 'result[i]! += 0;'],
      [
        'the conjugate is tilted the other way',
        'conjugate.value(p) + innerProduct(shift, p)',
        'conjugate.value(p) - innerProduct(shift, p)',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/tilted.ts',
    ...vocabulary,
    changes: [
      ['the prox is moved up', 'y[i]! - step * slope[i]!', 'y[i]! + step * slope[i]!'],
      ['the residual is not tilted', 'result[i]! += step * slope[i]!;', 'result[i]! += 0;'],
      ['the range is not tilted', '[inner.subgradientRange[0] + slope[0]!, inner', '[inner.subgradientRange[0], inner'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/precomposed.ts',
    ...vocabulary,
    changes: [
      [
        'the step is not squared',
        'divide(inner.prox(stretched(y), step * factor * factor, proxReceiver',
        'divide(inner.prox(stretched(y), step * factor, proxReceiver',
      ],
      [
        'the gradient forgets the chain rule',
        'multiply(inner.gradient!(stretched(u), receiver(TYPE, u, out, dimension)))',
        'inner.gradient!(stretched(u), receiver(TYPE, u, out, dimension))',
      ],
      [
        'a negative factor keeps the order of the range',
        'inner.subgradientRange[factor > 0 ? 0 : 1]',
        'inner.subgradientRange[0]',
      ],
      [
        'the violation is stretched',
        'inner.violation!(stretched(u)) / Math.abs(factor)',
        'inner.violation!(stretched(u)) * Math.abs(factor)',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/semi-orthogonal.ts',
    ...vocabulary,
    changes: [
      ['a square matrix keeps the step', 'inner.prox(z, step * frameBound, z));', 'inner.prox(z, step, z));'],
      ['a wide matrix keeps the step', 'inner.prox(analysed(y), step * frameBound);', 'inner.prox(analysed(y), step);'],
      ['a far y leaves its rounding', 'pass < 2; pass++', 'pass < 1; pass++'],
      ['what a wide matrix does not see is lost', 'if (result !== y) result.set(y);', 'result.fill(0);'],
      ['an error goes as far as its image', ' / Math.sqrt(frameBound),', ','],
      ['the conjugate is finite out of the range', 'if (rows === columns) return 0;', 'if (rows > 0) return 0;'],
      ['the conjugate forgets the bound', 'q[j]! /= frameBound;', 'q[j]! /= 1;'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/semi-orthogonal.ts',
    caughtBy: ['src/reference/functions/calculus/semi-orthogonal.test'],
    changes: [
      [
        'the constant is that of the inner function',
        'productUp(largestSquare, inner.smooth.lipschitz)',
        'inner.smooth.lipschitz',
      ],
      ['kinks are those of the coefficients', 'kink / entry', 'kink'],
    ],
  },
  {
    file: 'src/reference/functions/parameters/semi-orthogonal-matrix.ts',
    caughtBy: ['src/reference/functions/definition/parse.test'],
    changes: [
      ['rows may be of any length', 'j === k ? frameBound : 0', 'j === k ? product : 0'],
      ['rows need not be orthogonal', 'for (let k = 0; k <= j; k++)', 'for (let k = j; k <= j; k++)'],
      ['WᵀW is taken for WWᵀ', 'if (rows > columns)', 'if (rows > 2 * columns)'],
      ['almost orthogonal is enough', '* 2 ** -53;', '* 2 ** -40;'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/regularized.ts',
    ...vocabulary,
    changes: [
      [
        'the range is that of the inner function',
        'weight > 0 ? ([-Infinity, Infinity] as const) : inner.subgradientRange',
        'inner.subgradientRange',
      ],
      [
        'the inner step is the whole',
        'inner.prox(between(y, t), step / (1 + t), result)',
        'inner.prox(between(y, t), step, result)',
      ],
      ['the penalty forgets its half', '(weight / 2) * sum', 'weight * sum'],
      [
        'the gradient pulls away from the centre',
        'weight * (point[i]! - entry(center, i))',
        'weight * (entry(center, i) - point[i]!)',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/conjugate.ts',
    ...vocabulary,
    changes: [
      ['Moreau with the step of the function', 'quotient[i] = y[i]! / step', 'quotient[i] = y[i]! * step'],
      ['the residual is not scaled', 'result[i]! *= step;', 'result[i]! *= 1;'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/conjugate.ts',
    caughtBy: ['src/reference/functions/definition/parse.test'],
    changes: [['functions that are not convex are accepted', "requireConvex(TYPE, 'inner', inner);", '']],
  },
  {
    file: 'src/reference/functions/calculus/moreau-envelope.ts',
    ...vocabulary,
    changes: [
      ['the envelope forgets its half', 'return innerValue + (smoothing / 2)', 'return innerValue + smoothing'],
      [
        'the steps do not add up',
        'const slope = inner.dividedResidual(y, step + smoothing, slopeOf',
        'const slope = inner.dividedResidual(y, step, slopeOf',
      ],
      [
        'the conjugate forgets the square',
        'conjugate.value(p) + (smoothing / 2) * innerProduct(p, p)',
        'conjugate.value(p)',
      ],
      ['large steps forget the slope', 'result[i]! += smoothing * slope[i]!;', 'result[i]! += 0;'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/separable-sum.ts',
    ...vocabulary,
    changes: [
      ['the offset does not grow', 'offset += length;', 'offset += 0;'],
      [
        'the violation is that of the last block',
        'Math.hypot(norm, part.function.violation?.(inputOf(part, u)) ?? 0)',
        '(norm * 0, part.function.violation?.(inputOf(part, u)) ?? 0)',
      ],
      [
        'a coordinate is asked at the index of the whole',
        'part.function.coordinate!(index - part.offset)',
        'part.function.coordinate!(index)',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/average-map.ts',
    caughtBy: ['src/reference/functions/calculus/proximal-average.test'],
    changes: [
      ['the average of the squares is not divided', 'squares / (2 * step)', 'squares / step'],
      ['the images are not weighed', 'sum[i]! += probabilities[k]! * component[i]!', 'sum[i]! += component[i]!'],
    ],
  },
  {
    file: 'src/reference/functions/calculus/semi-orthogonal.ts',
    ...kinks,
    changes: [
      [
        'coupled coefficients have their kinks one by one',
        'inner.coordinate === undefined ? columnLengths(matrix) : matrix.data',
        'matrix.data',
      ],
    ],
  },
  {
    file: 'src/reference/functions/calculus/tilted.ts',
    ...kinks,
    changes: [['a kink is moved by the slope', 'kink + step * slope[0]!', 'kink + slope[0]!']],
  },
  {
    file: 'src/reference/functions/calculus/scaled.ts',
    ...kinks,
    changes: [['a kink forgets the factor', 'inner.kinks!(step * factor)', 'inner.kinks!(step)']],
  },
];
