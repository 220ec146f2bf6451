const vocabulary = { caughtBy: ['src/reference/functions/vocabulary.test'], slow: true };

/** @type {readonly import('../table.mjs').Group[]} */
export const functions = [
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
    file: 'src/reference/functions/norms/group-l2.ts',
    ...vocabulary,
    changes: [
      ['a group is shrunk by its size', '(norm - threshold) * (entry / norm)', '(norm - threshold) * entry'],
      [
        'the violation of groups is that of all',
        'Math.max(0, normOf(parts[g]!, p) - weight)',
        'Math.max(0, normOf(parts[0]!, p) - weight)',
      ],
    ],
  },
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
  {
    file: 'src/reference/functions/penalties/elastic-net.ts',
    ...vocabulary,
    changes: [
      ['the range is that of the first weight', 'l2Weight > 0 ? Infinity : l1Weight', 'l1Weight'],
      ['the range is infinite always', 'l2Weight > 0 ? Infinity : l1Weight', 'Infinity'],
      [
        'the prox forgets to divide',
        '(yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi) / divisor',
        '(yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi)',
      ],
      ['the square has no half', '(l2Weight / 2) * Math.abs(u[i]!)', 'l2Weight * Math.abs(u[i]!)'],
      [
        'the conjugate has the square of the weight',
        'violation(p) ** 2 / (2 * l2Weight)',
        'violation(p) ** 2 / l2Weight',
      ],
    ],
  },
  {
    file: 'src/reference/functions/penalties/l0.ts',
    caughtBy: ['src/reference/functions/penalties/l0.test'],
    changes: [
      ['the threshold forgets its 2', 'y * y > 2 * step * weight;', 'y * y > step * weight;'],
      ['a tie is kept', 'y * y > 2 * step * weight;', 'y * y >= 2 * step * weight;'],
      ['0 at a tie is told twice', 'y[i] !== 0 && y[i]! * y[i]!', 'y[i]! * y[i]!'],
    ],
  },
  {
    file: 'src/reference/functions/penalties/entropy.ts',
    ...vocabulary,
    changes: [
      ['the conjugate forgets its 1', 'Math.exp(p[i]! / weight - 1)', 'Math.exp(p[i]! / weight)'],
      ['the slope forgets its 1', 'logarithm.set(u).log().add(1).high', 'logarithm.set(u).log().high'],
    ],
  },
  {
    file: 'src/reference/functions/sets/box.ts',
    ...vocabulary,
    changes: [
      ['the conjugate is finite where the box is open below', ' || (p[i]! < 0 && entry(lower, i) === -Infinity)', ''],
      ['the conjugate is finite where the box is open above', '(p[i]! > 0 && entry(upper, i) === Infinity) || ', ''],
      [
        'the support is at the other end',
        'p[i]! > 0 ? entry(upper, i) : entry(lower, i)',
        'p[i]! > 0 ? entry(lower, i) : entry(upper, i)',
      ],
      ['the range of a half-line is the line', 'lower === -Infinity ? 0 : -Infinity', '-Infinity'],
      ['the range above is that below', 'upper === Infinity ? 0 : Infinity', 'upper === Infinity ? Infinity : 0'],
      ['an empty box is accepted', '!(low <= high && high > -Infinity)', '!(high > -Infinity)'],
      ['the residual is not divided', '(y[i]! - clip(y[i]!, i)) / step', 'y[i]! - clip(y[i]!, i)'],
    ],
  },
  {
    file: 'src/reference/functions/sets/simplex.ts',
    ...vocabulary,
    changes: [
      ['negative entries are in the simplex', 'if (!(u[i]! >= 0)) return false;', ''],
      ['the conjugate forgets the total', 'return total * maximum', 'return maximum'],
    ],
  },
  {
    file: 'src/reference/functions/sets/second-order-cone.ts',
    ...vocabulary,
    changes: [
      ['the height is the sum', '(head + tail) / 2;', 'head + tail;'],
      ['the polar cone is the cone', 'const polarViolation = distance(-1)', 'const polarViolation = distance(1)'],
      ['the distance is vertical', '(tail - head) * Math.SQRT1_2', 'tail - head'],
      [
        'the polar cone keeps its points',
        'else if (tail <= -head) result[i] = 0;',
        'else if (tail <= -head) result[i] = y[i]!;',
      ],
    ],
  },
  {
    file: 'src/reference/functions/sets/l2-ball.ts',
    ...vocabulary,
    changes: [
      ['points inside go to the sphere', 'inside ? y[i]! : radius', 'false ? y[i]! : radius'],
      [
        'the violation is negative inside',
        'Math.max(0, euclideanNorm(u) - radius);\n    };',
        'euclideanNorm(u) - radius;\n    };',
      ],
    ],
  },
  {
    file: 'src/reference/functions/sets/plane-indicator.ts',
    ...vocabulary,
    changes: [
      ['the offset is not divided by the norm', 'const distance = offset / norm', 'const distance = offset'],
      ['the offset has the other sign', 'let height = -distance;', 'let height = distance;'],
      ['the conjugate is 0', 'excess(innerProduct(unit, p)) * distance', 'excess(innerProduct(unit, p)) * 0'],
    ],
  },
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
      ['functions that are not convex are accepted', "requireConvex(TYPE, 'inner', inner);", ''],
    ],
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
];
