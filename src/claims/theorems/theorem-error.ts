/** Something that a theorem of one's own computes is not what it must be: one line that names the theorem's part, what it gave and what is expected. */
export class TheoremError extends Error {
  override readonly name: string = 'TheoremError';
}
