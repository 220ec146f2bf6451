export { runAffineSpgm, stepAffineSignProx } from './affine';
export { addRows, productsOfRows } from './matrix-rows';
export { advanceTotalVariation } from './total-variation';
