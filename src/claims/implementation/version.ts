/** The version of this package, as in its package.json: a browser has no files to read it from. */
export const version = '0.1.0';
