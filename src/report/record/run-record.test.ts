import test from 'ava';
import * as z from 'zod';
import { budgetText } from '../view/claims.js';
import { buildRunRecord } from './build-run-record.js';
import { stableJson } from './json-numbers.js';
import { parseRunRecord, runRecordJsonSchema } from './run-record.js';
import {
  describeRun,
  knownClaim,
  syntheticClaims,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from './synthetic-run.test.helper.js';

test('a record survives JSON, doubles outside JSON included', (t) => {
  const special = violatedClaim('special-doubles');
  const record = syntheticRecord(
    [
      {
        ...special,
        evidence: {
          ...special.evidence,
          failure: { kind: 'crash', message: 'line 1\nline 2' },
          measured: {
            nan: Number.NaN,
            up: Number.POSITIVE_INFINITY,
            down: Number.NEGATIVE_INFINITY,
            zero: -0,
            text: 'n/a',
          },
        },
      },
    ],
    [knownClaim(special.claim.id, 'kept as an example', 'https://example.org/1')],
  );
  const back = parseRunRecord(stableJson(record));
  t.deepEqual(back, record);
  const measured = back.claims.find((claim) => claim.id === 'special-doubles')!.evidence.measured!;
  t.true(Object.is(measured['zero'], -0));
  t.is(measured['nan'], Number.NaN);
  t.is(stableJson(back), stableJson(record));
});

test('two runs that differ in wall-clock time only have the same bytes without timing', (t) => {
  const slower = syntheticClaims().map((checked) => ({
    ...checked,
    evidence: { ...checked.evidence, seconds: checked.evidence.seconds * 3 },
  }));
  const first = buildRunRecord(describeRun());
  const second = buildRunRecord({ ...describeRun(slower), seconds: 99, startedAt: '2027-01-01T00:00:00.000Z' });
  t.not(stableJson(first), stableJson(second));
  t.is(stableJson(withoutTiming(first)), stableJson(withoutTiming(second)));
  t.false(stableJson(withoutTiming(first)).includes('seconds'));
  t.deepEqual(parseRunRecord(stableJson(withoutTiming(first))), withoutTiming(first));
});

test('claims are in the paper’s order, the registry’s order within a section, with results beyond the paper last', (t) => {
  const at = (id: string, section: string) => {
    const checked = violatedClaim(id);
    return { ...checked, claim: { ...checked.claim, source: { section } } };
  };
  const record = buildRunRecord(
    describeRun([
      at('sharp', 'beyond the paper'),
      at('b', '5.10'),
      at('five', '5'),
      at('abstract', 'abstract'),
      at('a', '5.2'),
      at('two', '2'),
      at('z', '2.1'),
      at('y', '2.1'),
    ]),
  );
  t.deepEqual(
    record.claims.map((claim) => claim.id),
    ['two', 'z', 'y', 'five', 'a', 'b', 'sharp', 'abstract'],
  );
});

test('counts, budget and exit code are sums over the claims', (t) => {
  const record = syntheticRecord([violatedClaim()]);
  const { counts, budget } = record;
  t.is(
    Object.values(counts.verdicts).reduce((sum, count) => sum + count, 0),
    record.claims.length,
  );
  t.deepEqual(counts.outcomes, { pass: 4, expected: 3, fail: 1, 'n/a': 1 });
  t.deepEqual(counts.rows, { total: 48, trivial: 4 });
  t.is(budget.slotsUsed, 48);
  t.is(budget.alphaPerSlot, 1e-9 / 4096);
  t.true(Math.abs(budget.totalFalseAlarm / ((48 * 1e-9) / 4096) - 1) < 1e-12);
  t.true(Math.abs(budget.totalFalseHolds / ((48 * 1e-9) / 4096) - 1) < 1e-12);
  t.true(budget.withinBudget);
  t.is(record.exitCode, 1);
  t.is(syntheticRecord().exitCode, 0);
  t.is(record.timing?.claims['theorem-2'], 18.9);
});

test('an overspent error budget says so', (t) => {
  const checked = violatedClaim();
  const spent = { alpha: 1e-8, falseHolds: 0, slots: 5000 };
  const record = syntheticRecord([{ ...checked, evidence: { ...checked.evidence, statistical: spent } }]);
  t.false(record.budget.withinBudget);
  t.regex(budgetText(record.budget)!, /one of 5048 statistical decisions .* OVERSPENT/);
  t.notRegex(budgetText(syntheticRecord().budget)!, /OVERSPENT/);
});

const invalid: readonly (readonly [string, (record: Record<string, unknown>) => void, RegExp])[] = [
  [
    'version',
    (record) => {
      record['schemaVersion'] = 3;
    },
    /schemaVersion: .*1.*2.*, got 3$/,
  ],
  [
    'exit code',
    (record) => {
      record['exitCode'] = 9;
    },
    /exitCode: .*got 9$/,
  ],
  [
    'missing field',
    (record) => {
      delete record['seed'];
    },
    /seed: .*expected string/,
  ],
  [
    'unknown field',
    (record) => {
      record['extra'] = 1;
    },
    /the top level: .*"extra"/,
  ],
  [
    'verdict',
    (record) => {
      record['claims'] = [{ id: 'x', verdict: 1 }];
    },
    /claims\[0\]\.\w+: .*\(and \d+ more\)$/,
  ],
  [
    'timing',
    (record) => {
      record['timing'] = { seconds: 'soon\nish', claims: {} };
    },
    /timing\.seconds: .*got "soon\\nish"$/,
  ],
];
for (const [name, spoil, message] of invalid) {
  test(`a record with a wrong ${name} is refused in one line that names the place`, (t) => {
    const record = JSON.parse(stableJson(syntheticRecord())) as Record<string, unknown>;
    spoil(record);
    const error = t.throws(() => parseRunRecord(stableJson(record)), { instanceOf: RangeError, message });
    t.notRegex(error.message, /\n/);
  });
}

test('a case whose doubles are not sixteen hex digits is rejected when it is read, not when it is drawn', (t) => {
  const text = stableJson(syntheticRecord()).replace('"3fb999999999999a"', '"0.1"');
  t.throws(() => parseRunRecord(text), {
    instanceOf: RangeError,
    message: /^run record: claims\[0\]\.evidence\.worst\.input: not an exact encoding of a case, got /,
  });
});

test('text that is not JSON is refused in one line', (t) => {
  const error = t.throws(() => parseRunRecord('{"schemaVersion": 1,\n'), { instanceOf: RangeError });
  t.regex(error.message, /^run record: not JSON: [^\n]*$/);
});

test('a hostile key changes no prototype', (t) => {
  const text = stableJson(syntheticRecord()).replace('"rate exponent": -0.512', '"__proto__": 1');
  const measured = parseRunRecord(text).claims.flatMap((claim) =>
    claim.evidence.measured === undefined ? [] : [claim.evidence.measured],
  );
  t.true(measured.every((figures) => Object.getPrototypeOf(figures) === Object.prototype));
});

test('the published JSON Schema accepts what is written and rejects what the parser rejects', (t) => {
  const published = z.fromJSONSchema(runRecordJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const record = JSON.parse(stableJson(syntheticRecord([violatedClaim()]))) as Record<string, unknown>;
  t.true(published.safeParse(record).success);
  for (const [name, spoil] of invalid) {
    const spoiled = structuredClone(record);
    spoil(spoiled);
    t.false(published.safeParse(spoiled).success, name);
  }
});
