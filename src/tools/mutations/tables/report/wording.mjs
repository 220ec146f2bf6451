/** @type {readonly import('../../table.mjs').Group[]} */
export const reportWording = [
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
    file: 'src/report/view/bounds.ts',
    caughtBy: ['src/report/charts/bound-chart.test'],
    slow: true,
    changes: [
      ['rows of a search are fitted', 'row.instance !== tightestFound && ', ''],
      ['two points are a rate', '.size < 3', '.size < 2'],
      ['the level is not that of the centre', 'Math.log(iterations) - centre', 'Math.log(iterations)'],
    ],
  },
  {
    file: 'src/report/view/findings/paper-findings.ts',
    caughtBy: ['src/report/view/findings/paper-findings.test'],
    changes: [
      [
        'a claim that failed has its finding all the same',
        "outcome === 'pass' || outcome === 'expected'",
        "outcome !== 'n/a'",
      ],
      [
        'a finding without its numbers is told',
        'if (title === undefined || text === undefined) return [];',
        'if (title === undefined) return [];',
      ],
    ],
  },
  {
    file: 'src/report/view/findings/finding-source.ts',
    caughtBy: ['src/report/view/findings/paper-findings.test', 'src/cli/findings-page.test'],
    changes: [
      ['a number that is missing is told', 'if (values.includes(undefined)) return undefined;', ''],
      [
        'the smallest ratio is told for the largest',
        'boundRatio(row) > boundRatio(largest)',
        'boundRatio(row) < boundRatio(largest)',
      ],
    ],
  },
];
