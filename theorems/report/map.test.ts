import test from 'ava';
import type { BoundRow } from '../../src/claims/evidence.js';
import type { Verdict } from '../../src/claims/verdict.js';
import { rowsOf } from '../../src/report/charts/charts.test.helper.js';
import { ledgerTable } from '../../src/report/formats/ledger-table.js';
import { htmlReport } from '../../src/report/html/html-report.js';
import { buildRunRecord, type CheckedClaim } from '../../src/report/record/build-run-record.js';
import { successVerdicts } from '../../src/report/record/outcome.js';
import type { ClaimRecord, RunRecord } from '../../src/report/record/run-record.js';
import { describeRun, syntheticClaims } from '../../src/report/record/synthetic-run.test.helper.js';
import { theorems } from '../index.js';
import { report } from './index.js';
import { type Ground, headlines, judged, mapRows } from './map.js';

const pageOf = (record: RunRecord): string => htmlReport(record, 'claims', [report]);

const cells = mapRows.flatMap(({ name, theorems: own }) =>
  own.map((cell, i) => ({ ...cell, name: `${name}, Theorem ${i + 1}` })),
);
const grounds = [...cells, ...headlines].flatMap((one) => one.grounds);

test('every cell and every sentence names claims that exist and that accept what it says of them', (t) => {
  for (const { claim, found } of grounds) {
    const declared = theorems.find(({ id }) => id === claim);
    t.truthy(declared, claim);
    const accepted = declared!.expected ?? successVerdicts;
    t.true(found === 'holds' ? accepted.some((one) => successVerdicts.includes(one)) : accepted.includes(found), claim);
  }
});

/** A claim that found what all cells say of it, with a row above its bound for each family of instances. */
function confirming(claim: string): CheckedClaim {
  const own = grounds.filter((ground) => ground.claim === claim);
  const { found } = own[0]!;
  const [row] = rowsOf('theorem-1');
  const rows = own.map(
    ({ instances = '' }, i): BoundRow => ({
      ...row!,
      instance: `${instances}: ${i}`,
      iterations: 1024,
      bound: 1,
      engine: 'moments',
      left: found === 'holds' ? 0.5 : 2,
      leftInterval: found === 'holds' ? [0.5, 0.5] : [2, 2],
    }),
  );
  return {
    claim: {
      id: claim,
      source: { section: '2.2' },
      statement: 's',
      method: 'm',
      ...(found !== 'holds' && { expected: [found] }),
    },
    evidence: { verdict: found, reason: 'r', cases: 1, seed: '1', seconds: 0, reproduce: 'again', rows },
  };
}

const ids = [...new Set(grounds.map(({ claim }) => claim))];
const recordOf = (change: (checked: CheckedClaim) => readonly CheckedClaim[]): RunRecord =>
  buildRunRecord(describeRun(ids.flatMap((id) => change(confirming(id)))));

/** The cells and sentences that are not of this standing. */
const others = (
  record: Pick<RunRecord, 'claims'>,
  standing: string,
  of: readonly { readonly grounds: readonly Ground[] }[],
) => of.filter((one) => judged(one.grounds, record).standing !== standing);

const resting = (claim: string) =>
  [...cells, ...headlines].filter((one) => one.grounds.some((ground) => ground.claim === claim));

test('a word is confirmed only if every claim of its cell found what it says', (t) => {
  const record = recordOf((one) => [one]);
  t.deepEqual(others(record, 'confirmed', [...cells, ...headlines]), []);
  for (const id of ids) {
    const changed = (change: (claim: ClaimRecord) => readonly ClaimRecord[]) => ({
      claims: record.claims.flatMap((claim) => (claim.id === id ? change(claim) : [claim])),
    });
    const missing = changed(() => []);
    t.deepEqual(others(missing, 'not run', resting(id)), [], `${id} did not run`);
    for (const verdict of ['violated', 'inconclusive'] as const) {
      const fails = changed((claim) => [{ ...claim, outcome: 'fail', evidence: { ...claim.evidence, verdict } }]);
      t.deepEqual(others(fails, 'not confirmed', resting(id)), [], `${id} is ${verdict}`);
    }
    const other = changed(({ evidence, ...claim }) => [{ ...claim, evidence: { ...evidence, verdict: 'silent' } }]);
    const refuting = grounds.find(({ claim }) => claim === id)!.found !== 'holds';
    if (refuting) t.deepEqual(others(other, 'not confirmed', resting(id)), [], `${id} has another verdict`);
  }
});

