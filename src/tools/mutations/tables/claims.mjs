/** @type {readonly import('../table.mjs').Group[]} */
export const claims = [
  {
    file: 'src/claims/judges/proximal-optimality.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['ten times as many roundings are allowed', 'const roundings = 64;', 'const roundings = 640;'],
      [
        'a value that is not finite is accepted',
        "if (!u.every(Number.isFinite)) return impossible(claim, 'returned a value that is not finite');\n  const size",
        'const size',
      ],
      ['a wrong length is accepted', 'if (u.length !== y.length)', 'if (u.length < 0)'],
      [
        'a point outside of the domain is accepted',
        'let worst = outside === 0 ? 0 : outside / allowedOutside;',
        'let worst = 0;',
      ],
      [
        'a distance that is not convex is convex',
        'target.convex ? inner : inner - (inside[i]! - u[i]!) ** 2 / 2',
        'inner',
      ],
      ['values are not compared', 'deficit += step * (valueAtU - finite);', ''],
      ['the step does not weigh the values', 'deficit += step * (valueAtU - finite);', 'deficit += valueAtU - finite;'],
      ['the rival is not tried', 'for (const candidate of [y, claim.rival]) {', 'for (const candidate of [y]) {'],
      ['stationarity forgets the step', 'value + step * gradient[i]!', 'value + gradient[i]!'],
      [
        'stationarity allows a hundred times',
        'return roundings * precision * (magnitude + own',
        'return 100 * roundings * precision * (magnitude + own',
      ],
    ],
  },
  {
    file: 'src/claims/judges/judgement.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      [
        'NaN is accepted as the worst',
        'next.ratio > worst.ratio || Number.isNaN(next.ratio) ? next : worst',
        'next.ratio > worst.ratio ? next : worst',
      ],
      ['a wrong length is compared', 'actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY', '0'],
      [
        'the last entry is not compared',
        'for (let i = 0; i < expected.length; i++) ratio',
        'for (let i = 0; i < expected.length - 1; i++) ratio',
      ],
    ],
  },
  {
    file: 'src/claims/judges/precision.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['single precision is double', "dtype === 'f32' ? 2 ** -24 : 2 ** -53", '2 ** -53'],
      ['NaN is no larger', 'next > current || Number.isNaN(next) ? next : current', 'next > current ? next : current'],
      ['the norm is of the entries', 'Math.abs(vector[i]!)', 'vector[i]!'],
      [
        'infinite parameters have a size',
        'Number.isFinite(specification) ? Math.abs(specification) : 0',
        'Math.abs(specification)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/sign-step.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['any sign is right', 'Math.abs(direction[i]!) <= error ? [0, -1, 1]', 'error >= 0 ? [0, -1, 1]'],
      ['the step goes up', 'x[i]! - step * sign)', 'x[i]! + step * sign)'],
      ['a doubtful sign may not be 0', '[0, -1, 1]', '[-1, 1]'],
    ],
  },
  {
    file: 'src/claims/judges/oracle.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['the forward step goes up', 'value - step * gradient[i]!', 'value + step * gradient[i]!'],
      ['the gradient forgets d', 'sum.map((value, i) => value + data[i]!)', 'sum'],
      [
        'a mini-batch is weighed by θ',
        'indices.map(() => 1 / indices.length)',
        'indices.map((k) => probabilities[k]!)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/exact-functions.ts',
    caughtBy: ['src/claims/judges/exact-judges.test'],
    changes: [
      [
        'a hundred times as many roundings',
        'error / (bound * secondOrder + underflow)',
        'error / (100 * bound * secondOrder + underflow)',
      ],
      ['a finite value outside of the domain is right', 'ratio: right ? 0 : Number.POSITIVE_INFINITY', 'ratio: 0'],
      ['the residual is the slope', 'fromDouble(step).mul(slope)', 'slope'],
      [
        'infinite values are near',
        'enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : Number.POSITIVE_INFINITY',
        'enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : 0',
      ],
    ],
  },
  {
    file: 'src/claims/judges/exact-averages.ts',
    caughtBy: ['src/claims/judges/exact-judges.test'],
    changes: [
      [
        'the prox of an average is not judged',
        "judgeFloat('prox', point[0]!, exact.prox(y, sigma), allowed * size)",
        "judgeFloat('prox', point[0]!, exact.prox(y, sigma), Infinity)",
      ],
      [
        'the slope of an average is that of the step',
        'const slope = exact.dividedResidual(y, sigma)',
        'const slope = exact.dividedResidual(y, 1)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/declared-accuracy.ts',
    caughtBy: ['properties/contract/declared-accuracy.test'],
    changes: [
      [
        'the accuracy that is declared allows everything',
        'return accuracy * (Math.hypot(...y)',
        'return 1e6 * accuracy * (Math.hypot(...y)',
      ],
      [
        'an accuracy that is declared is forgotten',
        'return Math.max(...typesIn(specification).map((type) => accuracy[type] ?? 0));',
        'return 0 * Object.keys(accuracy).length * typesIn(specification).length;',
      ],
    ],
  },
  {
    file: 'src/claims/properties/function-family.ts',
    caughtBy: ['properties/mutants/resolution.test'],
    slow: true,
    changes: [['a hundred times as many roundings', 'const roundings = 64;', 'const roundings = 6400;']],
  },
  {
    file: 'src/claims/properties/property-check.ts',
    caughtBy: ['src/claims/properties/property.test'],
    changes: [
      ['a pass at a ratio up to 10', 'ratio <= 1;', 'ratio <= 10;'],
      ['the tolerance itself fails', 'ratio <= 1;', 'ratio < 1;'],
      [
        'NaN is a pass',
        'Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result',
        'Number.isNaN(result.ratio) ? { ...result, ratio: 0 } : result',
      ],
      ['nothing must be reached', '(part.mustReach ?? []).filter((category) => !reached[category])', '[]'],
      ['a case without an answer is passed over', 'failure ??= { kind, message };', ''],
    ],
  },
  {
    file: 'src/claims/properties/property-claim.ts',
    caughtBy: ['src/claims/properties/property.test'],
    changes: [
      [
        'a ratio above 1 is no violation',
        "if (!(ratio <= 1)) return 'violated';",
        "if (ratio > 10) return 'violated';",
      ],
      [
        'a failure of the implementation is a success',
        'result.failure !== undefined || result.unhealthy',
        'result.unhealthy',
      ],
      ['an unhealthy generator is a success', ' || result.unhealthy !== undefined || result.cases', ' || result.cases'],
      [
        'a violated part is hidden by one that is undecided',
        "if (has('violated')) return 'violated';\n  if (has('inconclusive')) return 'inconclusive';",
        "if (has('inconclusive')) return 'inconclusive';\n  if (has('violated')) return 'violated';",
      ],
      ['a constant statistic holds', "if (verdict === 'holds' && constant) verdict = 'inconclusive';", ''],
      ['the seed forgets the version', 'claim.id, claim.version, part.name', 'claim.id, 1, part.name'],
      [
        'the seed forgets the part',
        'deriveSeed(budget.seed, claim.id, claim.version, part.name)',
        "deriveSeed(budget.seed, claim.id, claim.version, '')",
      ],
      ['a tolerance proves exactly', "if (success === 'proved-exactly' && ratio > 0) {", 'if (false) {'],
      ['the number of cases has no floor', 'Math.max(20, Math.round(', 'Math.max(0, Math.round('],
    ],
  },
  {
    file: 'src/claims/properties/algorithm-parts.ts',
    caughtBy: ['src/claims/properties/algorithm-parts.test'],
    changes: [
      [
        'the end of a run is not compared where there is a trajectory',
        "judgements.push(judgeSame('the end of the run', reply.x, reply.trajectory.at(-1)!));",
        '',
      ],
    ],
  },
  {
    file: 'src/claims/run-claims.ts',
    caughtBy: ['src/claims/run-claims.test'],
    changes: [
      [
        'a claim that throws ends the run',
        "return { ...none('inconclusive', message), failure: { kind, message } };",
        'throw error;',
      ],
      ['an error of the suite is one of the implementation', "error.kind : 'suite'", "error.kind : 'error'"],
      [
        'what is not offered is undecided',
        "if (error instanceof UnsupportedError) return none('not-applicable', error.message);",
        '',
      ],
      [
        'claims about the paper are judged on anybody',
        'if (referenceOnly && !implementation.reference)',
        'if (referenceOnly && implementation.reference)',
      ],
      [
        'algorithms that are missing are not',
        '...algorithms.filter((algorithm) => !implementation',
        '...algorithms.filter((algorithm) => false && !implementation',
      ],
    ],
  },
  {
    file: 'src/claims/subject-verdicts.ts',
    caughtBy: ['src/claims/subject-verdicts.test'],
    changes: [
      ['half of the digits are a quarter', 'significant[dtype] / 2', 'significant[dtype] / 4'],
      ['single precision has the digits of double', '24 * Math.log10(2)', '53 * Math.log10(2)'],
      [
        'a crash is an exception',
        "(['crashes', 'hangs', 'raises', 'not-finite'] as const)",
        "(['raises', 'hangs', 'crashes', 'not-finite'] as const)",
      ],
      [
        'extreme cases are ordinary',
        "const spoken = usual.length > 0 ? severity : 'extreme';",
        'const spoken = severity;',
      ],
      ['what was never answered is right', "if (answered.length === 0) return { verdict: 'not-offered' };", ''],
      ['a wrong value explains a wrong prox', "prox: ['prox'],", "prox: ['prox', 'value'],"],
    ],
  },
  {
    file: 'src/claims/exact-encoding.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['−0 is 0', ' && !Object.is(value, -0)', ''],
      ['digits are not filled up', ".padStart(16, '0')", ''],
      ['capital digits and more are accepted', '/^[0-9a-f]{16}$/', '/^[0-9a-f]{16}/'],
    ],
  },
  {
    file: 'src/claims/ordered-window.ts',
    caughtBy: ['src/claims/ordered-window.test'],
    changes: [
      ['the newest is taken first', 'pending.shift()!', 'pending.pop()!'],
      ['the window is one wider', 'pending.length >= width', 'pending.length > width'],
    ],
  },
  {
    file: 'src/claims/bounds/comparison.ts',
    caughtBy: ['src/claims/bounds/comparison.test'],
    changes: [
      [
        'the lower end proves',
        'if (upper <= lowerBound * (1 - roundingSlack)) {',
        'if (lower <= lowerBound * (1 - roundingSlack)) {',
      ],
      [
        'the upper end of the bound proves',
        'if (upper <= lowerBound * (1 - roundingSlack)) {',
        'if (upper <= upperBound * (1 - roundingSlack)) {',
      ],
      ['an enclosed left side is proved', "exact === undefined ? 'holds' : 'proved-exactly'", "'proved-exactly'"],
      [
        'the upper end of the left side violates',
        'if (lower > upperBound * (1 + roundingSlack)) return found',
        'if (upper > upperBound * (1 + roundingSlack)) return found',
      ],
      ['the sharp bound is forgotten', 'upper <= Math.min(lowerBound, sharpBound)', 'upper <= lowerBound'],
      ['a deterministic left side has room', 'left > upperBound * (1 + roundingSlack)', 'left > upperBound * 2'],
    ],
  },
  {
    file: 'src/claims/bounds/bound-row.ts',
    caughtBy: ['src/claims/bounds/bounds.test', 'src/claims/bounds/bound-row.test'],
    changes: [
      [
        'silence is ignored',
        "if ('silent' in prepared) return silentRow(request, prepared.silent);",
        "if ('silent' in prepared) return { ...silentRow(request, prepared.silent), verdict: 'holds' };",
      ],
      ['noise is compared directly', 'iterations === 1 || constants.deviation === 0', 'true'],
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
  {
    file: 'src/claims/theorems/prepare-bound.ts',
    caughtBy: ['src/claims/bounds/bounds.test'],
    changes: [
      [
        'f* from above bounds',
        'upper: Math.max(0, objective - infimum.lower)',
        'upper: Math.max(0, objective - infimum.upper)',
      ],
      [
        'both ends of the bound are the upper',
        'lowerBound: theorem.bound(iterations, pessimistic, schedule)',
        'lowerBound: upperBound',
      ],
      ['hypotheses are not asked about', 'if (reasonForSilence(audit) !== undefined) {', 'if (false) {'],
      ['an infinite bound is one', '!Number.isFinite(objective) || !Number.isFinite(upperBound)', 'false'],
    ],
  },
  {
    file: 'src/claims/theorems/audit/verdict.ts',
    caughtBy: ['src/claims/theorems/audit/audit.test', 'src/claims/theorems/audit/lipschitz.test'],
    changes: [
      [
        'what is declared is always certified',
        'declared !== undefined && computed !== undefined && exceeding(computed, declared) < 0',
        'declared !== undefined && computed !== undefined',
      ],
      [
        'what is declared is never held against the search',
        'if (index < 0) continue;',
        "if (index < 0 || name === 'declared') continue;",
      ],
      ['the search exceeds where it is equal', 'value > (limits[i] ?? Infinity)', 'value >= (limits[i] ?? Infinity)'],
      [
        'growth without end is consistent',
        "if (unbounded) return conclude('violated', unbounded.explanation, unbounded);",
        '',
      ],
      ['half of overflows are silent', 'overflows <= cases / 2', 'overflows <= cases'],
    ],
  },
  {
    file: 'src/claims/theorems/audit/climb.ts',
    caughtBy: ['src/claims/theorems/audit/climb.test'],
    changes: [
      ['the climb goes down', 'value > best.score && Number', 'value < best.score && Number'],
      ['infinite scores are climbed', ' && Number.isFinite(value)', ''],
      ['any growth is without end', 'value > 2 * tail[i - 1]!', 'value > tail[i - 1]!'],
      ['growth from below 0 counts', ' && tail[0]! >= 0', ''],
    ],
  },
  {
    file: 'src/claims/theorems/audit/declared-constants.ts',
    caughtBy: ['src/claims/theorems/audit/declared-constants.test'],
    changes: [
      ['names that are unknown are read', 'if (!Object.hasOwn(readers, name)) throw', 'if (name === null) throw'],
      ['a negative σ is accepted', 'sigma: weight,', 'sigma: number(),'],
      ['vectors of another length are accepted', "typeof value !== 'number' && value.length !== dimension", 'false'],
    ],
  },
  {
    file: 'src/claims/implementation/pasted.ts',
    caughtBy: ['src/claims/implementation/pasted.test'],
    changes: [
      ['−0 loses its sign', "Object.is(value, -0) ? '-0.0' : String(value)", 'String(value)'],
      ['Python has no True', "value ? 'True' : 'False'", "value ? 'true' : 'false'"],
      [
        'Octave has Infinity',
        "number: (value) => digits(value).replace('Infinity', 'Inf'),\n  word: (value) => (typeof value === 'boolean' ? String(value) :",
        "number: digits,\n  word: (value) => (typeof value === 'boolean' ? String(value) :",
      ],
      ['a comment may go over lines', "came.replaceAll(/\\s+/g, ' ')", 'came'],
      ['lines of any length are pasted', 'line.length > longest ? undefined', 'line.length < 0 ? undefined'],
      ['the point of a prox is x', "name === 'x' && subject.name.startsWith('prox ') ? 'y' : name", 'name'],
    ],
  },
];
