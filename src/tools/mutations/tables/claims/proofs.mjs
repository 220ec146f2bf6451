/** @type {readonly import('../../table.mjs').Group[]} */
export const claimProofs = [
  {
    file: 'src/claims/proofs/certificates/check-certificate.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      ['a negative multiplier is accepted', "requireNonNegative(multiplier, stage, 'multiplier');", ''],
      ['any scale is accepted', "requirePositive(scale, stage, 'scale');", ''],
      ['a scale may be 0', "requirePositive(scale, stage, 'scale');", "requireNonNegative(scale, stage, 'scale');"],
      ['a remainder of any sign is accepted', "requireNonNegative(remainder, stage, 'remainder');", ''],
      ['a difference is no problem', 'if (difference.size > 0) throw', 'if (difference.size > 99) throw'],
      ['a number is a square of a vector', 'degreeIn(term, vectors) !== expected', 'false'],
      [
        'the mean of what is not random is 0',
        'if (!isRandom(parseExpression(inequality.of), stage)) {',
        'if (false) {',
      ],
      ['a mean is used outside of expectations', "if (stage.kind !== 'expectation') {", 'if (false) {'],
      ['symbols need no meaning', 'if (!known.has(name)) throw', 'if (name === null) throw'],
      ['alternatives are not checked', 'checkAlternatives(stage);', ''],
      ['substitutions are not checked', 'checkWhere(entry, stage);', ''],
    ],
  },
  {
    file: 'src/claims/proofs/certificates/slack.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      [
        'the descent lemma forgets its half',
        'scale(multiply(modulus(), raise(distance, 2)), half)',
        'multiply(modulus(), raise(distance, 2))',
      ],
      [
        'convexity is used of functions that are not convex',
        "if (!convex && (kind === 'convexity' || kind === 'monotonicity')) {",
        'if (false) {',
      ],
      [
        'a Lipschitz constant is not squared',
        'raise(multiply(modulus(), distance), 2)',
        'multiply(modulus(), raise(distance, 2))',
      ],
      ['a later stage is used', 'stages.slice(0, stages.indexOf(stage))', 'stages'],
      ['the variance is not squared', 'raise(parseExpression(inequality.of), 2))', 'parseExpression(inequality.of))'],
      [
        'what holds in expectation is used on a path',
        "if (stage.kind !== 'total' && found.kind !== 'pathwise') {",
        'if (false) {',
      ],
    ],
  },
  {
    file: 'src/claims/proofs/certificates/polynomial.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      [
        'terms that cancel stay',
        'if (total.equals(zero)) collected.delete(key);',
        'if (total.equals(one)) collected.delete(key);',
      ],
      ['a power is joined once', '(powers.get(name) ?? 0) + power', 'power'],
      ['the order of symbols matters', '.sort(([a], [b]) => (a < b ? -1 : 1))', ''],
      [
        'a quotient keeps what is divided away',
        'if (rest === 0) left.delete(name);',
        'if (rest === 0) left.set(name, 1);',
      ],
    ],
  },
  {
    file: 'src/claims/proofs/certificates/expression.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      ['the rest of an expression is overlooked', "if (reader.rest !== '') reader.fail('an operator or the end');", ''],
      [
        'a minus is a plus',
        "else if (this.take('−')) total = this.algebra.difference(total, this.product());",
        "else if (this.take('−')) total = this.algebra.sum(total, this.product());",
      ],
      ['a norm needs no square', "if (!this.rest.startsWith('²')) this.fail('² after a norm');", ''],
    ],
  },
  {
    file: 'src/claims/proofs/certificates/conditions.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      ['0 needs no case of its own', 'sign === undefined ? 2 : 3', 'sign === undefined ? 2 : 2'],
      ['≤ is ≥', "relation === '≥' ? 1 : -1", "relation === '≥' ? 1 : 1"],
      ['a substitution need not follow', 'if (next === undefined) {', 'if (false) {'],
    ],
  },
  {
    file: 'src/claims/proofs/certificates/alternatives.ts',
    caughtBy: ['src/claims/proofs/certificates/certificates.test'],
    changes: [
      ['multipliers may depend on the outcome', 'used.some((entry) => entry !== used[0])', 'false'],
      ['cases need not cover everything', 'checkExhaustive(stage.alternatives.outcomes, stage);', ''],
      ['a condition on x may be random', 'if (isRandom(symbol, stage)) throw', 'if (symbol === null) throw'],
    ],
  },
  {
    file: 'src/claims/proofs/lines/arithmetic.ts',
    caughtBy: ['src/claims/proofs/lines/proof-lines.test'],
    changes: [
      ['exact comparison is strict', 'left.lte(right) ? 0', 'left.lt(right) ? 0'],
      [
        'the error of a product forgets a factor',
        'Math.abs(a.value) * b.error + Math.abs(b.value) * a.error',
        'Math.abs(a.value) * b.error',
      ],
      ['no rounding is counted', 'error: inherited + roundoff * Math.abs(value)', 'error: inherited'],
      [
        'the excess of floats is that of the left side',
        'add(left, { value: -right.value, error: right.error })',
        'left',
      ],
    ],
  },
  {
    file: 'src/claims/proofs/lines/conditional-law.ts',
    caughtBy: ['src/claims/proofs/lines/conditional-law.test'],
    changes: [
      ['the step of signProx forgets its 2', 'two.mul(sum(coordinateLipschitz))', 'sum(coordinateLipschitz)'],
      ['the mini-batch of signProx is √T', 'input.root ** 2;', 'input.root;'],
      ['outcomes have no probability', 'outcome.probability.mul(value(outcome.iteration))', 'value(outcome.iteration)'],
      ['the variance is a second moment', 'square(draw[i]!.sub(mean))', 'square(draw[i]!)'],
    ],
  },
];
