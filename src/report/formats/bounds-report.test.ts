import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import { displayWidth } from '../wording/terminal-text.js';
import { boundsJson, boundsTable } from './bounds-report.js';

const row: BoundRow = {
  ...{ instance: 'problem', iterations: 1_000_000, step: 1.2345e-5, miniBatch: 999_999, engine: 'monte-carlo' },
  ...{ left: 1.2345e-5, leftInterval: [1.2e-5, Number.POSITIVE_INFINITY], bound: 1.2345e-5, sharpBound: 1.1e-5 },
  ...{ verdict: 'holds-within-rho', reason: 'undecided', trivial: false, replicates: 64, seed: '1' },
  constants: {
    L: 2,
    coordinateL: [2, 1],
    sigma: 3,
    coordinateSigma: [3, 0],
    startObjective: -0,
    infimumLower: -1,
    infimumUpper: -1,
  },
  reproduce: 'signprox bounds',
};
const silent: BoundRow = { ...row, iterations: 4, verdict: 'silent', replicates: 0, left: Number.NaN, constants: {} };
const record = { theorem: 'theorem-2', schedule: 'own', problem: 'problem.json', rows: [row, silent] };

test('the table fits the terminal, split in two if too wide, and shows the interval of an estimated left side', (t) => {
  for (const [width, tables] of [
    [80, 2],
    [60, 2],
    [160, 1],
    [30, 0],
  ] as const) {
    const text = boundsTable({ ...record, coordinatewise: true }, { width });
    const lines = text.split('\n');
    for (const line of lines) t.true(displayWidth(line) <= width, `${width}: ${line}`);
    t.is(lines.filter((line) => line.startsWith('─')).length, tables);
    const prose = text.replaceAll(/\s+/g, ' ');
    t.regex(
      prose,
      /is the mean of 64 replicates, its expectation is in \[1\.2e−5, ∞\], except with probability 0\.001/,
    );
    t.is(prose.split('replicates, its').length, 2, 'a silent row has no interval');
  }
});

test('JSON has numbers and null only, and the constants of the theorem', (t) => {
  const [vectors, scalars] = [true, false].map((coordinatewise) => boundsJson({ ...record, coordinatewise }));
  const [first, second] = JSON.parse(vectors!) as Record<string, unknown>[];
  t.deepEqual(first!['leftInterval'], [1.2e-5, null]);
  t.deepEqual(first!['constants'], {
    coordinateL: [2, 1],
    sigma: [3, 0],
    startObjective: 0,
    infimumInterval: [-1, -1],
  });
  t.false(vectors!.includes('Infinity') || vectors!.includes('"-0"') || vectors!.includes('-0,'));
  t.deepEqual([second!['left'], second!['leftInterval'], second!['leftIntervalError']], [null, null, null]);
  const [scalar] = JSON.parse(scalars!) as Record<string, unknown>[];
  t.deepEqual(scalar!['constants'], { L: 2, sigma: 3, startObjective: 0, infimumInterval: [-1, -1] });
});

test("at another schedule than the theorem's own, both bounds are side by side", (t) => {
  const other = { ...record, schedule: 'optimal', coordinatewise: true };
  const own = [{ step: 0.25, miniBatch: 4, bound: 2 * row.bound }, undefined];
  const text = boundsTable({ ...other, own });
  t.regex(text, /^theorem-2 at its schedule optimal on problem\.json$/m);
  t.regex(text, /^ *T +own γ +own bound +γ +bound +own\/bound$/m);
  t.regex(text, /^ *1e6 +0\.25 +2\.469e−5 +1\.234e−5 +1\.234e−5 +2$/m);
  t.regex(text, /^ *4 +– +– /m);
  t.false(boundsTable({ ...other, own: [] }).includes('own γ'));
  const entries = JSON.parse(boundsJson({ ...other, own })) as Record<string, unknown>[];
  t.deepEqual(
    entries.map(({ schedule, own: at }) => [schedule, at]),
    [
      ['optimal', own[0]],
      ['optimal', null],
    ],
  );
});
