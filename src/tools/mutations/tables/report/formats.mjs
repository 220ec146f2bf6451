/** @type {readonly import('../../table.mjs').Group[]} */
export const reportFormats = [
  {
    file: 'src/report/formats/junit-report.ts',
    caughtBy: ['src/report/formats/junit-report.test', 'src/report/formats/incomplete.test'],
    changes: [
      ['errors are 0', 'errors="${count(\'error\')}"', 'errors="0"'],
      ['failures are errors', 'failures="${count(\'failure\')}"', 'failures="${count(\'error\')}"'],
      ['what was skipped is not counted', 'skipped="${count(\'skipped\')}"', 'skipped="0"'],
      ['names are not escaped', 'name="${attribute(name)}" time="${time}"', 'name="${name}" time="${time}"'],
      [
        'what was not checked is left out',
        'const cases = [...judged, ...uncheckedCases(record)]',
        'const cases = [...judged]',
      ],
    ],
  },
  {
    file: 'src/report/formats/test-cases.ts',
    caughtBy: ['src/report/formats/junit-report.test', 'src/report/formats/not-refuted.test'],
    changes: [
      ['rows that are not refuted are not told', "'inconclusive', 'not-refuted'];", "'inconclusive'];"],
      ['an unexpected success passes', "case 'fail':\n    case 'xpass':", "case 'fail':"],
      ['a known failure is a failure', "return { kind: 'known', message };", "return { kind: 'failure', message };"],
      ['silence is a pass', "{ kind: 'skipped', message: `silent: ${message}` }", 'undefined'],
      [
        'a failure has no details',
        'type: verdict, message, details: failureDetails(claim) };',
        'type: verdict, message };',
      ],
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
        'if (isTrouble(claim)) lines',
        "if (isTrouble(claim) && claim.outcome !== 'crash') lines",
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
];
