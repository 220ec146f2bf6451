import test from 'ava';
import { sizeChart } from './size-chart.js';

const measured = {
  'bound of signProx': 0.1,
  'signProx, normal, τ = 1': 0.05,
  'signProx, normal, τ = 16': 0.06,
  'signProx, normal, τ = 4': 0.055,
  'signProx, Cauchy, τ = 4': 3,
  'SPGM, normal, τ = 1': 0.05,
  'SPGM, normal, τ = 4': 0.5,
  'SPGM, normal, τ = 16': 5,
};
const claim = (figures: Record<string, number>) => ({ evidence: { measured: figures } }) as never;

test('both left sides are drawn against the size of the noise, with the bound as a line', (t) => {
  const line = (...heights: readonly number[]) => heights.map((height, i) => [4 ** i, height]);
  t.like(sizeChart(claim(measured)), {
    curves: {
      limit: 0.1,
      x: { logarithmic: true, ticks: [1, 4, 16] },
      y: { logarithmic: true, ends: [0.05 / 1.6, 5 * 1.6] },
      curves: [line(0.05, 0.055, 0.06), line(0.05, 0.5, 5)],
    },
  });
});

test('there is no chart without both lines and the bound', (t) => {
  const { 'bound of signProx': _, ...lines } = measured;
  t.is(sizeChart(claim(lines)), undefined);
  const onlySigns = Object.fromEntries(Object.entries(measured).filter(([name]) => !name.startsWith('SPGM')));
  t.is(sizeChart(claim(onlySigns)), undefined);
  t.is(sizeChart(claim({})), undefined);
});
