/** @type {readonly import('../../table.mjs').Group[]} */
export const exactProblem = [
  {
    file: 'src/exact/problem/constants.ts',
    caughtBy: ['src/exact/problem/constants.test'],
    changes: [
      [
        'the largest curvature is that of d alone',
        'functions.map(lipschitzOf).reduce((largest, constant) => maximum(largest, constant), smooth.lipschitz)',
        'smooth.lipschitz',
      ],
      ['a kink is differentiable', '!smooth || first.from', 'first.from'],
      [
        'an indicator is differentiable',
        '!smooth || first.from !== undefined || pieces.at(-1)!.to !== undefined',
        '!smooth',
      ],
      ['the variance is looked for at the start alone', '(reached ? mergeKnots(maps) : [])', '[]'],
      [
        'the variance that grows is bounded',
        "throw new NotRationalError('the variance of P_k(x) is not uniformly bounded');",
        '',
      ],
      ['the infimum is that of the first piece', 'return least.reduce(minimum);', 'return least[0]!;'],
      ['the vertex outside of a piece counts', '...(inside ? [vertex] : [])', 'vertex'],
      ['the vertex has the other sign', 'b.div(a).neg() : (from', 'b.div(a) : (from'],
      ['a concave end is bounded', 'a.s < 0n && a.n > 0n ? true :', 'a.s < 0n && a.n > 0n ? false :'],
      ['a falling line is bounded', 'a.n === 0n && slope.lt(zero)', 'a.n === 0n && slope.gt(zero)'],
      [
        'what was met by descent is exact',
        'upper: descend(problem, i, start), exact: false',
        'upper: descend(problem, i, start), exact: true',
      ],
      ['the gap has the other sign', 'objective.sub(sum(infima', 'objective.add(sum(infima'],
      [
        'the root is rounded up',
        'return rational(integerRoot((n << (2n * rootDigits)) / d), 1n',
        'return rational(integerRoot((n << (2n * rootDigits)) / d) + 1n, 1n',
      ],
    ],
  },
  {
    file: 'src/exact/problem/rational-problem.ts',
    caughtBy: ['src/exact/problem/rational-problem.test', 'src/exact/functions/functions.test'],
    changes: [
      [
        'probabilities that do not sum to 1 are accepted',
        'if (!sum(theta).equals(one)) throw',
        'if (sum(theta).equals(zero)) throw',
      ],
      ['normalised probabilities are as given', 'entry.div(total)', 'entry'],
      ['the forward step goes up', 'value.sub(step.mul(gradient[i]!))', 'value.add(step.mul(gradient[i]!))'],
      ['the literal mapping is not divided by γ', 'x[i]!.sub(mean).div(step)', 'x[i]!.sub(mean)'],
      [
        'the residual mapping forgets the gradient',
        'gradient[i]!.add(weighted(weights, coordinates[i]!.residualMaps, y))',
        'weighted(weights, coordinates[i]!.residualMaps, y)',
      ],
      ['the slopes of the residual are those of the conjugate', 'slopes.map((slope) => slope.div(step))', 'slopes'],
      [
        'the conjugate has the step of the function',
        'proximalMap(conjugateOf(pieces), one.div(step))',
        'proximalMap(conjugateOf(pieces), step)',
      ],
      ['a turned gradient is not turned back', 'slope.mul(frame[i]![j]!)', 'slope.mul(frame[j]![i]!)'],
    ],
  },
];
