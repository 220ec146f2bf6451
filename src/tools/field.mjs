// npm run field: judges the optimisers and proximal operators of other libraries, as fixtures/field/manifest.json lists them, and writes what it finds to
// fixtures/field/results. Environments are made in reports/field. It goes on where it stopped; --help says the rest.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'fixtures/field');
const theSeed = '1';

/** What is judged of a library. @type {{ libraries: Library[] }} */
export const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

/**
 * @typedef {{ as?: string, object?: string, call?: string, program?: string[], name?: string, arguments?: object, dtype?: string, declare?: object,
 *   versions?: string[] }} Judged
 * @typedef {{ name: string, title?: string, language: string, repository: string, from: 'frameworks' | 'beside' | 'pip' | 'apt' | 'npm', package?: string,
 *   needs?: string[], build?: string[], sources?: Record<string, string>, records?: string[], imports?: string[], environment?: object, versions: string[], objects: Judged[] }} Library
 */

/** What a row is about, in words. @param {Judged} judged */
export const nameOf = ({ name, object, call, program }) => name ?? object ?? call ?? program.at(-1);

/** What identifies a row, in the manifest and in results. */
export const keyOf = (judged) => `${nameOf(judged)} as ${judged.as ?? 'declared'}`;

/** The objects of a version of a library. @param {Library} library */
export const objectsOf = (library, version, by) =>
  library.objects.filter(
    ({ versions, by: ways }) =>
      (versions === undefined || versions.includes(version)) &&
      (by === undefined || ways === undefined || ways.includes(by)),
  );

/** What a verdict depends on besides the object. */
const givenOf = ({ arguments: words, if: condition, dtype, declare }) => {
  const given = Object.entries({ arguments: words, if: condition, dtype, declare }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
};

export const resultsFile = ({ name }, version) => join(folder, 'results', `${name}-${version}.json`);

/** All results on file, in the order of the manifest. */
export const resultsOnFile = () =>
  manifest.libraries.flatMap((library) =>
    library.versions
      .filter((version) => existsSync(resultsFile(library, version)))
      .map((version) => ({ ...JSON.parse(readFileSync(resultsFile(library, version), 'utf8')), library, version })),
  );

const environments = join(root, 'reports/field');
const run = (program, words, options = {}) => {
  const done = spawnSync(program, words, { encoding: 'utf8', ...options });
  if (done.status !== 0)
    throw new Error(`${program} ${words.join(' ')}: ${(done.stderr ?? '').trim().split('\n').at(-1)}`);
  return done.stdout;
};

/** The Python that has PyTorch, JAX, optax, Keras and MLX, as python/requirements-ci.txt lists them: SIGNPROX_FRAMEWORKS, or one that is made here. */
function frameworks() {
  const given = process.env.SIGNPROX_FRAMEWORKS;
  if (given) return given;
  const python = join(environments, 'frameworks/bin/python');
  if (!existsSync(python)) {
    run('python3', ['-m', 'venv', join(environments, 'frameworks')]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(root, 'python/requirements-ci.txt')]);
  }
  return python;
}

/** Whether an environment has a version of a package. */
function isIn(python, name, version) {
  const code = 'import sys; from importlib.metadata import version; sys.exit(version(sys.argv[1]) != sys.argv[2])';
  return spawnSync(python, ['-c', code, name, version], { stdio: 'ignore' }).status === 0;
}

/** Words of a command in the manifest, with the folders that they name. @param {string[]} words */
const wordsOf = (words) =>
  words.map((word) => word.replace('FIELD', folder).replace('ADAPTERS', join(root, 'fixtures/adapters')));