test('a counterexample is none for a theorem without a row of it above its bound', (t) => {
  const below = recordOf(({ claim, evidence }) => [
    {
      claim,
      evidence: {
        ...evidence,
        rows: evidence.rows!.map((row) => (row.instance.startsWith('Theorem 2') ? { ...row, left: 1 } : row)),
      },
    },
  ]);
  const wrong = cells
    .filter(({ grounds: own }) => judged(own, below).standing === 'not confirmed')
    .map(({ name }) => name);
  t.deepEqual(wrong, [
    'an L that is large enough, Theorem 2',
    'finite f*, Theorem 2',
    'fresh mini-batches, Theorem 2',
    'γ that decays with T, Theorem 2',
    'sampling by θ, Theorem 2',
  ]);
});

/** The cells of the map on a page, as text. */
const shown = (record: RunRecord): string[] => {
  const [table] = /<table class="map">.*?<\/table>/s.exec(pageOf(record))!;
  return Array.from(table.matchAll(/<td>(.*?)<\/td>/gs), ([, cell]) =>
    cell!
      .replaceAll('<br>', ' ')
      .replaceAll(/<svg.*?<\/svg>/g, '')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
};

test('the page says each word with the largest ratio, and of a cell that is not confirmed that it is not', (t) => {
  const record = recordOf((one) => [one]);
  const words = shown(record);
  const note = 'on Moreau envelopes Lipschitz rk are enough, at the rate T−1/3';
  t.deepEqual(words.slice(0, 2), ['needed 2 at T = 1024, exact', `needed 2 at T = 1024, exact ${note}`]);
  for (const [i, { word }] of cells.entries()) t.true(words[i]!.startsWith(word), word);
  const without = recordOf((one) => {
    if (one.claim.id === 'counterexample-smoothness-spgm') return [];
    if (one.claim.id !== 'counterexample-smoothness-sign-prox') return [one];
    return [{ ...one, evidence: { ...one.evidence, verdict: 'holds' } }];
  });
  t.deepEqual(shown(without).slice(0, 2), ['not run', 'not expected: holds “needed” is not confirmed']);
  t.true(pageOf(record).includes('<h1>signProx (Xu and Kamilov 2019), checked</h1>'));
  t.false(pageOf(without).includes('Without smooth r<sub>k</sub> both fail'));
  t.true(pageOf(record).includes('Without smooth r<sub>k</sub> both fail'));
});

/** A record whose rows all have the engine, and this much room about their left sides, which are moved. */
const engined = (engine: BoundRow['engine'], room: number, moved = 0): RunRecord =>
  recordOf(({ claim, evidence }) => [
    {
      claim,
      evidence: {
        ...evidence,
        rows: evidence.rows!.map((row) => ({
          ...row,
          ...{ engine, left: row.left + moved },
          leftInterval: [row.left + moved - room, row.left + moved + room] as const,
        })),
      },
    },
  ]);

interface Paper {
  mapLines(record: RunRecord): readonly string[];
  measuredOf(record: Pick<RunRecord, 'claims'>): Readonly<Record<string, string | number>>;
}
const paper = async (): Promise<Paper> =>
  (await import(new URL('../../../src/tools/write-paper.mjs', import.meta.url).href)) as Paper;

test('the paper rounds what it measured to nearest, and what is only a lower end downwards', async (t) => {
  const of = (id: string, ends: Readonly<Record<string, number>>): CheckedClaim => ({
    claim: { id, source: { section: '2.2' }, statement: 's', method: 'm' },
    evidence: { verdict: 'holds', reason: 'r', cases: 1, seed: '1', seconds: 0, reproduce: 'again', measured: ends },
  });
  const { claims } = buildRunRecord(
    describeRun([
      of('theorem-1-sharp-tight', { 'd = x², r_k of the same curvature, σ = 1, x⁰ = 1, T = 100000': 0.99816 }),
      of('theorem-1-optimal-step-minimax', { 'a, T = 1000000': 0.99987, 'b, T = 1000000': 0.99926 }),
      of('theorem-2-simple-tight', {
        'Δ: d = ½x², r = 0, x⁰ = (T − ½)γ, T = 256': 0.996105,
        '‖L‖₁: d = r = ½x², x⁰ = γ/2, T = 256': 0.968751,
      }),
      of('theorem-2-noise-coefficient', { 'E|G|/√v, B = 2²⁰, √v = 0.00390625, fall = 40 rises': 0.850208 }),
      of('sign-prox-lower-bound', { 'least of left/(‖L‖₁Δ‖σ‖₁²/N)^¼': 0.63289 }),
    ]),
  );
  t.deepEqual((await paper()).measuredOf({ claims }), {
    ...{ sharpOneTight: '0.9982', minimax: '0.9992', simpleDelta: '0.9961', simpleCurvature: '0.9688', simpleT: 256 },
    ...{ noiseRatio: '0.8502', lowerBound: '0.6328' },
  });
});

test('every number of the map has a kind, and a mean of replicates is an interval, on the page and in the paper', async (t) => {
  const { mapLines } = await paper();
  const kinds = [
    ['moments', 0, /^(?:2(?: of [^,]*)? at T = 1024|0\.5(?: of [^,]*)?), exact/],
    ['moments', 0, /^(?:2\.17(?: of [^,]*)? at T = 1024|0\.667(?: of [^,]*)?), exact/, 1 / 6],
    ['lattice', 0, /^(?:2\.17(?: of [^,]*)? at T = 1024|0\.667(?: of [^,]*)?), enclosed/, 1 / 6],
    ['lattice', 1 / 3, /^(?:1\.66 to 2\.34(?: of [^,]*)? at T = 1024|0\.166 to 0\.834(?: of [^,]*)?), enclosed/],
    ['monte-carlo', 1 / 3, /^(?:1\.66 to 2\.34(?: of [^,]*)? at T = 1024|0\.166 to 0\.834(?: of [^,]*)?), interval/],
    ['cap', 1 / 3, /^(?:1\.66 to 2\.34(?: of [^,]*)? at T = 1024|0\.166 to 0\.834(?: of [^,]*)?), interval/],
  ] as const;
  for (const [engine, room, expected, moved] of kinds) {
    const record = engined(engine, room, moved);
    const onPage = shown(record);
    for (const [i, { word, name }] of cells.entries()) {
      const numbers = onPage[i]!.slice(word.length + 1);
      if (numbers !== '') t.regex(numbers, expected, `${name}, ${engine}`);
    }
    const inPaper = mapLines(record).flatMap((line) => line.replace(/\\\\$/, '').split(' & ').slice(1));
    t.is(inPaper.length, cells.length);
    for (const [i, cell] of inPaper.entries()) {
      const numbers = cell.replace(/^\\emph\{.*?\} ?/, '');
      // The caption has the T. Where a hypothesis is needed at small T alone, there is no number.
      const has = cells[i]!.word === 'needed' && !numbers.startsWith('(for $T$ ≤ 3');
      t.is(/^[\d≥]/.test(numbers), has, cell);
      if (has) t.regex(numbers.replace(',', ' at T = 1024,'), expected, `${cell}, ${engine}`);
    }
  }
});

test('a run of none of these claims has no map', (t) => {
  t.notRegex(pageOf(buildRunRecord(describeRun())), /<table class="map">/);
});

test('the end of a run begins with what it says about the theorems', (t) => {
  /** The first line about a run of which one claim has another verdict or outcome. */
  const verdict = (id: string, other: Verdict, change: Partial<RunRecord> = {}): string => {
    const claims = syntheticClaims().map((checked) =>
      checked.claim.id === id ? { ...checked, evidence: { ...checked.evidence, verdict: other } } : checked,
    );
    const record = buildRunRecord(describeRun(claims));
    return ledgerTable({ ...record, ...change }, { width: 160 }, [report]).split('\n')[0]!;
  };
  const both = 'Both theorems hold under their hypotheses';
  const second = 'Theorem 2 holds under its hypotheses';
  t.is(verdict('', 'holds'), `✓ ${both}. 8 claims, 0 failed`);
  t.is(
    verdict('theorem-2', 'violated'),
    '✗ Theorem 1 holds under its hypotheses, Theorem 2 fails as checked. theorem-2 failed',
  );
  t.is(verdict('theorem-1', 'inconclusive'), `✗ Theorem 1 is not decided, ${second}. theorem-1 failed`);
  t.is(verdict('theorem-1', 'not-applicable'), `✓ Theorem 1 is not decided, ${second}. 8 claims, 0 failed`);
  t.is(verdict('eq6-prox', 'violated'), `✗ ${both}. eq6-prox failed`);
  // Without its counterexample a misprint is a failure.
  t.is(verdict('definition-1-gradient-mapping', 'holds'), `✗ ${both}. definition-1-gradient-mapping failed`);
  const { claims: all } = buildRunRecord(describeRun());
  const [rest, first] = [all.filter(({ id }) => id !== 'theorem-1'), all.find(({ id }) => id === 'theorem-1')];
  t.is(verdict('', 'holds', { claims: rest }), '✓ 7 claims, 0 failed');
  t.is(verdict('', 'holds', { claims: [first!] }), '✓ theorem-1: holds');
  t.is(verdict('', 'holds', { command: 'signprox guard --module m.mjs' }), '✓ 8 claims, 0 failed');
  t.regex(
    verdict('', 'holds', { incomplete: { remaining: ['figure-1'], resume: 'signprox' } }),
    /^! incomplete: .*, 0 failed$/,
  );
});
