/** @type {readonly import('../../table.mjs').Group[]} */
export const reportRecord = [
  {
    file: 'src/report/record/outcome.ts',
    caughtBy: ['src/report/record/outcome.test'],
    changes: [
      [
        'a failed claim comes before the implementation',
        'exitCodes.implementation,\n  exitCodes.claimFailed,',
        'exitCodes.claimFailed,\n  exitCodes.implementation,',
      ],
      ['an error of the suite comes last', 'exitCodes.invalidInput,\n  exitCodes.suite,', 'exitCodes.invalidInput,'],
      [
        'a violation is a failure of the implementation',
        "if (verdict === 'violated' && !expected.includes(verdict)) return 'fail';",
        '',
      ],
      [
        'an error of the suite is an error',
        "failure.kind === 'suite' ? 'suite-error' : failure.kind",
        "failure.kind === 'suite' ? 'error' : failure.kind",
      ],
      ['not refuted is a pass', "'holds', 'holds-within-rho'];", "'holds', 'holds-within-rho', 'not-refuted'];"],
      ['not refuted is accepted strictly', "verdict !== 'not-refuted'", 'verdict.length > 0'],
      ['undecided is a pass', "'holds', 'holds-within-rho'];", "'holds', 'holds-within-rho', 'inconclusive'];"],
      [
        'a known failure that passes is fine',
        "outcome === 'pass' || outcome === 'expected' ? 'xpass' : 'xfail'",
        "'xfail'",
      ],
      ['an unexpected success has code 0', 'xpass: exitCodes.expectedFailurePassed', 'xpass: exitCodes.ok'],
      ['a crash has code 3', 'crash: exitCodes.claimFailed', 'crash: exitCodes.implementation'],
      [
        'nothing that applies is success',
        "if (results.every((outcome) => outcome === 'n/a')) return exitCodes.nothingRan;",
        '',
      ],
      ['usage errors have code 1', 'usage: 2,', 'usage: 1,'],
      [
        'what is settled replaces a pass',
        'settled !== undefined && failingOutcomes.includes(found) ? settled : found',
        'settled !== undefined ? settled : found',
      ],
    ],
  },
  {
    file: 'src/report/record/settle-outcomes.ts',
    caughtBy: ['src/report/record/settle-outcomes.test'],
    changes: [
      ['what follows is a failure', "if (own.length === 0) return { outcome: 'follows' };", ''],
      ['extreme cases count', "if (!own.some(({ cell }) => counts(cell))) return { outcome: 'extreme' };", ''],
      [
        'declared failures hide new ones',
        'knownCells[subject] === undefined && counts(cell)',
        'Object.keys(knownCells).length === 0 && counts(cell)',
      ],
    ],
  },
  {
    file: 'src/report/record/compare-baselines.ts',
    caughtBy: ['src/report/record/baseline.test'],
    changes: [
      [
        'a claim that is gone is not missed',
        "this.differences.push({ kind: 'missing', text: `${what} ${name} was there before` });",
        '{}',
      ],
      ['fewer cases are no loss', 'if (now.cases < old.cases) {', 'if (false) {'],
      ['a verdict that falls is better', "moved < 0 ? 'worse' : 'better'", "moved > 0 ? 'worse' : 'better'"],
      [
        'the floor is forgotten',
        'const limit = Math.max(ratioFactor * old.ratio, ratioFloor)',
        'const limit = ratioFactor * old.ratio',
      ],
      [
        'the factor is forgotten',
        'const limit = Math.max(ratioFactor * old.ratio, ratioFloor)',
        'const limit = Math.max(old.ratio, ratioFloor)',
      ],
      ['what is missing is no regression', "kind === 'worse' || kind === 'missing'", "kind === 'worse'"],
      ['ratios of other cases are compared', 'if (!sameCases) return;', ''],
      ['shorter trajectories are compared', 'if (lengths(old) !== lengths(now)) {', 'if (false) {'],
      [
        'inconclusive is worse than violated',
        "'violated',\n  'inconclusive',\n  'not-applicable',",
        "'inconclusive',\n  'violated',\n  'not-applicable',",
      ],
    ],
  },
  {
    file: 'src/report/record/build-run-record.ts',
    caughtBy: ['src/report/record/run-record.test', 'src/report/formats/incomplete.test'],
    changes: [
      ['an interrupted run is a success', ': exitCodes.interrupted', ': exitCodes.ok'],
      ['claims stand as they were checked', 'claims.sort(byPaperOrder);', ''],
      ['the budget is never overspent', 'withinBudget,\n  };', 'withinBudget: true,\n  };'],
      ['trivial rows are all', 'rows.filter((row) => row.trivial).length', 'rows.length'],
    ],
  },
  {
    file: 'src/report/record/json-numbers.ts',
    caughtBy: ['src/report/record/run-record.test'],
    changes: [
      ['−0 is 0', "if (Object.is(value, -0)) return '-0';", ''],
      ['infinity is null', 'Number.isFinite(value) ? value : String(value)', 'value'],
    ],
  },
  {
    file: 'src/report/record/outcome.ts',
    caughtBy: ['src/report/formats/formats.test'],
    changes: [
      [
        'a bound of 0 met by 0 is NaN',
        'row.left === 0 && row.bound === 0 ? 0 : row.left / row.bound',
        'row.left / row.bound',
      ],
    ],
  },
];
