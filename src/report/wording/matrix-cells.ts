import type { KillMatrix } from '../../claims/evidence.js';

/** What a cell of the kill matrix says. */
export type MatrixCell = 'caught as named' | 'caught' | 'missed' | 'missed as named' | 'not tried';

/** Signs of the cells, told apart without colour. */
export const cellSigns: Readonly<Record<MatrixCell, string>> = {
  'caught as named': '◉',
  caught: '●',
  missed: '·',
  'missed as named': '✗',
  'not tried': '',
};

/** One line that explains the signs. */
export const matrixLegend = '◉ caught by the claim named for it, ● caught, · tried and not caught, empty: not tried';

export function matrixCell(mutant: KillMatrix['mutants'][number], claim: string): MatrixCell {
  const named = claim === mutant.killedBy;
  if (mutant.caught.includes(claim)) return named ? 'caught as named' : 'caught';
  if (mutant.missed.includes(claim)) return named ? 'missed as named' : 'missed';
  return 'not tried';
}

/** `12 of 30`: how many of the mutants that a claim was tried on it caught. */
export function caughtOf({ mutants }: KillMatrix, claim: string): string {
  const caught = mutants.filter((mutant) => mutant.caught.includes(claim)).length;
  const missed = mutants.filter((mutant) => mutant.missed.includes(claim)).length;
  return `${caught} of ${caught + missed}`;
}
