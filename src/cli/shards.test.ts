import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readCatalogue } from './catalogue.js';
import { commandRunner, ends, inFolder } from './command-runner.test.helper.js';
import { directory, recordIn, write } from './run-directory.test.helper.js';
import { longestClaims, shareOf } from './runs/longest-first.js';

const run = commandRunner();
const asked = 'verify --claims eq12*,prox-overflow,theorem-2-lattice,counterexample-step --depth quick';

test('shards partition the claims, and none has all the long ones', (t) => {
  const all = readCatalogue();
  for (const of of [1, 2, 3, 7]) {
    const shares = Array.from({ length: of }, (_, place) => shareOf(all, { index: place + 1, of }));
    t.deepEqual(
      shares
        .flat()
        .map(({ id }) => id)
        .toSorted(),
      all.map(({ id }) => id).toSorted(),
    );
    const sizes = shares.map(({ length }) => length);
    t.true(Math.max(...sizes) - Math.min(...sizes) <= 1);
    const longest = longestClaims.slice(0, of);
    for (const share of shares) t.is(share.filter(({ id }) => longest.includes(id)).length, 1);
  }
});

test.serial(
  'the merged report of any number of shards, in any order, equals that of a run without shards',
  async (t) => {
    const cwd = await directory(t);
    await ends(t, run(cwd, `${asked} --out whole`));
    const whole = await recordIn(cwd, 'whole/selection');
    for (const of of [1, 3]) {
      const places = Array.from({ length: of }, (_, place) => place + 1);
      for (const place of places) {
        const { stderr } = await ends(t, run(cwd, `${asked} --shard ${place}/${of} --out parts --workers 0`));
        const said = `shard ${place}/${of} is in parts/shard-${place}-of-${of}; for one report of all: signprox merge parts/shard-*-of-${of}\n`;
        t.true(stderr.endsWith(said), stderr);
      }
      const given = places.toReversed().map((place) => `parts/shard-${place}-of-${of}`);
      await ends(t, run(cwd, `merge ${given.join(' ')} --out merged`), {
        stdout: /^✓ .*4 claims, 0 failed/,
      });
      const merged = await recordIn(cwd, 'merged/selection');
      t.deepEqual({ ...merged, timing: undefined }, { ...whole, timing: undefined });
      t.deepEqual(
        merged.timing!.shards!.map(({ shard }) => shard),
        places.map((place) => `${place}/${of}`),
      );
      t.true(merged.timing!.shards!.every(({ processorSeconds }) => processorSeconds! > 0));
    }
  },
);

test.serial('a merge reports the shards that are there, and rejects foreign ones by name', async (t) => {
  const { cwd, ends, run: start, refuses } = inFolder(t, run, await directory(t));
  await start(`${asked} --shard 1/2`);
  await ends('merge reports/shard-1-of-2', {
    code: 75,
    stdout: [
      /^! incomplete: 1 shard \(2\/2\) is missing, and 2 of 4 claims had been checked/,
      /^ +for the rest +signprox verify --claims '.*' --depth quick --seed 1 --shard 2\/2$/m,
    ],
    stderr: 'the reports are in reports/incomplete\n',
  });
  const { incomplete, exitCode } = await recordIn(cwd, 'reports/incomplete');
  t.deepEqual([incomplete!.shards, incomplete!.remaining.length, exitCode], [['2/2'], 2, 75]);
  // What the shards lack can be run on one machine too.
  await ends('verify --resume reports/incomplete/run.json --out rest');
  t.is((await recordIn(cwd, 'rest/selection')).claims.length, 4);

  const first = 'reports/shard-1-of-2';
  await start(`${asked} --shard 2/2 --seed 2 --out seed`);
  await start(`${asked} --shard 2/3 --out three`);
  await refuses(
    [
      `merge ${first} seed/shard-2-of-2`,
      /^signprox: seed\/shard-2-of-2\/run\.json is of another run than .*: seed: 2 instead of 1/,
    ],
    [`merge ${first} three/shard-2-of-3`, /number of shards: 3 instead of 2/],
    [`merge ${first} ${first}/run.json`, /is shard 1\/2, and so is reports\/shard-1-of-2\/run\.json: give one of them/],
    ['merge rest/selection', /is not a shard but a whole run/],
    ['merge nowhere', /^signprox: cannot read nowhere: there is no such file; give the directories/],
  );
  const record = JSON.parse(await readFile(join(cwd, first, 'run.json'), 'utf8'));
  for (const [change, message] of [
    [{ suite: { name: 'signprox', version: '0.0.9' } }, /is of version 0\.0\.9, and this is/],
    [{ claims: record.claims.slice(1) }, /does not hold the claims of shard 1\/2: run that shard again/],
    [{ shard: { index: 2, of: 2 } }, /does not hold the claims of shard 2\/2/],
  ] as const) {
    await write(cwd, { 'forged.json': { ...record, ...change } });
    await refuses(['merge forged.json', message]);
  }
  await rm(join(cwd, first, 'run.json'));
  await refuses([`merge ${first}`, /cannot read reports\/shard-1-of-2\/run\.json: there is no such file/]);
});

test.serial('an invalid shard is rejected before anything runs', async (t) => {
  const cwd = await directory(t);
  for (const value of ['0/2', '3/2', '1', '1/0', '1/257', 'a/b', '1/2/3']) {
    await ends(t, run(cwd, `verify --shard ${value}`), {
      code: 2,
      stderr: `signprox: option '--shard <i/n>' argument '${value}' is invalid: a shard is i/n with 1 <= i <= n <= 256, e.g. 2/4\n`,
    });
  }
  await ends(t, run(cwd, 'verify --shard 1/2 --resume x.json'), { code: 2 });
});
