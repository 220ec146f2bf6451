/** @type {readonly import('../../table.mjs').Group[]} */
export const exactEngines = [
  {
    file: 'src/exact/engines/lattice.ts',
    caughtBy: ['src/exact/engines/lattice.test'],
    changes: [
      ['the doubt of the second half of a double step is dropped', ' + between * points[p - 2]!', ''],
      [
        'the doubt of the first half of a double step is dropped',
        'doubtful += here * points[p + 3]! + between',
        'doubtful += between',
      ],
      ['the term of the second half is dropped', ' + between * points[p - 1]!', ''],
      ['the doubt of a single step is dropped', 'doubtful += here * points[p + 3]!;\n', ''],
      [
        'dropped mass is not doubted',
        'doubtful + this.#shrink(low - 2, high + 2)',
        'doubtful + 0 * this.#shrink(low - 2, high + 2)',
      ],
      ['ties go up twice', "case 'random':\n      return [0.5, 0.5]", "case 'random':\n      return [1, 0.5]"],
      [
        'ties go down where they should go up',
        "case 'positive':\n      return [1, 0]",
        "case 'positive':\n      return [0, 1]",
      ],
      [
        'ties go up where they should go down',
        "case 'negative':\n      return [0, 1]",
        "case 'negative':\n      return [1, 0]",
      ],
      [
        'a positive mapping moves up',
        '[positive + up * tie, (1 - up - down) * tie, negative + down * tie, uncertain]',
        '[negative + up * tie, (1 - up - down) * tie, positive + down * tie, uncertain]',
      ],
      ['the last expectation is dropped', 'total += chain.lastExpectation();', ''],
      ['the mean is over T − 1', 'total / iterations;', 'total / (iterations - 1);'],
      [
        'the error of the terms is forgotten',
        '(doubtful * (largest + termError) + termError)',
        'doubtful * (largest + termError)',
      ],
      ['the lower end is above', 'Math.max(0, left - error)', 'Math.max(0, left)'],
      ['the upper end forgets the error', ', left + error]', ', left]'],
      ['roundings are counted once', 'left * 16 * iterations * 2 ** -53', 'left * 2 ** -53'],
    ],
  },
  {
    file: 'src/exact/engines/sign-law.ts',
    caughtBy: ['src/exact/engines/laws.test'],
    changes: [
      ['the floor of a negative quotient is above', 'a % b < 0n ? quotient - 1n : quotient', 'quotient'],
      ['a tie is negative', 'const below = upTo(-1n)', 'const below = upTo(0n)'],
      ['a falling form keeps its signs', 'masses.positive += rising ? high : low', 'masses.positive += high'],
      [
        'the tolerance is one-sided',
        'share(upTo(tolerance) - upTo(-tolerance - 1n))',
        'share(upTo(tolerance) - below)',
      ],
      ['conditional probabilities are those of all', 'theta.div(sum(probabilities.slice(k)))', 'theta'],
      [
        'the rest of the batch is all of it',
        'descend(k + 1, remaining - count, value',
        'descend(k + 1, remaining, value',
      ],
      ['the last two are exchanged', '[scaled[k]!, scaled[k + 1]!]', '[scaled[k + 1]!, scaled[k]!]'],
      ['the law of one component has the other sign', 'positive: sign > 0n ? 1 : 0', 'positive: sign < 0n ? 1 : 0'],
      [
        'one component is never doubtful',
        'uncertain: tolerance.n > 0n && value.abs().lte(tolerance) ? 1 : 0',
        'uncertain: 0',
      ],
      ['the tolerance is that of one draw', '(tolerance.n * BigInt(batch) * common)', '(tolerance.n * common)'],
      ['the error of the laws is dropped', 'fraction(masses.uncertain) + error', 'fraction(masses.uncertain)'],
    ],
  },
  {
    file: 'src/exact/engines/moments.ts',
    caughtBy: ['src/exact/engines/moments.test'],
    changes: [
      ['the noise is not divided by the batch', 'div(rational(BigInt(miniBatch)))', 'div(one)'],
      ['the contraction is not squared', 'contraction: square(one.sub(moved))', 'contraction: one.sub(moved)'],
      ['the noise is not squared', 'noise: square(moved)', 'noise: moved'],
      ['the variance is a second moment', 'square(value.sub(mapping))', 'square(value)'],
      [
        'the sum ends one early',
        'for (let t = 1; t < iterations; t++) {\n    scale',
        'for (let t = 2; t < iterations; t++) {\n    scale',
      ],
      ['curvatures may differ', '!functions[k]![0]!.a.equals(curvature)', 'false'],
      ['the upper end has no room for rounding', 'down(noise) + 2n', 'down(noise)'],
      [
        'half-lines count as the whole line',
        'from === undefined && to === undefined;\n}',
        'from === undefined || to === undefined;\n}',
      ],
    ],
  },
  {
    file: 'src/exact/engines/enumeration.ts',
    caughtBy: ['src/exact/engines/enumeration.test', 'src/claims/left-side/exact-engines.test'],
    changes: [
      ['states that meet forget the mass of before', '(next.get(key)?.mass ?? 0n)', '0n'],
      ['the norm is squared always', "norm === 'l1' ? entry.abs() : square(entry)", 'square(entry)'],
      ['the mean is not over T', '* BigInt(iterations))', ')'],
      ['a halving does not halve', '>> BigInt(successor.halvings)', '>> 0n'],
      ['weights are counts', 'rational(BigInt(entry)).div(batch)', 'rational(BigInt(entry))'],
      ['points of other signs are one', '`${s * n}/${d}`', '`${n}/${d}`'],
      ['too much work is not refused', 'count * (iterations - 1) > largestWork', 'count > 1e9'],
    ],
  },
  {
    file: 'src/exact/engines/algorithms.ts',
    caughtBy: ['src/exact/engines/algorithms.test'],
    changes: [
      ['the sign step goes up', 'x[i]!.sub(problem.step.mul(sign))', 'x[i]!.add(problem.step.mul(sign))'],
      ['the sign step forgets the step', 'problem.step.mul(sign)', 'sign'],
      ['a random sign counts once', 'halvings: halvings + halving', 'halvings'],
      [
        'the two forms are exchanged',
        "form === 'literal' ?",
        "form !== 'literal' ?",
        'In exact arithmetic the two forms are the same: only rounding tells them apart.',
      ],
    ],
  },
];
