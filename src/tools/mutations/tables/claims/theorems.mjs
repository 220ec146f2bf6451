/** @type {readonly import('../../table.mjs').Group[]} */
export const claimTheorems = [
  {
    file: 'src/claims/theorems/prepare-bound.ts',
    caughtBy: ['src/claims/bounds/bounds.test'],
    changes: [
      ['both ends of the bound are the upper', 'lowerBound: Math.min(...ends)', 'lowerBound: Math.max(...ends)'],
      ['hypotheses are not asked about', 'if (reasonForSilence(audit) !== undefined) {', 'if (false) {'],
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
];
