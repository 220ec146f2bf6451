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

const rowsOf = (json: string) => (JSON.parse(json) as { readonly rows: Record<string, unknown>[] }).rows;

test('one table fits the terminal, without columns that are told below it if too wide, and shows the interval of an estimated left side', (t) => {
  for (const [width, tables] of [
    [80, 1],
    [60, 1],
    [160, 1],
    [30, 0],
  ] as const) {
    const text = boundsTable({ ...record, coordinatewise: true }, { width });
    const lines = text.split('\n');
    for (const line of lines) t.true(displayWidth(line) <= width, `${width}: ${line}`);
    t.is(lines.filter((line) => line.startsWith('─')).length, tables);
    t.is(text.replaceAll(/\s+/g, ' ').includes('engine monte-carlo, verdict holds-within-rho'), width < 160, text);
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
  const [first, second] = rowsOf(vectors!);
  t.deepEqual(first!['leftInterval'], [1.2e-5, null]);
  t.deepEqual(first!['constants'], {
    coordinateL: [2, 1],
    sigma: [3, 0],
    startObjective: 0,
    infimumInterval: [-1, -1],
  });
  t.false(vectors!.includes('Infinity') || vectors!.includes('"-0"') || vectors!.includes('-0,'));
  t.deepEqual([second!['left'], second!['leftInterval'], second!['leftIntervalError']], [null, null, null]);
  const [scalar] = rowsOf(scalars!);
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
  const entries = rowsOf(boundsJson({ ...other, own }));
  t.deepEqual(
    entries.map(({ schedule, own: at }) => [schedule, at]),
    [
      ['optimal', own[0]],
      ['optimal', null],
    ],
  );
});

test('the table begins with what its rows mean', (t) => {
  const exact: BoundRow = { ...row, ...{ engine: 'lattice', verdict: 'holds', replicates: 0, iterations: 1 } };
  const at = (iterations: number, share: number): BoundRow => {
    const left = share * row.bound;
    return { ...exact, iterations, left, leftInterval: [left, left] };
  };
  const first = (...rows: readonly BoundRow[]): string =>
    boundsTable({ ...record, coordinatewise: true, rows }, { width: 160 })
      .split('\n')[0]!
      .slice(2);
  t.is(
    first(at(1, 0.0931), at(4, 0.1666)),
    'Theorem 2 holds at T = 1, 4: its left side is 9.3–17 % of its bound, 10–19 % of the sharpened one (♯)',
  );
  // Rounded up, from the upper end of an enclosure.
  const wide = { ...at(4, 0.1666), leftInterval: [0, 0.1701 * row.bound] } satisfies BoundRow;
  t.regex(first(wide), /at most 18 % of/);
  t.regex(first(at(1, 0.000_321)), /at most 0\.033 % of/);
  t.regex(first(at(1, 0.996)), /at most 99\.6 % of/);
  t.regex(first(at(1, 1)), /at most 100 % of/);
  const sampled = { ...at(4, 0.5), ...{ engine: 'monte-carlo' as const, replicates: 64 } };
  t.regex(
    first(sampled),
    /^Theorem 2 holds at T = 4: its left side is estimated at 50 % of its bound, 57 % of the sharpened one \(♯\)$/,
  );
  t.is(first({ ...sampled, left: Number.NaN, engine: 'cap', replicates: 0 }), 'Theorem 2 holds at T = 4');
  t.is(first(at(4, 1.5)), 'Theorem 2 holds at T = 4', 'a bound from below');
  t.is(
    first(at(1, 0.5), { ...at(4, 1.2), verdict: 'violated' }, silent),
    'Theorem 2 is violated at T = 4; it says nothing at T = 4; it holds at T = 1: its left side is at most 50 % of its bound, at most 57 % of the sharpened one (♯)',
  );
  t.regex(first(...[1, 2, 3, 4, 5, 6, 7].map((T) => at(T, 0.5))), /^Theorem 2 holds at T = 1 to 7: /);
});
