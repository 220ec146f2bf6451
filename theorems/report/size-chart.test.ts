import test from 'ava';
import { chartColours } from '../../src/report/charts/chart-colours.js';
import { markHeights } from '../../src/report/charts/charts.test.helper.js';
import { sizeChart, sizeChartFile } from './size-chart.js';

const { left, bound } = chartColours;

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

test('both left sides are drawn against the size of the noise, the larger one higher', (t) => {
  const svg = sizeChart(claim(measured))!;
  const [sign, gradient] = [markHeights(svg, left.light), markHeights(svg, bound.light)];
  t.deepEqual([sign.length, gradient.length], [3, 3]);
  t.is(sign[0], gradient[0]);
  t.true(gradient[0]! > gradient[1]! && gradient[1]! > gradient[2]! && sign[2]! > gradient[1]!);
  t.regex(sizeChartFile(claim(measured))!, /^<svg [^>]*><rect width="100%"/);
});

test('there is no chart without both lines and the bound', (t) => {
  const { 'bound of signProx': _, ...lines } = measured;
  t.is(sizeChart(claim(lines)), undefined);
  const onlySigns = Object.fromEntries(Object.entries(measured).filter(([name]) => !name.startsWith('SPGM')));
  t.is(sizeChart(claim(onlySigns)), undefined);
  t.is(sizeChartFile(claim({})), undefined);
});
