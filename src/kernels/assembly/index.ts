export { addEightRows, productsOfEightRows } from './matrix-rows';
export { advanceTotalVariation } from './total-variation';
