import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../../report/record/run-record.js';
import { readGuardCatalogue } from '../catalogue.js';
import { judgingOf } from '../commands/guard.js';
import { directory } from '../run-directory.test.helper.js';
import { judge } from './judge.js';

const library = `
export default {
  describe: () => ({
    name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['prox'], functions: ['l1'], smooth: [],
    algorithms: [], conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
  }),
  prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)),
};
`;

test.serial(
  'an error of the suite inside a claim is told as one, with exit code 7, and is no fault of the library',
  async (t) => {
    const folder = await directory(t);
    const path = join(folder, 'mine.mjs');
    writeFileSync(path, library);
    const written: string[] = [];
    const { write } = process.stdout;
    t.teardown(() => {
      process.stdout.write = write;
    });
    process.stdout.write = ((text: string) => written.push(text) > 0) as typeof write;

    const other = readGuardCatalogue().find(({ id }) => id === 'eq6-prox')!;
    const broken = {
      ...other,
      id: 'broken',
      module: import.meta.resolve('./broken-claim.test.helper.js'),
      mutants: [],
    };
    const options = { depth: 'quick', seed: '1', format: 'table', out: join(folder, 'reports'), workers: 0 } as const;
    const target = { kind: 'module', path } as const;
    let record: RunRecord | undefined;
    const code = await judge({
      ...judgingOf(target, options, new AbortController().signal),
      claims: [broken, other],
      found: (found) => {
        record = found;
      },
    });
    process.stdout.write = write;

    t.is(code, 7);
    const outcomes = record!.claims.map(({ id, outcome }) => [id, outcome]);
    t.deepEqual(Object.fromEntries(outcomes), {
      broken: 'suite-error',
      'eq6-prox': 'pass',
    });
    t.regex(written.join(''), /an error of the suite/);
    t.regex(written.join(''), / exit 7$/m);
  },
);
