/** @type {readonly import('../../table.mjs').Group[]} */
export const claimTheorems = [
  {
    file: 'src/claims/theorems/prepare-bound.ts',
    caughtBy: [
      'src/claims/bounds/bounds.test',
      'src/claims/bounds/without-cap.test',
      'src/claims/bounds/own-theorem/theorem-claims.test',
    ],
    changes: [
      ['both ends of the bound are the upper', 'lowerBound: Math.min(...ends)', 'lowerBound: Math.max(...ends)'],
      ['no cap is derived', '?? derivedCap(theorem, atStep, start, iterations)', ''],
      ['hypotheses are not asked about', 'if (silence !== undefined) {', 'if (false) {'],
      ['a distance that is not there is the fault of the bound', 'if (asked.missing) return', 'if (false) return'],
      ['an infinite bound is one', '!Number.isFinite(objective) || !ends.every(Number.isFinite)', 'false'],
    ],
  },
  {
    file: 'src/claims/theorems/objective-constants.ts',
    caughtBy: ['src/claims/bounds/bounds.test', 'src/claims/theorems/objective-constants.test'],
    changes: [
      [
        'f* from above bounds',
        'upper: Math.max(0, value - infimum.lower)',
        'upper: Math.max(0, value - infimum.upper)',
      ],
      [
        'the gradient of the average has the L of d',
        'total += weight * part.lipschitz',
        'total = Math.max(total, part.lipschitz)',
      ],
      ['f* of the average is that of r_γ', '(fixedStep * sigma * sigma) / 2', '0'],
    ],
  },
  {
    file: 'src/claims/theorems/caps.ts',
    caughtBy: ['src/claims/theorems/caps.test'],
    changes: [
      ['the cap is halved', 'total * (1 + slack)', 'total * (1 + slack) * 0.5'],
      ['G is L-Lipschitz', 'const factor = ofMapping ? 2 : 1', 'const factor = 1'],
      ['∇f̄ is 2L-Lipschitz', 'const factor = ofMapping ? 2 : 1', 'const factor = 2'],
      ['iterates are rounded for nothing', 'step + 2 ** -52 * (Math.abs(x) + iterations * step)', 'step + 0 * x'],
      ['the last step is not counted', 'run.iterations - 1', 'run.iterations - 2'],
      ['the last iterate is not reached', '[run.iterations, run.iterations ** 2]', '[last, last ** 2]'],
      ['the average of squares is the square of the average', '(last * (2 * last + 1)) / 6', '(last / 2) ** 2'],
      ['n coordinates move as far as one, summed', 'lipschitz * n * farthest', 'lipschitz * farthest'],
      ['n coordinates move as far as one', 'lipschitz * Math.sqrt(n) * farthest', 'lipschitz * farthest'],
      ['any algorithm takes sign steps', ' || !signSteps.includes(algorithm)', ''],
      ['the linear term is forgotten', '2 * size * growth * mean', '0 * mean'],
      ['coupled coordinates are taken one by one', 'anyStep.separable ? constants', 'true ? constants'],
      [
        'the gradient is taken for G',
        'first: ofMapping ? problem.gradientMapping(start)',
        'first: ofMapping ? problem.gradient(start)',
      ],
    ],
  },
  {
    file: 'src/claims/theorems/theorem-file.ts',
    caughtBy: ['src/claims/theorems/theorem-file.test'],
    changes: [
      ['any id is one', 'if (!isName(id)) throw', 'if (id === null) throw'],
      ['the own schedule is named once more', 'if (name === ownSchedule)', 'if (name === null)'],
      ['a control that changes nothing is one', 'if (factors.length === 0)', 'if (false)'],
      ['half a draw is a mini-batch', 'Number.isSafeInteger(miniBatch) &&', 'Number.isFinite(miniBatch) &&'],
    ],
  },
  {
    file: 'src/claims/theorems/theorem-fields.ts',
    caughtBy: ['src/claims/theorems/theorem-file.test'],
    changes: [['any field is known', 'if (!known.includes(name)) throw', 'if (name === null) throw']],
  },
  {
    file: 'src/claims/theorems/named-schedules.ts',
    caughtBy: ['src/claims/theorems/named-schedules.test'],
    changes: [
      ['a schedule is handed on to another theorem', 'schedules: { value', 'schedules: { enumerable: true, value'],
      ['any name is a schedule', 'if (!names.includes(name))', 'if (false)'],
      ['its hypotheses are forgotten', '...theorem.hypotheses, ...hypotheses', '...theorem.hypotheses'],
      [
        'the bound is that of the own schedule',
        'theorem.bound(iterations, constants, schedule, options)',
        'theorem.bound(iterations, constants, schedule)',
      ],
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
    file: 'src/claims/theorems/audit/search-points.ts',
    caughtBy: ['theorems/assumptions/broken-problems.test'],
    changes: [
      ['growth is looked for on one side', '...directions.map((direction) => direction.map((value) => -value))', ''],
      ['the origin is no place to look at', '    new Float64Array(dimension),\n    ...', '    ...'],
    ],
  },
  {
    file: 'src/claims/theorems/audit/variance-search.ts',
    caughtBy: ['src/claims/theorems/audit/variance-search.test'],
    changes: [['peaks of a scan are not climbed', 'for (const peak of peaks(scanned))', 'for (const peak of [])']],
  },
  {
    file: 'src/claims/theorems/audit/coordinate-secants.ts',
    caughtBy: ['src/claims/theorems/audit/lipschitz.test'],
    changes: [
      ['no pair is improved', 'if (dimension <= largestClimb) {', 'if (false) {'],
      ['what was improved is forgotten', 'if (improved.ratio > worst[i]!.ratio) worst[i] = improved;', ''],
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
      ['the lowest peaks come first', '.sort((a, b) => b.score - a.score)', '.sort((a, b) => a.score - b.score)'],
      ['rounding is a rise', 'const ridge = 1 + 2 ** -20;', 'const ridge = 1;'],
      ['a plateau has no beginning', 'ridge * score > scoreAt(k + 1)', 'score > ridge * scoreAt(k + 1)'],
      ['every peak is climbed', '.slice(0, mostPeaks)', ''],
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
];
