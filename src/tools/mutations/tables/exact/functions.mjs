/** @type {readonly import('../../table.mjs').Group[]} */
export const exactFunctions = [
  {
    file: 'src/exact/functions/functions.ts',
    caughtBy: ['src/exact/functions/functions.test', 'src/claims/judges/exact-judges.test'],
    changes: [
      ['the scale of a translation has the other sign', 'b: b.sub(a.mul(shift))', 'b: b.add(a.mul(shift))'],
      ['a translated constant forgets the square', '.add(a.mul(square(shift)).div(two))', ''],
      ['a box is translated backwards', 'from?.add(shift)', 'from?.sub(shift)'],
      ['a tilt adds to the constant', '({ ...piece, b: piece.b.add(slope) })', '({ ...piece, c: piece.c.add(slope) })'],
      ['precomposition squares nothing', 'a: a.mul(square(factor))', 'a: a.mul(factor)'],
      ['a negative factor keeps the order', 'factor.gt(zero) ? pieces : pieces.reverse()', 'pieces'],
      ['the huber offset has the other sign', 'slope.mul(threshold).div(two).neg()', 'slope.mul(threshold).div(two)'],
      ['the squared hinge loses its half', 'c: w.div(two) }', 'c: w }'],
      ['a scaled function scales its slopes alone', 'a: factor.mul(a)', 'a'],
      ['the envelope forgets its smoothing', 'piece.a.add(smoothing)', 'piece.a'],
      ['a summand is asked at the index of the whole', 'i - offset', 'i'],
    ],
  },
  {
    file: 'src/exact/functions/semi-orthogonal.ts',
    caughtBy: ['src/exact/functions/semi-orthogonal.test'],
    changes: [
      ['the transpose is the matrix', 'row[i]!.mul(q[j]!)', 'row[j]!.mul(q[j]!)'],
      ['rows are taken for orthogonal', 'j === k ? bound : zero', 'product(row, other)'],
    ],
  },
  {
    file: 'src/exact/functions/proximal-points.ts',
    caughtBy: ['src/exact/functions/semi-orthogonal.test'],
    changes: [
      ['the inner step is the outer one', 'bound.mul(step), z', 'step, z'],
      ['the way is not divided', 'way[i]!.div(bound)', 'way[i]!'],
    ],
  },
  {
    file: 'src/exact/functions/piecewise-quadratic.ts',
    caughtBy: ['src/exact/functions/functions.test'],
    changes: [
      ['the prox forgets the curvature', 'one.div(one.add(step.mul(a)))', 'one'],
      ['the prox moves by b', 'step.mul(b).mul(factor).neg()', 'b.mul(factor).neg()'],
      ['the value loses its half', 'a.div(two).mul(u)', 'a.mul(u)'],
      ['the conjugate of a parabola has its curvature', 'a: one.div(a), b: b.neg()', 'a, b: b.neg()'],
      [
        'pieces of another constant are merged',
        ' && last.c.equals(piece.c)',
        '',
        'A function that is continuous has one constant where a slope and a curvature go on.',
      ],
    ],
  },
  {
    file: 'src/exact/functions/proximal-average.ts',
    caughtBy: ['src/exact/functions/functions.test'],
    changes: [
      ['the envelope loses its half', 'square(y.sub(mean)).div(two)', 'square(y.sub(mean))'],
      ['the curvature is not divided by γ', 'inverse.sub(one).div(step)', 'inverse.sub(one)'],
      [
        'the level of the first piece is that of all',
        'const level = last === undefined ? zero :',
        'const level = last !== undefined ? zero :',
      ],
    ],
  },
];
