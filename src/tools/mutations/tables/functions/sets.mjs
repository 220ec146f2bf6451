import { vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const sets = [
  {
    file: 'src/reference/functions/sets/box.ts',
    ...vocabulary,
    changes: [
      ['the conjugate is finite where the box is open below', ' || (p[i]! < 0 && entry(lower, i) === -Infinity)', ''],
      ['the conjugate is finite where the box is open above', '(p[i]! > 0 && entry(upper, i) === Infinity) || ', ''],
      [
        'the support is at the other end',
        'p[i]! > 0 ? entry(upper, i) : entry(lower, i)',
        'p[i]! > 0 ? entry(lower, i) : entry(upper, i)',
      ],
      ['the range of a half-line is the line', 'lower === -Infinity ? 0 : -Infinity', '-Infinity'],
      ['the range above is that below', 'upper === Infinity ? 0 : Infinity', 'upper === Infinity ? Infinity : 0'],
      ['the residual is not divided', '(y[i]! - clip(y[i]!, i)) / step', 'y[i]! - clip(y[i]!, i)'],
    ],
  },
  {
    file: 'src/reference/functions/sets/box.ts',
    caughtBy: ['src/reference/functions/definition/parse.test'],
    changes: [['an empty box is accepted', '!(low <= high && high > -Infinity)', '!(high > -Infinity)']],
  },
  {
    file: 'src/reference/functions/sets/simplex.ts',
    ...vocabulary,
    changes: [
      ['negative entries are in the simplex', 'if (!(u[i]! >= 0)) return false;', ''],
      ['the conjugate forgets the total', 'return total * maximum', 'return maximum'],
    ],
  },
  {
    file: 'src/reference/functions/sets/second-order-cone.ts',
    ...vocabulary,
    changes: [
      ['the height is the sum', '(head + tail) / 2;', 'head + tail;'],
      ['the polar cone is the cone', 'const polarViolation = distance(-1)', 'const polarViolation = distance(1)'],
      ['the distance is vertical', '(tail - head) * Math.SQRT1_2', 'tail - head'],
      [
        'the polar cone keeps its points',
        'else if (tail <= -head) result[i] = 0;',
        'else if (tail <= -head) result[i] = y[i]!;',
      ],
    ],
  },
  {
    file: 'src/reference/functions/sets/l2-ball.ts',
    ...vocabulary,
    changes: [
      ['points inside go to the sphere', 'inside ? y[i]! : radius', 'false ? y[i]! : radius'],
      [
        'the violation is negative inside',
        'Math.max(0, euclideanNorm(u) - radius);\n    };',
        'euclideanNorm(u) - radius;\n    };',
      ],
    ],
  },
  {
    file: 'src/reference/functions/sets/plane-indicator.ts',
    caughtBy: ['src/reference/functions/sets/plane-indicator.test'],
    changes: [
      ['the offset is not divided by the norm', 'const distance = offset / norm', 'const distance = offset'],
      ['the offset has the other sign', 'let height = -distance;', 'let height = distance;'],
    ],
  },
  {
    file: 'src/reference/functions/sets/plane-indicator.ts',
    ...vocabulary,
    changes: [['the conjugate is 0', 'excess(innerProduct(unit, p)) * distance', 'excess(innerProduct(unit, p)) * 0']],
  },
];
