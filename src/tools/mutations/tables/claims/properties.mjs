/** @type {readonly import('../../table.mjs').Group[]} */
export const claimProperties = [
  {
    file: 'src/claims/arbitraries/prox-case.ts',
    caughtBy: ['properties/mutants/kill-matrix.test'],
    slow: true,
    changes: [
      ['no point is near where the prox turns 0', 'share.a * residual[i]! + share.b * value', 'residual[i]! + value'],
    ],
  },
  {
    file: 'src/claims/properties/function-family.ts',
    caughtBy: ['properties/mutants/resolution.test'],
    slow: true,
    changes: [
      ['a hundred times as many roundings', 'const roundings = ofAnything;', 'const roundings = 100 * ofAnything;'],
    ],
  },
  {
    file: 'src/claims/properties/judged-case.ts',
    caughtBy: ['src/claims/properties/property.test'],
    changes: [
      ['a pass at a ratio up to 10', 'ratio <= 1;', 'ratio <= 10;'],
      ['the tolerance itself fails', 'ratio <= 1;', 'ratio < 1;'],
      [
        'NaN is a pass',
        'Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result',
        'Number.isNaN(result.ratio) ? { ...result, ratio: 0 } : result',
      ],
    ],
  },
  {
    file: 'src/claims/properties/part-findings.ts',
    caughtBy: ['src/claims/properties/property.test'],
    changes: [
      ['nothing must be reached', '(this.part.mustReach ?? []).filter((category) => !this.reached[category])', '[]'],
      ['a case without an answer is passed over', 'this.failure ??= { kind, message };', ''],
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
    file: 'src/claims/properties/memory-conventions.ts',
    caughtBy: ['properties/contract/memory-conventions.test'],
    changes: [
      ['nobody is asked about a memory', 'seed <= rounds && left.length > 1', 'seed < 1'],
      ['a run of one iteration tells of a memory', 'const iterations = 3;', 'const iterations = 1;'],
      ['what does not fit is kept', '.ratio <= 1);', '.ratio >= 0);'],
      ['the first memory is not left open', 'firsts.map((first) => ({ first, buffer, decay }))', '[{ buffer, decay }]'],
      ['the first mean of signProx is not left open', 'firsts.map((first) => ({ first })),', '[{}],'],
      ['the decay of Lion is not left open', 'lion: decays.map((decay) => ({ decay })),', 'lion: [{}],'],
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
    file: 'src/claims/implementation/question-as-code.ts',
    caughtBy: ['src/claims/implementation/question-as-code.test'],
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
      ['the point of a prox is x', "plain === 'x' && subject.name.startsWith('prox ') ? 'y' : plain", 'plain'],
    ],
  },
  {
    file: 'src/claims/properties/failing-cases.ts',
    caughtBy: ['src/claims/properties/failing-cases.test'],
    changes: [
      [
        'the nearest answer is shown',
        'next.digits < most.digits ? next : most',
        'next.digits > most.digits ? next : most',
      ],
      ['the call that is named is not', 'const call = convicted ?? own.at(-1);', 'const call = own.at(-1);'],
      [
        'calls about anything are shown',
        'const own = calls.filter((call) => call.subject.name === subject?.name);',
        'const own = calls.filter((call) => call.subject.name !== undefined || subject);',
      ],
      ['the longest is kept', 'known.length <= length', 'known.length >= length'],
      ['those about the most types come first', 'one.of.length - other.of.length', 'other.of.length - one.of.length'],
      ['what is not finite is no matter', 'const shown = notFinite || call;', 'const shown = call;'],
    ],
  },
];
