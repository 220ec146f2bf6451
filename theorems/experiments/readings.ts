/** The two readings of "the standard deviation of the noise is kept constant": of the entries that are hit, or of the mixture. */
export const readings = ['total', 'entry'] as const;
export type Reading = (typeof readings)[number];
