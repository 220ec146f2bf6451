export { runAffineSpgm, stepAffineSignProx } from './affine';
export { addEightRows, productsOfEightRows } from './matrix-rows';
export { advanceTotalVariation } from './total-variation';
