import { loadProperties } from './modules.js';

export { propertyModules } from './modules.js';

/** Claims about operators and algorithms, in the order of the paper. */
export const properties = await loadProperties();
