import test from 'ava';
import fc from 'fast-check';
import { dtypeNames, roundTo } from '../../claims/implementation/dtype.js';
import { overflowCases } from './overflow.js';

test('a point whose square overflows is itself a finite number of the dtype, and so is its prox', (t) => {
  for (const [type, cases] of overflowCases) {
    for (const dtype of dtypeNames) {
      for (const { y, result } of fc.sample(cases(dtype), { numRuns: 200, seed: 1 })) {
        for (const value of [...y, ...result]) {
          t.true(Number.isFinite(roundTo(dtype, value)), `${type} in ${dtype}: ${value}`);
        }
      }
    }
  }
});
