// Plants the errors of src/tools/mutations/tables one at a time in copies of the built clone, and says which of them the tests beside them, and
// else the claims, do not see.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import process, { exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Copy } from './mutations/copy.mjs';
import { isGood, reportOf } from './mutations/report.mjs';
import { fingerprint, mutantsOf, mutated, nameOf, shardOf, tenthOf, wrongInTable } from './mutations/table.mjs';
import { groups } from './mutations/tables/index.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const resultsFile = join(root, 'reports/mutants.jsonl');
const read = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

function fail(sentence) {
  console.error(sentence);
  exit(1);
}

const usage = 'npm run mutate [-- --workers <n>] [--resume] [--tenth] [--tests-only] [--only <text>] [--shard <i/n>]';

function optionsGiven() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        workers: { type: 'string', default: String(availableParallelism()) },
        resume: { type: 'boolean', default: false },
        tenth: { type: 'boolean', default: false },
        'tests-only': { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [''] },
        shard: { type: 'string', default: '1/1' },
      },
    });
  } catch (error) {
    fail(`${error.message.split('. ')[0]}; ${usage}`);
  }
}

const { values } = optionsGiven();
if (values.help) {
  console.log(usage);
  exit(0);
}
const workers = Number(values.workers);
if (!Number.isSafeInteger(workers) || workers < 1) fail(`--workers must be an integer ≥ 1, got ${values.workers}`);

const table = mutantsOf(groups);
const wrong = wrongInTable(table, read);
if (wrong.length > 0) fail(wrong.join('\n'));
const part = shardOf(table, values.shard);
if (part === undefined) fail(`--shard must be i/n with 1 ≤ i ≤ n, got ${values.shard}`);
const chosen = (values.tenth ? tenthOf(part, new Date()) : part).filter((one) =>
  values.only.some((text) => nameOf(one).includes(text)),
);
if (chosen.length === 0)
  fail(`no mutant has “${values.only.join('” or “')}” in its name: it is the file and what is wrong`);

/** Ends of earlier runs by fingerprint. */
const known = new Map();
if (values.resume) {
  const lines = (read('reports/mutants.jsonl') ?? '').split('\n').filter((line) => line.endsWith('}'));
  for (const { key, end, seconds } of lines.map((line) => JSON.parse(line))) known.set(key, { end, seconds });
} else rmSync(resultsFile, { force: true });
mkdirSync(dirname(resultsFile), { recursive: true });

const results = [];
const waiting = [];
for (const mutant of chosen) {
  const earlier = known.get(fingerprint(mutant, read));
  if (earlier === undefined) waiting.push(mutant);
  else results.push({ mutant, ...earlier });
}

const copies = [];
process.on('exit', () => {
  for (const copy of copies) copy.remove();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => exit(130));

/** Milliseconds that lists of tests take on the unchanged code; undefined for those that fail there, and would seem to see every error. */
const usual = new Map();

async function timed(tests, copy) {
  const start = Date.now();
  if ((await copy.test(tests)).end === 'passed') return Date.now() - start;
  const files = tests.map((name) => `dist/${name}.js`).join(' ');
  console.log(`tests fail before anything is changed; run npm run build and npx ava ${files}`);
  return undefined;
}

function usualTime(tests, copy) {
  const key = tests.join(' ');
  if (!usual.has(key)) usual.set(key, timed(tests, copy));
  return usual.get(key);
}

/** How a mutant ends, and the test that sees it. */
async function endOf(mutant, copy, time) {
  const { file, caughtBy, equivalent } = mutant;
  return copy.with(file, mutated(read(file), mutant), async () => {
    const { end, failed } = await copy.test(caughtBy, time);
    if (equivalent !== undefined) return { end: end === 'passed' ? 'equivalent' : 'unexpected', by: failed };
    if (end !== 'passed') return { end: end === 'hung' ? 'hung' : 'test', by: failed };
    if (values['tests-only']) return { end: 'survived' };
    return { end: (await copy.claims()) === 'passed' ? 'survived' : 'claim' };
  });
}

async function judge(mutant, copy) {
  const time = await usualTime(mutant.caughtBy, copy);
  if (time === undefined) {
    results.push({ mutant, end: 'untested', seconds: 0 });
    return;
  }
  const start = Date.now();
  const { end, by } = await endOf(mutant, copy, time).catch((error) => {
    if (error.errors === undefined) throw error;
    return { end: 'syntax' };
  });
  const seconds = Math.round((Date.now() - start) / 100) / 10;
  results.push({ mutant, end, seconds });
  const line = { key: fingerprint(mutant, read), name: nameOf(mutant), end, seconds, by };
  // A survivor of the tests alone may yet be caught by a claim.
  if (!(end === 'survived' && values['tests-only'])) appendFileSync(resultsFile, `${JSON.stringify(line)}\n`);
  const seen = by === undefined ? '' : ` [${by}]`;
  console.log(`${end.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${nameOf(mutant)}${seen}`);
}

if (waiting.length > 0) {
  for (let k = 0; k < Math.min(workers, waiting.length); k++) copies.push(new Copy(root));
  const queue = waiting.values();
  await Promise.all(
    copies.map(async (copy) => {
      for (const mutant of queue) await judge(mutant, copy);
    }),
  );
}
console.log(`\n${reportOf(results)}`);
if (!isGood(results)) exit(1);
