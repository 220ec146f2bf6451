import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import type { RunRecord } from '../report/record/run-record.js';
import { readGuardCatalogue } from './catalogue.js';
import { commandRunner, ends, inFolder } from './command-runner.test.helper.js';
import { fixture } from './few-functions.test.helper.js';
import { directory, recordIn, write } from './run-directory.test.helper.js';
import { guardedShareOf } from './runs/longest-first.js';

const run = commandRunner();

/** Functions with a wrong value of Huber, from which what is built of it follows; a step that is wrong by itself, and one that is refused. */
const wrong = `import right from ${JSON.stringify(pathToFileURL(fixture('mutants/library.js')).href)};
    const description = {
      ...right.describe(),
      methods: ['prox', 'value', 'step'],
      functions: ['l1', 'huber', 'scaled'],
      smooth: ['quadratic'],
      algorithms: ['spgm', 'sign-prox'],
    };
    export default {
      ...right,
      describe: () => description,
      value: (F, x) => right.value(F, x) + (JSON.stringify(F).includes('"huber"') ? 1 : 0),
      step: async (request) => {
        if (request.algorithm === 'sign-prox') throw Object.assign(new Error('no signs today'), { code: 'unsupported' });
        return (await right.step(request)).map((entry) => entry + 1);
      },
    };`;

const claims = 'function-values,eq6-prox,prox-overflow,algorithm-*,inputs-unchanged,declared-is-judged';
const asked = `guard --module wrong.mjs --claims ${claims} --depth quick`;

const timeless = ({ timing: _, ...record }: RunRecord): unknown => record;

test('shards of a guard share the claims that are not about functions, and each has those that are', (t) => {
  const all = readGuardCatalogue();
  const first = all.filter(({ judgesFunctions }) => judgesFunctions).map(({ id }) => id);
  t.deepEqual(first.toSorted(), ['eq6-prox', 'function-gradients', 'function-values']);
  for (const of of [1, 2, 5]) {
    const shares = Array.from({ length: of }, (_, place) => guardedShareOf(all, { index: place + 1, of }));
    for (const share of shares) for (const id of first) t.true(share.some((claim) => claim.id === id));
    const dealt = shares.flatMap((share) => share.map(({ id }) => id)).filter((id) => !first.includes(id));
    t.deepEqual([...dealt, ...first].toSorted(), all.map(({ id }) => id).toSorted());
  }
});

test.serial(
  'the merged report of an implementation equals that of a run without shards, whatever failed in which shard',
  async (t) => {
    const known = [
      { id: 'value of huber/*', reason: 'told upstream' },
      { id: 'value of l1/*', reason: 'was wrong once' },
    ];
    const cwd = await directory(t, { 'wrong.mjs': wrong, 'known.json': known });
    for (const [of, options] of [
      [3, ''],
      [2, ' --known-failures known.json'],
    ] as const) {
      await rm(join(cwd, 'reports'), { recursive: true, force: true });
      await ends(t, run(cwd, asked + options), { code: 1 });
      const whole = await recordIn(cwd);
      const declared = whole.claims.find(({ id }) => id === 'declared-is-judged')!;
      t.regex(declared.evidence.reason, /algorithm sign-prox \(every question was refused: no signs today\)/);
      // No part alone can tell that a declared failure is none in all.
      t.is(
        whole.claims.some(({ outcome }) => outcome === 'xpass'),
        options !== '',
      );
      const kept = await readdir(join(cwd, 'reports/failures'));
      t.true(kept.length >= 2, kept.join());
      await cp(join(cwd, 'reports/failures'), join(cwd, 'kept'), { recursive: true });
      await rm(join(cwd, 'reports'), { recursive: true });
      const places = Array.from({ length: of }, (_, place) => place + 1);
      // The order in which they run, and that they share a directory, is nothing to them.
      for (const place of places.toReversed()) {
        const { code, stdout, stderr } = await run(cwd, `${asked}${options} --shard ${place}/${of}`);
        t.true([0, 1].includes(code!), stderr);
        if (options === '') t.regex(stdout, /^✗ value of huber is wrong/m);
        t.regex(stderr, new RegExp(`saved .*reports/shard-${place}-of-${of}/failures`));
      }
      const shards = places.map((place) => `reports/shard-${place}-of-${of}`);
      await ends(t, run(cwd, ['merge', ...shards]), { code: 1 });
      t.deepEqual(timeless(await recordIn(cwd)), timeless(whole));
      t.deepEqual(Object.keys(whole.asked!).slice(0, 2), ['prox of huber', 'prox of l1']);
      t.deepEqual(await readdir(join(cwd, 'reports/failures')), kept);
      for (const name of kept) {
        const [ours, theirs] = await Promise.all(
          ['reports/failures', 'kept'].map((at) => readFile(join(cwd, at, name))),
        );
        t.deepEqual(ours, theirs, name);
      }
      await rm(join(cwd, 'kept'), { recursive: true });
    }
  },
);

test.serial('a missing shard is reported with its command, and a foreign one with its name', async (t) => {
  const { cwd, ends, run: start, refuses } = inFolder(t, run, await directory(t, { 'wrong.mjs': wrong }));
  const few = '--claims function-values,inputs-unchanged,declared-is-judged --depth quick';
  const shard = (place: string) => `guard --module wrong.mjs ${few} --shard ${place}`;
  await ends(`${shard('1/2')} --strict --out 'a b'`, { code: 1 });
  await ends("merge 'a b/shard-1-of-2' --out merged", { code: 75 });
  const { incomplete } = await recordIn(cwd, 'merged/incomplete');
  t.is(
    incomplete!.resume,
    `signprox guard wrong.mjs --claims function-values,inputs-unchanged,declared-is-judged --depth quick --seed 1 --shard 2/2 --out 'a b' --strict`,
  );
  t.true(incomplete!.remaining.includes('declared-is-judged'));

  const merge = "merge 'a b/shard-1-of-2' reports/shard-2-of-2";
  const strict = `${shard('2/2')} --strict`;
  for (const [other, message] of [
    [shard('2/2'), /--strict: not given instead of given/],
    [`${strict} --only 'prox of *'`, /--only: prox of \* instead of all/],
    [`verify ${few} --shard 2/2 --strict`, /what is judged: the reference instead of another implementation/],
  ] as const) {
    await start(other);
    await refuses([merge, message]);
  }
  await refuses([
    "merge 'a b/shard-1-of-2' 'a b/shard-1-of-2'",
    /and so is a b\/shard-1-of-2\/run\.json: give one of them/,
  ]);
  for (const [changed, message] of [
    [
      wrong.replace(", 'scaled'", ''),
      /is of another run than .*: implementation: which describes itself differently; merge/,
    ],
    // The same name and version, and right.
    [
      wrong.replace('? 1 : 0', '? 0 : 0'),
      /^signprox: a b\/shard-1-of-2\/run\.json finds huber wrong and reports\/shard-2-of-2\/run\.json does not, so they judged two implementations: judge the same one/,
    ],
  ] as const) {
    await write(cwd, { 'wrong.mjs': changed });
    await start(strict);
    await refuses([merge, message]);
  }
});

test.serial('a shard rejects options that need the whole run', async (t) => {
  const cwd = await directory(t);
  const options = ['--baseline b.json', '--write-known-failures k.json', '--watch', '--list', '--theorem 1'];
  for (const option of options) {
    await ends(t, run(cwd, `guard --shard 1/2 ${option} -- node`), { code: 2, stderr: /cannot be used with option/ });
  }
});
