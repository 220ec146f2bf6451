/** @type {readonly import('../../table.mjs').Group[]} */
export const claimBounds = [
  {
    file: 'src/claims/bounds/comparison.ts',
    caughtBy: ['src/claims/bounds/comparison.test'],
    changes: [
      ['the lower end proves', 'if (upper <= lowerBound * near) return', 'if (lower <= lowerBound * near) return'],
      [
        'the upper end of the bound proves',
        'if (upper <= lowerBound * near) return',
        'if (upper <= upperBound * near) return',
      ],
      ['an enclosed left side is proved', "exact === undefined ? 'holds' : 'proved-exactly'", "'proved-exactly'"],
      [
        'the upper end of the left side violates',
        'return lower > upperBound * far ?',
        'return upper > upperBound * far ?',
      ],
      [
        'the sharp bound is forgotten',
        '[Math.min(lowerBound, sharpBound), Math.min(upperBound, sharpBound)]',
        '[lowerBound, upperBound]',
      ],
      ['a deterministic left side has room', 'place([left, left], prepared)', 'place([left / 2, left / 2], prepared)'],
      ['a bound from below is one from above', "if (relation === 'at-most') {", 'if (relation !== undefined) {'],
      [
        'the lower end of a bound from below is met',
        'if (lower >= upperBound * far) return',
        'if (lower >= lowerBound * far) return',
      ],
    ],
  },
  {
    file: 'src/claims/bounds/bound-row.ts',
    caughtBy: [
      'src/claims/bounds/bounds.test',
      'src/claims/bounds/bound-row.test',
      'src/claims/bounds/without-cap.test',
    ],
    changes: [
      [
        'silence is ignored',
        "if ('silent' in prepared) return silentRow(request, prepared.silent);",
        "if ('silent' in prepared) return { ...silentRow(request, prepared.silent), verdict: 'holds' };",
      ],
      ['the runs of an implementation are the suite’s', 'request.underTest && ', 'false && '],
      ['what is not shown from below is not refuted', "if (verdict === 'not-refuted') {", 'if (false) {'],
      ['the replicates of a bound from below are those that refute', '{ power: shownPower }', '{}'],
      ['noise is compared directly', "return deviation === 0 ? 'σ = 0' : undefined", "return 'σ = 0'"],
      [
        'a violation at the lower end of the bound is final',
        "if (decision.verdict === 'violated' && upperBound > lowerBound) {",
        'if (false) {',
      ],
      ['half of the interval is not added', 'left: lower + (upper - lower) / 2', 'left: upper - lower'],
      [
        'sampled rows are decided by the cap',
        "decision.trivial ? ('cap' as const) : ('monte-carlo' as const)",
        "decision.trivial ? ('monte-carlo' as const) : ('cap' as const)",
      ],
    ],
  },
  {
    file: 'src/claims/left-side/paths-engine.ts',
    caughtBy: ['src/claims/left-side/exact-engines.test', 'src/claims/theorems/algorithm-parameters.test'],
    changes: [
      [
        'the last iterate comes one early',
        'const steps = theorem.onlyLast ? iterations : iterations - 1;\n  let total',
        'const steps = iterations - 1;\n  let total',
      ],
      ['what rounding decides is a number', 'if (highest - lowest > widest * highest) {', 'if (false) {'],
      ['a coin is none', 'throw new DrawsNumbers();', 'return 0.5;'],
      ['paths that meet count once', 'else known.mass += mass * probability;', ''],
      ['an algorithm is not told its parameters', 'parameters: schedule.parameters ?? {}', 'parameters: {}'],
    ],
  },
  {
    file: 'src/claims/left-side/paths-engine.ts',
    caughtBy: ['src/claims/left-side/exact-engines.test'],
    changes: [
      ['draws have one probability', '(probability * probabilities[k]!) / total', 'probability / occurring.length'],
      ['the first draw is the only one', 'for (let b = 0; b < miniBatch; b++) {', 'for (let b = 0; b < 1; b++) {'],
    ],
  },
  {
    file: 'src/claims/bounds/own-theorem/theorem-claims.ts',
    caughtBy: ['src/claims/bounds/own-theorem/theorem-claims.test'],
    changes: [
      ['a control that is not found is', "verdict: found.length > 0 ? 'holds' : 'violated'", "verdict: 'holds'"],
      [
        'drawn instances take the place of those of the file',
        'instances.length > 0\n    ? instances',
        'false\n    ? instances',
      ],
    ],
  },
  {
    file: 'src/claims/bounds/own-theorem/dropped.ts',
    caughtBy: ['src/claims/bounds/own-theorem/theorem-claims.test'],
    changes: [
      ['every hypothesis is needed', 'worst.ratio > certainly', 'worst.ratio > 0'],
      ['no hypothesis is needed', 'worst.ratio > certainly', 'worst.ratio > Number.POSITIVE_INFINITY'],
      ['a problem that meets its own hypothesis is tried', "verdict === 'violated' ? {} : undefined", '{}'],
    ],
  },
  {
    file: 'src/claims/bounds/own-theorem/theorem-claims.ts',
    caughtBy: ['src/claims/bounds/own-theorem/theorem-claims.test'],
    changes: [
      ['the bound stays', '      bound *', '      1 *'],
      ['σ stays', 'sigma: sigma * constants.sigma', 'sigma: constants.sigma'],
    ],
  },
  {
    file: 'src/claims/bounds/own-theorem/constants.ts',
    caughtBy: ['src/claims/bounds/own-theorem/theorem-claims.test'],
    changes: [
      ['L stays', 'lipschitz: factor * lipschitz', 'lipschitz'],
      ['σ₀ stays', 'sigma: factor * own.sigma', 'sigma: own.sigma'],
      ['the distance stays', 'lower: factor * distance.lower, upper: factor * distance.upper', '...distance'],
    ],
  },
  {
    file: 'src/claims/bounds/rational-claim.ts',
    caughtBy: ['src/claims/bounds/rational-claim.test'],
    changes: [
      [
        'what constants from below do not bound is violated',
        'const refuted = constants.exact && !holds',
        'const refuted = !holds',
      ],
      [
        'the sharp bound is forgotten',
        'isAtMost(left, bound) && (sharp === undefined || isAtMost(left, sharp))',
        'isAtMost(left, bound)',
      ],
      ['T need not be a square', '!square(root).equals(rational(BigInt(iterations)))', 'false'],
      ['the comparison is turned', 'isAtMost(left, bound) &&', 'isAtMost(bound, left) &&'],
    ],
  },
  {
    file: 'src/claims/bounds/bound-claim.ts',
    caughtBy: ['src/claims/bounds/bounds.test'],
    changes: [
      ['a control that finds nothing passes', "found === rows.length ? 'holds' : 'violated'", "'holds'"],
      ['one planted error found is enough', 'found === rows.length', 'found > 0'],
      ['unknown functions are answered', 'unknownTypes(implementation, instance).length === 0', 'true'],
    ],
  },
  {
    file: 'src/claims/bounds/tightness-search/search-claim.ts',
    caughtBy: ['src/claims/bounds/tightness-search/tightness.test'],
    changes: [
      ['the loosest is the tightest', 'b.ratio > a.ratio', 'b.ratio < a.ratio'],
      ['a search that misses what is known holds', 'saved || tightest.ratio >= wanted', 'true'],
      [
        'a violation that is found holds',
        "if (row.verdict === 'violated' || row.verdict === 'inconclusive') return",
        "if (row.verdict === 'inconclusive') return",
      ],
    ],
  },
];
