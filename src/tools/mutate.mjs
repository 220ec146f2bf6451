// npm run mutate: plants errors one at a time in copies of the built clone, and reports which of them neither the tests nor the claims that
// reach them see. The errors are a sample of the changes of operators, constants and statements.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process, { exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countedLanes, laneOf, takesLong } from './lanes.mjs';
import { Copy, Graph } from './mutations/copy.mjs';
import { operatorMutants, sampleOf, withOperator } from './mutations/operators.mjs';
import { isGood, reportOf } from './mutations/report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const verdictsFile = join(root, 'reports/mutants.jsonl');
const reachFile = join(root, 'reports/mutants-reach.jsonl');

/** So many tests are run at once: the closest, whether they reach the place or not, and then those that do. */
const closest = 4;
const groupSize = 12;
/** Files that so few claims import are judged by these first. */
const fewClaims = 3;

const usage = `npm run mutate [-- <options>]
  --sample <n>      so many mutants (default 100)
  --seed <s>        which sample (default 1)
  --rooms <a,b>     only files in these folders, src/statistics or theorems for instance
  --only <text>     only mutants with the text in their name, which is the file and what is wrong; the sample is drawn from them
  --killed <file>   only what this mutants.jsonl of another commit calls killed, as far as it is still there: each that survives is a loss
  --tests <n>       only the n closest tests of a file
  --claims <n>      only claims of files that at most n of them import
  --resume          keep the verdicts of an earlier run, as long as the file and the tests beside it stay the same
  --workers <n>     so many copies at a time (default 1)`;

function fail(sentence) {
  console.error(sentence);
  exit(1);
}

function optionsGiven() {
  const text = (value) => ({ type: 'string', default: value });
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({
      options: {
        ...{ help: flag, resume: flag, sample: text('100'), seed: text('1') },
        ...{ rooms: text(''), only: text(''), killed: text(''), workers: text('1') },
        tests: text('Infinity'),
        claims: text('Infinity'),
      },
    });
  } catch (error) {
    fail(`${error.message.split('. ')[0]}\n${usage}`);
  }
}

const linesOf = (file) =>
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));

function append(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  // The next line begins a new one, where a run was cut off in its middle.
  const start = existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n') && readFileSync(file).length > 0;
  appendFileSync(file, `${start ? '\n' : ''}${JSON.stringify(value)}\n`);
}

/** Whether a test that ran these ranges of a file ran the character at the offset. */
const reaches = (edges, offset) => edges.filter((edge) => edge <= offset).length % 2 === 1;

