/** @type {readonly import('../../table.mjs').Group[]} */
export const claimRuns = [
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
        '...algorithms.filter((algorithm) => !offered',
        '...algorithms.filter((algorithm) => false && !offered',
      ],
    ],
  },
  {
    file: 'src/claims/run-claims.ts',
    caughtBy: ['properties/mutants/built-of-what-passed.test'],
    slow: true,
    changes: [['all go by what any claim finds', 'if (!judgesFunctions) return;', '']],
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
    file: 'src/claims/select-names.ts',
    caughtBy: ['src/claims/select-names.test'],
    changes: [
      [
        'a glob that selects nothing is passed over',
        'if (names.some((name) => matches(pattern, name))) continue;',
        'continue;',
      ],
      ['a glob matches the beginning', "replaceAll('?', '.')}$`)", "replaceAll('?', '.')}`)"],
      ['a dot is any character', 'glob.replaceAll(/[.+^${}()|[\\]\\\\]/g, String.raw`\\$&`)', 'glob'],
      [
        'the names come in the order of the globs',
        'names.filter((name) => patterns.some((pattern) => matches(pattern, name)))',
        'patterns.flatMap((pattern) => names.filter((name) => matches(pattern, name)))',
      ],
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
];
