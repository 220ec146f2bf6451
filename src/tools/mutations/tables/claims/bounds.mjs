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