async function main() {
  const { values } = optionsGiven();
  if (values.help) {
    console.log(usage);
    return;
  }
  const integer = (name) => {
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < 0) fail(`--${name} must be an integer ≥ 0, got ${values[name]}`);
    return number;
  };
  const mostClaims = Number(values.claims);
  const [size, workers, farthest] = [integer('sample'), integer('workers'), Number(values.tests)];
  if (workers === 0 || !(farthest > 0) || !(mostClaims >= 0))
    fail('--workers and --tests must be at least 1, and --claims at least 0');
  if (!existsSync(join(root, 'dist/catalogue.json'))) fail('there is no build: npm run build');

  const graph = new Graph(join(root, 'dist'));
  const found = linesOf(values.killed).filter(({ end }) => end !== 'survived');
  const earlier = values.killed === '' ? undefined : new Set(found.map(({ name }) => name));
  const wanted = ({ file, name }) =>
    values.rooms.split(',').some((room) => file.startsWith(room)) && name.includes(values.only);
  const all = graph.modules
    .filter((file) => wanted({ file, name: values.only }))
    .flatMap((file) => operatorMutants(file, graph.text(file)))
    .map((mutant) => ({ ...mutant, name: `${mutant.file}: ${mutant.from} → ${mutant.to}` }))
    .filter((mutant) => wanted(mutant) && (earlier === undefined || earlier.has(mutant.name)));
  const chosen = sampleOf(all, size, values.seed);
  if (chosen.length === 0)
    fail('no mutant is in these rooms and has this text in its name: the file and what is wrong');

  const copies = [];
  process.on('exit', () => {
    for (const copy of copies) copy.remove();
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => exit(130));

  const reached = new Map(linesOf(reachFile).map((line) => [line.key, line]));
  const measuring = new Map();
  /** What a test runs on the unchanged code, measured once. */
  function reachOf(test, copy) {
    const key = graph.fingerprint(test);
    const measure = async () => {
      const line = { key, ...(await copy.reach(test)) };
      reached.set(key, line);
      append(reachFile, line);
      if (!line.passed) console.log(`fails before anything is changed, and is left out: dist/${test}`);
      return line;
    };
    if (reached.has(key)) return reached.get(key);
    if (!measuring.has(key)) measuring.set(key, measure());
    return measuring.get(key);
  }

  /**
   * The tests that may see an error in a file, in groups, the closest first: few imports lie between them, and they are in the same folder
   * or near it. Those that take long are apart.
   */
  function testsOf(file) {
    const distanceOf = (test, imports) => {
      const [own, other] = [file, test].map((path) => dirname(path).split('/'));
      const different = own.findIndex((folder, k) => folder !== other[k]);
      return imports - (different < 0 ? own.length : different);
    };
    const tests = [...graph.distancesTo(file)]
      .map(([test, imports]) => ({ test, name: test.replace(/\.js$/, ''), distance: distanceOf(test, imports) }))
      .filter(({ name }) => name.endsWith('.test') && countedLanes.includes(laneOf(name)))
      .sort((a, b) => a.distance - b.distance || graph.size(a.test) - graph.size(b.test));
    const isLong = ({ name }) => takesLong(name);
    const short = tests.filter((one) => !isLong(one)).slice(0, farthest);
    const groups = [short.slice(0, closest)];
    for (let k = closest; k < short.length; k += groupSize) groups.push(short.slice(k, k + groupSize));
    const names = (list) => list.map(({ test }) => test);
    return { short: groups.map(names), long: names(tests.filter(isLong)) };
  }

  const catalogue = JSON.parse(readFileSync(join(root, 'dist/catalogue.json'), 'utf8'));
  const claimsOf = (file) => {
    const distances = graph.distancesTo(file);
    return catalogue.filter(({ module }) => distances.has(module)).map(({ id }) => id);
  };

  /** Tests that killed a mutant before it was known that they pass on the unchanged code. */
  const unconfirmed = new Set();

  /** Runs those of the tests that run the changed place, on the changed code. */
  async function runTests(mutant, text, tests, copy) {
    const reaching = [];
    for (const test of tests) {
      const { passed, milliseconds, ran } = await reachOf(test, copy);
      const edges = ran[mutant.file];
      if (passed && edges !== undefined && reaches(edges, mutant.start)) reaching.push({ test, milliseconds });
    }
    if (reaching.length === 0) return { end: 'passed', count: 0 };
    const usual = reaching.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const names = reaching.map(({ test }) => test);
    return { ...(await copy.with(mutant.file, text, () => copy.test(names, usual))), count: names.length };
  }

  /** Runs the tests beside the file, most of which run the place: to measure that first would take as long as the tests. */
  async function runClosest(mutant, text, tests, copy) {
    if (tests.every((test) => reached.has(graph.fingerprint(test)))) return runTests(mutant, text, tests, copy);
    const result = await copy.with(mutant.file, text, () => copy.test(tests));
    // They may take as long on the unchanged code.
    if (result.end === 'hung') return runTests(mutant, text, tests, copy);
    if (result.end === 'failed') for (const test of tests) unconfirmed.add(test);
    return { ...result, count: tests.length };
  }

  const killed = (end) => (end === 'hung' ? 'timeout' : 'test');

  async function endOf(mutant, text, copy) {
    const { short, long } = testsOf(mutant.file);
    const claims = claimsOf(mutant.file);
    const runClaims = () => copy.with(mutant.file, text, () => copy.claims(claims));
    // The claims of a file that belongs to few of them say most about it, and cost least.
    const isOwn = claims.length <= fewClaims;
    const stages = short.map((tests, k) => () => (k === 0 ? runClosest : runTests)(mutant, text, tests, copy));
    if (claims.length > 0 && claims.length <= mostClaims)
      stages.splice(isOwn ? 0 : stages.length, 0, async () => ({ end: await runClaims(), isClaim: true }));
    if (farthest === Infinity) stages.push(() => runTests(mutant, text, long, copy));
    let tests = 0;
    for (const stage of stages) {
      const { end, failed, isClaim, count = 0 } = await stage();
      tests += count;
      if (end !== 'passed') return { end: isClaim && end === 'failed' ? 'claim' : killed(end), by: failed, tests };
    }
    return { end: 'survived', tests };
  }

  const textOf = (mutant) => withOperator(graph.text(mutant.file), mutant);
  /** A verdict is used again only while the changed file and the tests beside it stay the same. */
  function fingerprint(mutant) {
    const beside = testsOf(mutant.file).short[0].map((test) => graph.text(test));
    return createHash('sha256')
      .update([mutant.file, textOf(mutant), ...beside].join('\0'))
      .digest('hex');
  }

  const known = new Map(values.resume ? linesOf(verdictsFile).map((line) => [line.key, line]) : []);
  /** A survivor of the tests alone, or of fewer tests, may yet be caught. */
  const isFinal = ({ end, most }) =>
    end !== 'survived' || ((most.tests ?? Infinity) >= farthest && (most.claims ?? Infinity) >= mostClaims);
  const results = [];

  async function judge(mutant, copy) {
    const key = fingerprint(mutant);
    const earlier = known.get(key);
    if (earlier !== undefined && isFinal(earlier)) {
      results.push({ mutant, ...earlier });
      return;
    }
    const text = textOf(mutant);
    const start = Date.now();
    const { end, by, tests } = await endOf(mutant, text, copy);
    const seconds = Math.round((Date.now() - start) / 100) / 10;
    // JSON has no infinity, and makes null of it.
    const most = { tests: farthest, claims: mostClaims };
    append(verdictsFile, { key, name: mutant.name, end, by, tests, seconds, most });
    results.push({ mutant, end, by, tests, seconds });
    console.log(
      `${end.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${mutant.name}${by === undefined ? '' : ` [${by}]`}`,
    );
  }

  const queue = chosen.values();
  for (let k = 0; k < Math.min(workers, chosen.length); k++) copies.push(new Copy(root));
  await Promise.all(
    copies.map(async (copy) => {
      for (const mutant of queue) await judge(mutant, copy);
    }),
  );
  console.log(`\n${await reportOf(results)}`);
  const { end, failed } = unconfirmed.size === 0 ? { end: 'passed' } : await copies[0].test([...unconfirmed], Infinity);
  if (end !== 'passed')
    console.log(`\nthese tests kill nothing, since they fail before anything is changed: ${failed}`);
  if (end !== 'passed' || !(await isGood(results, farthest === Infinity))) process.exitCode = 1;
}

await main();
