import { vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const complex = [
  {
    file: 'src/reference/functions/complex/complex-numbers.ts',
    ...vocabulary,
    changes: [['the imaginary part is left out of the modulus', 'pair[1] = x[2 * j + 1] ?? 0;', 'pair[1] = 0;']],
  },
  {
    file: 'src/reference/functions/complex/of-moduli.ts',
    ...vocabulary,
    changes: [
      ['a part has the modulus of its number', 'image * (y[i]! / size)', 'image * Math.sign(y[i]!)'],
      ['a prox of 0 is what is inside', 'image === size ? y[i]! : image === 0', 'image === size ? 0 : image === 0'],
      ['the conjugate is that of the parts', 'member(moduli(p))', 'member(p)'],
    ],
  },
  {
    file: 'src/reference/functions/complex/real-part-box.ts',
    ...vocabulary,
    changes: [
      ['the imaginary part is clipped', 'i % 2 === 0 ? clip(y[i]!) : y[i]!', 'clip(y[i]!)'],
      ['imaginary parts of the conjugate are free', 'euclideanNorm(parts(p, 1))', '0'],
    ],
  },
];
