const caughtBy = ['src/report/typesetting/typeset-statement.test'];

/** @type {readonly import('../../table.mjs').Group[]} */
export const reportTypesetting = [
  {
    file: 'src/report/typesetting/lexemes.ts',
    caughtBy,
    changes: [
      ['every bar opens', "kind: expected === one ? 'close' : 'open'", "kind: 'open'"],
      ['brackets need not match', 'if (open.length > 0) throw unmatched(statement);', ''],
      [
        'an article is a factor',
        "if (word === 'a') return !isArticle(before, after);",
        "if (word === 'a') return true;",
      ],
    ],
  },
  {
    file: 'src/report/typesetting/typeset-statement.ts',
    caughtBy,
    changes: [
      ['the number of a theorem is a formula', "if (only('number', 'open', 'close'))", "if (only('open', 'close'))"],
      ['a comma between formulas is part of one', "kind === 'comma' && !within(k)", 'false'],
    ],
  },
  {
    file: 'src/report/typesetting/formula-tex.ts',
    caughtBy,
    changes: [
      ['an argument loses its brackets', '(before && holding.includes(before)) || ', ''],
      ['accents are lost', '`${accents[mark]}{${tex}}`', 'tex'],
      ['an exponent is an index', "exponent ? 'above' : 'below'", "'below'"],
      ['a root is of one sign', "if (lexemes[to]!.kind === 'open') to = closeOf(lexemes, to);", ''],
      ['a minus before a factor is one between two', 'infix && !tight', '!tight'],
    ],
  },
];
