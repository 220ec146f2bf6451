/** Name of the rows of a search: another problem for every T, so that no power law in T runs through them. */
export const tightestFound = 'tightest found';
