/** What the program is for, as the README says it. */
export const about = `Give it your optimiser, proximal operator or convergence bound.
If it is wrong, you get a small input that shows it.`;
