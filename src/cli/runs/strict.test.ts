import { join } from 'node:path';
import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { readCatalogue } from '../catalogue.js';
import { conclusion } from '../commands/bounds-on-thread.js';
import { directory } from '../run-directory.test.helper.js';
import { judge } from './judge.js';

test.serial(
  'a claim that accepts not-refuted fails only under --strict, which names the rows in one line',
  async (t) => {
    const folder = await directory(t);
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      const { write } = process[stream];
      t.teardown(() => {
        process[stream].write = write;
      });
      process[stream].write = ((text: string) => {
        written[stream] += text;
        return true;
      }) as typeof write;
    }
    const module = import.meta.resolve('./uncapped-claim.test.helper.js');
    const claims = [{ ...readCatalogue()[0]!, id: 'uncapped', module, mutants: [] }];
    const run = async (strict: { strict?: true }): Promise<readonly [number, string]> => {
      let record: RunRecord | undefined;
      const code = await judge({
        open: async () => ({ implementation: reference, close: async () => undefined }),
        options: { depth: 'quick', seed: '1', format: 'table', out: join(folder, 'reports'), workers: 0, ...strict },
        ...{ target: { kind: 'reference' }, claims, commandWith: (given) => `signprox verify ${given}` },
        found: (found) => {
          record = found;
        },
        signal: new AbortController().signal,
      });
      return [code, record!.claims[0]!.outcome];
    };
    const content = await run({});
    const quiet = written.stderr;
    const strict = await run({ strict: true });

    t.deepEqual(content, [0, 'expected']);
    t.regex(written.stdout, /^✓ uncapped: not-refuted\n/m);
    t.false(quiet.includes('--strict'));
    t.deepEqual(strict, [1, 'fail']);
    t.regex(
      written.stderr,
      /^signprox: --strict: neither refuted nor proved: uncapped on .+, T = 4: derive a cap, as docs\/statistics\.md shows, or leave --strict out$/m,
    );
  },
);

test('rows of bounds that are not refuted are a success but for --strict, and what is inconclusive never is', (t) => {
  const row = (verdict: BoundRow['verdict'], iterations: number) =>
    ({ verdict, iterations, instance: 'problem' }) as BoundRow;
  const rows = [row('holds', 1), row('not-refuted', 4)];
  const conclusionOf = (given: readonly BoundRow[], strict?: true) =>
    conclusion({ theorem: 'mine', rows: given }, 'this', strict);
  t.deepEqual(conclusionOf(rows), { exitCode: 0 });
  t.deepEqual(conclusionOf(rows, true), {
    exitCode: 1,
    stderr:
      'signprox: --strict: neither refuted nor proved: mine on problem, T = 4: derive a cap, as docs/statistics.md shows, or leave --strict out\n',
  });
  t.deepEqual(conclusionOf(rows.slice(0, 1), true), { exitCode: 0 });
  t.is(conclusionOf([row('inconclusive', 4)]).exitCode, 1);
  t.deepEqual(conclusionOf([row('silent', 4)]), {
    exitCode: 1,
    stderr: 'signprox: mine is silent on this problem, nothing was checked: see this\n',
  });
});