/** The program and the variables with which a version of a library is at hand. @param {Library} library */
function environmentOf(library, version) {
  const own = join(environments, `${library.name}-${version}`);
  const wanted = [`${library.package ?? library.name}==${version}`, ...(library.needs ?? [])].map((each) =>
    each.replaceAll('VERSION', version),
  );
  const make = (how) => {
    if (existsSync(join(own, 'made'))) return;
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
    how();
    writeFileSync(join(own, 'made'), '');
  };
  switch (library.sources?.[version] ?? library.from) {
    case 'frameworks':
      return { python: frameworks(), path: [] };
    case 'beside':
      if (isIn(frameworks(), library.package ?? library.name, version)) return { python: frameworks(), path: [] };
      make(() => run(frameworks(), ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', own, ...wanted]));
      return { python: frameworks(), path: [own] };
    case 'pip':
      make(() => {
        run('python3', ['-m', 'venv', own]);
        run(join(own, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...wanted]);
      });
      return { python: join(own, 'bin/python'), path: [] };
    case 'npm':
      make(() => {
        const words = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', own];
        run('npm', [...words, ...wanted.map((each) => each.replace('==', '@'))]);
      });
      return { folder: own, path: [] };
    default: {
      const { package: debian, build } = library;
      if (debian !== undefined && !run('dpkg-query', ['-W', debian]).split('\t')[1].startsWith(version))
        throw new Error(`${debian} is not ${version} here`);
      if (build === undefined) return { python: '/usr/bin/python3', path: [] };
      make(() => run(build[0], wordsOf(build.slice(1)), { cwd: own }));
      return { folder: own, path: [] };
    }
  }
}

/** What a process of a library sees: signprox, what is judged, and one thread. */
const variables = (path, { environment } = {}) => ({
  ...process.env,
  ...{ PYTHONPATH: [join(root, 'python/src'), folder, ...path].join(':'), PYTHONDONTWRITEBYTECODE: '1' },
  ...{ OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', JAX_ENABLE_X64: '1', KERAS_BACKEND: 'jax' },
  ...{ TORCH_COMPILE_DISABLE: '1', ...environment },
});

/** Judges by the test vectors in one process, which is begun again after an object that ends it. */
async function* byVectors(library, { python, path }, requests) {
  const env = variables(path, library);
  let left = [...requests];
  while (left.length > 0) {
    const child = spawn(python, [join(folder, 'judge.py')], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    const timer = setInterval(() => child.kill('SIGKILL'), 180_000);
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const names = [library.package ?? library.name, ...(library.records ?? []), 'numpy', 'torch', 'jax', 'scipy'];
      child.stdin.write(`${JSON.stringify({ packages: names })}\n`);
      for (const request of left) child.stdin.write(`${JSON.stringify({ imports: library.imports, ...request })}\n`);
      child.stdin.end();
      const { value: versions, done } = await lines.next();
      if (done) throw new Error(`${library.name}: ${python} cannot run judge.py`);
      while (left.length > 0) {
        const { value, done: ended } = await lines.next();
        timer.refresh();
        const [request, ...others] = left;
        left = others;
        const found = ended ? { verdict: 'undecided', found: 'it ended the process, or hung' } : JSON.parse(value);
        yield { request, found, versions: JSON.parse(versions) };
        if (ended) break;
      }
    } finally {
      clearInterval(timer);
      child.kill('SIGKILL');
    }
  }
}

/** The versions of a library that is no Python, and of what judges it. @param {Library} library */
const versionsOf = (library, version) => ({
  node: process.versions.node,
  [library.package ?? library.name]: version,
});

const command = join(root, 'dist/src/cli/main.js');

/** What `identify` says of a program or an object in JavaScript: a row for each subject that it offers. */
function* byIdentify(library, { folder: own }, requests, version) {
  for (const request of requests) {
    const start = Date.now();
    const target = request.program ? ['--', ...wordsOf(request.program)] : wordsOf([request.object]);
    const options = [
      '--format',
      'json',
      '--timeout',
      '20',
      ...(request.as === undefined || request.program ? [] : ['--as', request.as]),
    ];
    for (const name of ['arguments', 'declare'])
      if (request[name]) options.push(`--${name}`, JSON.stringify(request[name]));
    const env = { ...process.env, ...library.environment, ...(own && { NODE_PATH: join(own, 'node_modules') }) };
    const done = spawnSync(process.execPath, [command, 'identify', ...options, ...target], {
      cwd: own ?? root,
      env,
      encoding: 'utf8',
      timeout: 600_000,
    });
    const seconds = (Date.now() - start) / 1000;
    const versions = versionsOf(library, version);
    let subjects = [];
    try {
      subjects = JSON.parse(done.stdout).asked;
    } catch {
      yield { request, found: { verdict: 'undecided', found: done.stderr.trim().slice(0, 400), seconds }, versions };
    }
    for (const { subject, is, answered, of, choices, references, looksLike } of subjects) {
      const found = {
        verdict: is ? (2 * answered < of ? 'thin' : 'right') : 'wrong',
        asked: { [library.dtype ?? 'f64']: [answered, of] },
        ...(choices.length > 0 && is && { conventions: choices.join(' ') }),
        ...(references.length > 0 && is && { agreesWith: references }),
        ...(looksLike.length > 0 && { looksLike: looksLike.join(', or ') }),
        ...(!is && { found: 'no convention explains all answers to the test vectors' }),
        seconds: Number((seconds / subjects.length).toFixed(2)),
      };
      yield { request, as: subject.replace(/^prox-/, ''), found, versions };
    }
  }
}

/** What the guard says at depth quick: the verdict of a subject is the worst of its rows. */
function* byGuard(library, { python, path, folder: own }, requests, version, seed = theSeed) {
  for (const request of requests) {
    const start = Date.now();
    const out = join(environments, 'reports', `${library.name}-${version}`);
    const isCall = request.call !== undefined;
    const target = request.program ? ['--', ...wordsOf(request.program)] : [isCall ? 'judge:judged' : request.object];
    const options = [
      '--depth',
      'quick',
      '--seed',
      seed,
      '--format',
      'json',
      '--workers',
      '1',
      '--out',
      out,
      '--timeout',
      '60',
    ];
    if (!request.program) options.push('--as', request.as);
    if (python && !request.program) options.push('--python', python);
    const declared = {
      ...request.declare,
      ...(request.dtype &&
        (/^1e-/.test(request.dtype)
          ? { accuracy: { [request.as]: Number(request.dtype) } }
          : { dtype: request.dtype })),
    };
    if (request.arguments) options.push('--arguments', JSON.stringify(request.arguments));
    if (Object.keys(declared).length > 0) options.push('--declare', JSON.stringify(declared));
    const env = {
      ...variables(path, library),
      SIGNPROX_FIELD: JSON.stringify({ imports: library.imports, ...request }),
    };
    const done = spawnSync(process.execPath, [command, 'guard', ...options, ...target], {
      cwd: own ?? root,
      env,
      encoding: 'utf8',
      timeout: 600_000,
    });
    const seconds = Number(((Date.now() - start) / 1000).toFixed(2));
    const versions = library.language === 'python' ? {} : versionsOf(library, version);
    yield { request, found: { ...guardVerdict(done, out), seconds }, versions };
  }
}

const order = ['wrong', 'inaccurate', 'raises', 'extreme', 'thin', 'right'];

/** The worst verdict of the subjects in the report of a run. */
function guardVerdict(done) {
  let record;
  try {
    record = JSON.parse(done.stdout);
  } catch {
    return { verdict: 'undecided', found: (done.stderr ?? '').trim().split('\n').at(-1).slice(0, 400) };
  }
  const subjects = (record.subjects ?? []).filter(({ verdict }) => !['not-offered', 'not-asked'].includes(verdict));
  const [worst] = subjects.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  if (worst === undefined) return { verdict: 'undecided', found: 'no subject was judged' };
  return {
    verdict: worst.verdict,
    ...(worst.verdict !== 'right' && {
      found: `${worst.subject}: ${worst.counterexample ?? worst.reason ?? worst.verdict}`.slice(0, 900),
    }),
  };
}

/** What was found, with the files of libraries named from their own folders on. */
const withoutFolders = (found) =>
  JSON.parse(JSON.stringify(found).replaceAll(/[^\s"']*reports\/field\/[^/\s]+\//g, ''));

/** Asks for objects of a version of a library: what is found of each, as it comes. */
export async function* asked(library, version, by, requests, environment = environmentOf(library, version)) {
  const isPython = ({ program }) => program === undefined && library.language === 'python';
  const engines =
    by === 'guard'
      ? [[byGuard, requests]]
      : [
          [byVectors, requests.filter(isPython)],
          [byIdentify, requests.filter((each) => !isPython(each))],
        ];
  for (const [engine, some] of engines) yield* engine(library, environment, some, version);
}

/** Judges what has no result yet of a version of a library, and writes the results as they come. */
async function judge(library, version, { by, again, of = '' }) {
  const file = resultsFile(library, version);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [] };
  const isWanted = new Map(objectsOf(library, version).map((judged) => [keyOf(judged), judged]));
  const byThis = new Set(objectsOf(library, version, by).map(keyOf));
  // A row that was asked under other declarations is asked again.
  const same = (row, judged) => row.by === by && JSON.stringify(row.given) === JSON.stringify(givenOf(judged));
  // What the manifest no longer lists, or asks in another way, has no place in the results.
  let rows = before.rows.filter((row) => isWanted.get(row.of)?.by?.includes(row.by) ?? isWanted.has(row.of));
  const todo = [...isWanted].filter(
    ([key, judged]) =>
      byThis.has(key) && key.includes(of) && (again || !rows.some((row) => row.of === key && same(row, judged))),
  );
  const textOf = (versions) =>
    `${JSON.stringify({ library: library.name, version, versions, seed: theSeed, rows }, null, 1)}\n`;
  if (rows.length < before.rows.length) writeFileSync(file, textOf(before.versions));
  if (todo.length === 0) return 0;
  let environment;
  try {
    environment = environmentOf(library, version);
  } catch (error) {
    process.stdout.write(`${library.name} ${version}: ${error.message}\n`);
    return 0;
  }
  const requests = todo.map(([, judged]) => judged);
  let { versions } = before;
  const keys = new Set(todo.map(([key]) => key));
  rows = rows.filter((row) => !(row.by === by && keys.has(row.of)));
  for await (const { request, as, found, versions: own } of asked(library, version, by, requests, environment)) {
    versions = { ...versions, ...own };
    const given = givenOf(request);
    const date = new Date().toISOString().slice(0, 10);
    const row = {
      of: keyOf(request),
      as: as ?? request.as,
      by,
      ...withoutFolders(found),
      ...(given && { given }),
      date,
    };
    rows.push(row);
    const places = [...isWanted.keys()];
    rows.sort((a, b) => places.indexOf(a.of) - places.indexOf(b.of) || a.by.localeCompare(b.by));
    writeFileSync(file, textOf(versions));
    const text = found.verdict === 'right' ? '' : ` ${found.found ?? found.notAsked ?? ''}`.slice(0, 150);
    process.stdout.write(
      `${library.name} ${version} ${row.of}${as ? `: ${as}` : ''}: ${found.verdict}${text} (${found.seconds ?? '?'} s)\n`,
    );
  }
  return requests.length;
}

/**
 * Asks the guard about everything that the results call right, with the seeds 10 001, 10 002, …: a verdict against it is a false accusation, or a
 * bug that the test vectors do not see. Lines are kept in reports/field/seeds.jsonl, and what has one is not asked again.
 */
function askAgain(tasks, count) {
  const file = join(environments, 'seeds.jsonl');
  mkdirSync(environments, { recursive: true });
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : [];
  const known = new Map(
    lines.map((line) => JSON.parse(line)).map((line) => [`${line.of} ${line.version} ${line.seed}`, line]),
  );
  const all = [];
  for (const [library, version] of tasks) {
    if (!existsSync(resultsFile(library, version))) continue;
    const { rows } = JSON.parse(readFileSync(resultsFile(library, version), 'utf8'));
    const right = new Set(rows.filter(({ verdict }) => verdict === 'right').map(({ of }) => of));
    const requests = objectsOf(library, version, 'guard').filter((judged) => right.has(keyOf(judged)));
    const environment = environmentOf(library, version);
    for (let seed = 10_001; seed < 10_001 + count; seed++) {
      for (const request of requests) {
        const of = keyOf(request);
        let line = known.get(`${of} ${version} ${seed}`);
        if (line === undefined) {
          const [{ found }] = byGuard(library, environment, [request], version, String(seed));
          line = { library: library.name, version, of, seed, ...withoutFolders(found) };
          appendFileSync(file, `${JSON.stringify(line)}\n`);
        }
        all.push(line);
        if (!['right', 'thin'].includes(line.verdict))
          process.stdout.write(`${library.name} ${version} ${of}, seed ${seed}: ${line.verdict} ${line.found}\n`);
      }
    }
  }
  const against = all.filter(({ verdict }) => ['wrong', 'inaccurate', 'not-finite', 'raises'].includes(verdict)).length;
  const seconds = Math.round(all.reduce((sum, line) => sum + line.seconds, 0));
  const objects = new Set(all.map(({ version, of }) => `${version} ${of}`)).size;
  process.stdout.write(
    `${objects} objects, ${all.length} verdicts, ${against} against what the table calls right, ${seconds} s\n`,
  );
  return against === 0 && all.length > 0;
}

/** Runs the scripts that confirm bugs in each version of their libraries, and writes what they print. */
function confirm(only) {
  const file = join(folder, 'confirmed/confirmed.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { findings } = JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8'));
  const libraryOf = (name) => manifest.libraries.find((each) => each.name === name);
  const withScript = findings.filter(({ script }) => script !== undefined);
  const confirmed = Object.fromEntries(
    withScript.map(({ script, library }) => [
      script,
      Object.fromEntries(
        Object.entries(before[script] ?? {}).filter(([version]) => libraryOf(library).versions.includes(version)),
      ),
    ]),
  );
  for (const { script, library: name } of withScript) {
    const library = libraryOf(name);
    if (only !== '' && name !== only) continue;
    for (const version of library.versions) {
      const shown = showsBug(script, library, version);
      if (shown === undefined) continue;
      confirmed[script] = {
        ...confirmed[script],
        [version]: { ...shown, date: new Date().toISOString().slice(0, 10) },
      };
      process.stdout.write(`${script} ${version}: ${shown.shows ? shown.prints : 'not here'}\n`);
    }
    const inOrder = Object.fromEntries(Object.entries(confirmed).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(file, `${JSON.stringify(inOrder, null, 1)}\n`);
  }
}

/** Whether a script shows its bug in a version of its library, and what it prints; undefined where the library is not at hand. */
export function showsBug(script, library, version) {
  let environment;
  try {
    environment = environmentOf(library, version);
  } catch {
    return undefined;
  }
  const { python, path, folder: own } = environment;
  const words = own ? [process.execPath] : [python];
  const env = { ...variables(path), ...(own && { FIELD_NODE: join(own, 'package.json') }) };
  const done = spawnSync(words[0], [join(folder, 'confirmed', script)], { env, encoding: 'utf8', timeout: 120_000 });
  const prints =
    done.stdout
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('found')) ?? '';
  // A script that cannot begin, such as one whose library lacks a name, shows nothing.
  return prints === '' ? undefined : { shows: done.status === 0, prints: prints.slice(0, 160) };
}

async function main() {
  const { values } = parseArgs({
    options: {
      ...{
        only: { type: 'string' },
        by: { type: 'string', default: 'vectors' },
        of: { type: 'string' },
      },
      ...{
        confirm: { type: 'boolean' },
        again: { type: 'boolean' },
        seeds: { type: 'string' },
        install: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    },
  });
  if (values.help) {
    process.stdout.write(
      'npm run field -- --confirm [--only NAME]: runs the scripts that show bugs\n' +
        'npm run field -- --seeds 20 [--only NAME[@VERSION]]: asks the guard with 20 seeds about what the results call right\n' +
        'npm run field -- [--only NAME[@VERSION]] [--of TEXT] [--by vectors|guard] [--again] [--install]\n' +
        '--of asks about the objects alone whose names in the results have TEXT in them.\n' +
        'By vectors an object takes about 0.3 s and a library 2 to 10 s beside its installation; by the guard a prox 3 s and an optimiser a minute.\n' +
        'SIGNPROX_FRAMEWORKS names a Python with what python/requirements-ci.txt lists; without it one is made.\n',
    );
    return;
  }
  mkdirSync(join(folder, 'results'), { recursive: true });
  const [only, onlyVersion] = (values.only ?? '').split('@');
  const tasks = manifest.libraries
    .flatMap((library) => library.versions.map((version) => [library, version]))
    .filter(
      ([{ name }, version]) => (only === '' || name === only) && (onlyVersion === undefined || version === onlyVersion),
    );
  if (tasks.length === 0) {
    const versions = manifest.libraries.find(({ name }) => name === only)?.versions;
    const known = versions ?? manifest.libraries.map(({ name }) => name);
    throw new Error(
      `nothing to judge: ${versions ? `the versions of ${only}` : 'the libraries'} are ${known.join(', ')}`,
    );
  }
  if (values.confirm) {
    confirm(only);
    return;
  }
  if (values.seeds !== undefined) {
    // With no seed nothing would be asked, and nothing found.
    if (!/^[1-9]\d{0,3}$/.test(values.seeds))
      throw new Error(`--seeds must be an integer from 1 on, got ${values.seeds}`);
    if (!askAgain(tasks, Number(values.seeds))) process.exitCode = 1;
    return;
  }
  const start = Date.now();
  let count = 0;
  for (const [library, version] of tasks) {
    if (values.install) environmentOf(library, version);
    else count += await judge(library, version, values);
  }
  const inManifest = new Set(
    manifest.libraries.flatMap((library) => library.versions.map((version) => resultsFile(library, version))),
  );
  for (const name of readdirSync(join(folder, 'results'))) {
    if (!inManifest.has(join(folder, 'results', name)))
      process.stdout.write(`${name} is about nothing in the manifest\n`);
  }
  process.stdout.write(`${count} objects in ${Math.round((Date.now() - start) / 1000)} s\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch(({ message }) => {
    process.stderr.write(`field: ${message}\n`);
    process.exitCode = 1;
  });
}
