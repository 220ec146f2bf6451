import type { SweepResult } from '../view/sweeps.js';
import type { SweepHeader, SweepRow } from './sweep-record.js';

const iterations = [1, 4, 16];
const digest = '0'.repeat(64);

const syntheticHeader: SweepHeader = {
  ...{ schemaVersion: 1, version: '0.1.0', command: 'signprox bounds --grid <grid>.json --seed 1' },
  ...{ seed: '1', depth: 'standard', engine: 'auto', signOfZero: 'zero' },
  problems: ['a.json', '<b>.json'].map((name) => ({ name, digest })),
  theorems: [{ theorem: 'theorem-2-sharp' }],
  iterations,
  steps: [0.1, 0.5],
  miniBatches: [1, 2, 8],
  cells: 36,
};

function row(cell: number): SweepRow {
  const line = Math.floor(cell / 3);
  const left = (1 + (line % 6)) / 8;
  return {
    ...{ cell, problem: ['a.json', '<b>.json'][Math.floor(line / 6)]!, theorem: 'theorem-2-sharp', schedule: 'given' },
    ...{
      iterations: iterations[cell % 3]!,
      step: [0.1, 0.5][Math.floor((line % 6) / 3)]!,
      miniBatch: [1, 2, 8][line % 3]!,
    },
    ...{ engine: 'monte-carlo', left, bound: 1, ratio: left, verdict: 'holds', reason: 'e-process crossed' },
    ...{ replicates: 1000, seed: '1', reproduce: 'signprox bounds' },
  };
}

/** Two problems, two γ, three B and three T; left/bound of a line is (1 + its place)/8. One row is violated, one is silent. */
export function syntheticSweep(): SweepResult {
  const rows = Array.from({ length: 36 }, (_, cell) => row(cell));
  rows[7] = { ...rows[7]!, left: 2, ratio: 2, verdict: 'violated', reason: 'e-process crossed at n = 8' };
  const none = { step: null, miniBatch: null, engine: null, left: null, bound: null, ratio: null, replicates: 0 };
  rows[35] = { ...rows[35]!, ...none, verdict: 'silent', reason: '1(c) is <violated>' };
  return { header: syntheticHeader, rows };
}
