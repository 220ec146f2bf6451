/** @type {readonly import('../../table.mjs').Group[]} */
export const reportHtml = [
  {
    file: 'src/report/html/html-page.ts',
    caughtBy: ['src/report/html/html-report.test'],
    changes: [
      ['the policy is about another script', '.update(script)', ".update('')"],
      ['any style sheet may be fetched', "default-src 'none'; ", ''],
    ],
  },
  {
    file: 'src/report/html/html-ledger.ts',
    caughtBy: ['src/report/html/html-report.test', 'src/report/html/html-sections.test'],
    changes: [
      ['what failed is closed', 'open: isTrouble(claim)', 'open: false'],
      ['every error is one that the claim is named for', 'filter(({ namedFor }) => namedFor)', 'filter(() => true)'],
    ],
  },
  {
    file: 'src/report/html/html-comparison.ts',
    caughtBy: ['src/report/html/html-comparison.test'],
    changes: [
      ['what differs cannot be found', 'same ? labels : [...labels, differs]', 'labels'],
      [
        'what was not asked is the same',
        'found.every((own) => own?.outcome',
        'found.every((own) => own === undefined || own.outcome',
      ],
    ],
  },
  {
    file: 'src/report/view/side-by-side.ts',
    caughtBy: ['src/report/html/html-comparison.test'],
    changes: [
      ['names of the first run only', 'unique(tables.flat().map', 'unique(tables[0]!.map'],
      ['claims of the first run only', 'records.flatMap(({ claims })', 'records.slice(0, 1).flatMap(({ claims })'],
    ],
  },
  {
    file: 'src/report/view/subjects.ts',
    caughtBy: ['src/report/html/html-sections.test'],
    changes: [
      ['the first method is told', 'rank(outcome) > rank(before.outcome)', 'false'],
      ['the margin is that of the first method', 'Math.max(worst, before?.worst ?? 0)', 'before?.worst ?? worst'],
    ],
  },
  {
    file: 'src/report/view/bounds.ts',
    caughtBy: ['src/report/html/html-sections.test'],
    changes: [
      ['what all rows share is lost', 'else if (only !== none) shared.push', 'else if (only === none) shared.push'],
      ['the verdict is no column', 'index < 3 || ', ''],
      ['what is right is a counterexample', 'refuting.includes(verdict) && ', ''],
    ],
  },
  {
    file: 'src/report/charts/ratio-panel.ts',
    caughtBy: ['src/report/html/html-sections.test'],
    changes: [['small ratios leave the panel', 'Math.max(range[0], boundRatio(row))', 'boundRatio(row)']],
  },
  {
    file: 'src/report/charts/chart-colours.ts',
    caughtBy: ['src/report/html/page-in-browser.test'],
    changes: [['texts of charts are dark in the dark', ':is(svg,svg *)', 'svg *']],
  },
  {
    file: 'src/report/view/claims.ts',
    caughtBy: ['src/report/formats/formats.test'],
    changes: [['what failed is not counted', 'claims.filter(isTrouble).length', '0']],
  },
  {
    file: 'src/claims/bounds/counterexample-claim.ts',
    caughtBy: ['theorems/counterexamples/counterexamples.test'],
    changes: [['two numbers are told as one', 'if (left !== bound) return', 'return']],
  },
  {
    file: 'src/report/formats/arrangement.ts',
    caughtBy: ['src/cli/commands/report.test'],
    changes: [['a library is reported by claim', "'signprox guard '", "'signprox judge '"]],
  },
];
