/** @type {readonly import('../table.mjs').Group[]} */
export const report = [
  {
    file: 'src/report/formats/junit-report.ts',
    caughtBy: ['src/report/formats/junit-report.test', 'src/report/formats/incomplete.test'],
    changes: [
      ['errors are 0', 'errors="${count(\'error\')}"', 'errors="0"'],
      ['failures are errors', 'failures="${count(\'failure\')}"', 'failures="${count(\'error\')}"'],
      ['what was skipped is not counted', 'skipped="${count(\'skipped\')}"', 'skipped="0"'],
      ['names are not escaped', 'name="${attribute(name)}"${time}', 'name="${name}"${time}'],
      [
        'what was not checked is left out',
        'const cases = [...judged, ...unchecked(record)]',
        'const cases = [...judged]',
      ],
    ],
  },
  {
    file: 'src/report/formats/test-case.ts',
    caughtBy: ['src/report/formats/junit-report.test'],
    changes: [
      ['an unexpected success passes', "case 'fail':\n    case 'xpass':", "case 'fail':"],
      ['a known failure is a failure', "return { kind: 'known', message };", "return { kind: 'failure', message };"],
      ['silence is a pass', "{ kind: 'skipped', message: `silent: ${message}` }", 'undefined'],
      [
        'a failure has no details',
        'type: verdict, message, details: failureDetails(claim) };',
        'type: verdict, message };',
      ],
    ],
  },
  {
    file: 'src/report/formats/subject-cases.ts',
    caughtBy: ['src/report/formats/junit-report.test'],
    changes: [
      [
        'a crash is a failure',
        "outcome === 'raises' || outcome === 'crashes' || outcome === 'hangs'",
        "outcome === 'raises'",
      ],
      ['extreme cases fail', 'extreme !== undefined && !strict', 'false'],
      ['what is declared fails', 'if (declared !== undefined)', 'if (declared === null)'],
    ],
  },
  {
    file: 'src/report/formats/ledger-table.ts',
    caughtBy: ['src/report/formats/formats.test', 'src/report/formats/ledger-table.test'],
    changes: [
      [
        'a crash needs no attention',
        "'timeout',\n  'crash',\n  'protocol',\n  'suite-error'",
        "'timeout',\n  'protocol',\n  'suite-error'",
      ],
      ['a pipe is coloured', 'colour: terminal && !plain', 'colour: !plain'],
      ['NO_COLOR is overlooked', "(environment['NO_COLOR'] ?? '') !== '' || ", ''],
      ['the narrow table is wide', 'if (width < narrowestTable) {', 'if (width < 0) {'],
      ['the way to reproduce is left out', '`  reproduce: ${printableLine(evidence.reproduce)}`,', ''],
      ['what holds within ρ is not listed', "claim.evidence.verdict === 'holds-within-rho'),\n  );", 'false),\n  );'],
    ],
  },
  {
    file: 'src/report/formats/tap-report.ts',
    caughtBy: ['src/report/formats/tap-report.test', 'src/report/formats/incomplete.test'],
    changes: [
      ['numbers start from 0', '${index + 1} - ${escapeTap(name)}', '${index} - ${escapeTap(name)}'],
      ['an interrupted run does not bail out', '`Bail out! ${incomplete.checked}', '`${incomplete.checked}'],
    ],
  },
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
    file: 'src/report/record/bound-ratio.ts',
    caughtBy: ['src/report/formats/formats.test'],
    changes: [
      [
        'a bound of 0 met by 0 is NaN',
        'row.left === 0 && row.bound === 0 ? 0 : row.left / row.bound',
        'row.left / row.bound',
      ],
    ],
  },
  {
    file: 'src/report/wording/sanitize.ts',
    caughtBy: ['src/report/wording/wording.test', 'src/report/formats/markdown-subjects.test'],
    changes: [
      ['quotes are not escaped', '/[&<>"\']/g', '/[&<>]/g'],
      ['ampersands are not escaped', '/[&<>"\']/g', '/[<>"\']/g'],
      ['tables break at a bar', '[\\\\`*_{}[\\]>#|~!$]', '[\\\\`*_{}[\\]>#~!$]'],
      ['the direction of writing may be turned', '\\u2028-\\u202e\\u2066-\\u2069', '\\u2028-\\u2029'],
      ['a code span ends at a backtick', "'`'.repeat(longest + 1)", "'`'"],
      ['links are made', ".replace(/:\\/\\//g, '\\\\://')", ''],
      ['a list is begun', ".replace(/^([-+])/, '\\\\$1')", ''],
    ],
  },
  {
    file: 'src/report/wording/format-number.ts',
    caughtBy: ['src/report/wording/wording.test'],
    changes: [
      ['three digits', 'value.toPrecision(4)', 'value.toPrecision(2)'],
      ['−∞ is ∞', "value > 0 ? '∞' : '−∞'", "'∞'"],
      ['small figures are 0', 'size >= 1e-3 && size < 1e6', 'size < 1e6'],
      ['a second has 100 ms', 'Math.round(seconds * 1000)', 'Math.round(seconds * 100)'],
    ],
  },
  {
    file: 'src/report/wording/rate-fit.ts',
    caughtBy: ['src/report/charts/bound-chart.test'],
    slow: true,
    changes: [
      ['rows of a search are fitted', 'row.instance !== tightestFound && ', ''],
      ['two points are a rate', '.size < 3', '.size < 2'],
      ['the level is not that of the centre', 'Math.log(iterations) - centre', 'Math.log(iterations)'],
    ],
  },
];
