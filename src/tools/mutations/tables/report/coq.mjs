/** @type {readonly import('../../table.mjs').Group[]} */
export const reportCoq = [
  {
    file: 'src/report/coq/coq-premises.ts',
    caughtBy: ['src/report/coq/certificate-coq.test'],
    changes: [
      ['a descent lemma is weaker', 'writer.quotient(read(modulus!), 2n)', 'read(modulus!)'],
      [
        'premises about the order of points are about every point',
        "guard = ordered === undefined ? ''",
        "guard = true ? ''",
      ],
    ],
  },
  {
    file: 'src/report/coq/coq-stage.ts',
    caughtBy: ['src/report/coq/certificate-coq.test'],
    changes: [['a goal is ≥ −1', '`0 <= ${goal}`', '`-1 <= ${goal}`']],
  },
  {
    file: 'src/report/coq/coq-expectation.ts',
    caughtBy: ['src/report/coq/certificate-coq.test'],
    changes: [
      ['the law is none', "{ name: 'law_is', text: 'is_law law', isRandom: false },", ''],
      ['the variance is 0', '<= ${writer.read(inequality.bound).text}`;', '<= 0`;'],
    ],
  },
  {
    file: 'src/report/coq/coq-alternatives.ts',
    caughtBy: ['src/report/coq/certificate-coq.test'],
    changes: [['a condition is its opposite', '`${second} <= ${first}`', '`${first} <= ${second}`']],
  },
];
