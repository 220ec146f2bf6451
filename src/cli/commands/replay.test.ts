import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { decodeExact } from '../../claims/exact-encoding.js';
import { commandRunner, ends, type Finished, words } from '../command-runner.test.helper.js';
import { fixture, writeModule } from '../few-functions.test.helper.js';
import { directory, recordIn, waitForEver } from '../run-directory.test.helper.js';
import type { SavedFailure } from '../runs/failures.js';

const run = commandRunner();

const quick = ['guard', '--depth', 'quick'];

test.serial(
  'guard passes a right module and saves the failures of a wrong one; replay judges them again',
  async (t) => {
    const cwd = await directory(t);
    const [honest, mutant] = [await writeModule(cwd, 'honest'), await writeModule(cwd, 'l1-step-dropped')];
    const guard = (module: string, out: string, claims: string): Promise<Finished> =>
      run(cwd, words`guard --module ${module} --claims ${claims} --depth quick --out ${out}`);
    const [good, bad] = await Promise.all([
      guard(honest, 'good', 'eq6*,algorithm*'),
      guard(mutant, 'a b', 'eq6*,eq5-sign-sgd'),
    ]);
    t.is(good.code, 0, good.stdout);
    t.false(existsSync(join(cwd, 'good/failures')));
    t.is(bad.code, 1);
    const record = await recordIn(cwd, 'a b/selection');
    t.is(record.exitCode, 1);
    t.deepEqual(
      record.claims.map(({ outcome }) => outcome),
      ['pass', 'fail'],
    );
    t.regex(
      record.claims[1]!.evidence.reproduce,
      /^signprox guard .*l1-step-dropped\.mjs --claims eq6-prox --depth quick --seed 1$/,
    );

    const [name] = await readdir(join(cwd, 'a b/failures'));
    t.regex(name!, /^eq6-prox\.[\w.-]+\.json$/);
    const file = join('a b/failures', name!);
    t.true(bad.stderr.includes(`saved ${file}: signprox replay '${file}'\n`));

    // The paragraph is that of the screen which named the file: the same case in the same words.
    const paragraphOf = (text: string): string[] =>
      [...text.matchAll(/^(?: +(?:asked|returned|right) +|const |\/\/ )(.*)$/gm)].map(([, said]) => said!);
    const again = await ends(t, run(cwd, ['replay', file]), {
      code: 1,
      stdout: /^✗ still wrong: prox of l1 +library /,
    });
    t.deepEqual(paragraphOf(again.stdout), paragraphOf(bad.stdout));
    t.is(paragraphOf(again.stdout).length, 5, again.stdout);

    // The same values on the honest implementation.
    const saved = JSON.parse(await readFile(join(cwd, file), 'utf8')) as {
      target: { path: string };
      cases: { kind: string }[];
    };
    t.deepEqual(
      saved.cases.map(({ kind }) => kind),
      ['shown', 'minimal', 'worst'],
    );
    saved.target.path = honest;
    await writeFile(join(cwd, 'fixed.json'), JSON.stringify(saved));
    await ends(t, run(cwd, 'replay fixed.json'), {
      stdout: /^✓ fixed: prox of l1 [\s\S]* asked +2 saved cases: right\n/,
    });

    // A run that is asked to judges the saved values first, whatever it generates, and its commands say so.
    const first = ['guard', '--claims', 'eq6*', '--depth', 'quick', '--out', 'a b', '--seed', '7', '--replay-failures'];
    await ends(t, run(cwd, [...first, '--module', mutant]), {
      code: 1,
      stderr: /^judging first what earlier runs saved in a b\/failures \(1 file\)$/m,
    });
    const before = record.claims[1]!.evidence.cases;
    const replayed = await recordIn(cwd, 'a b/selection');
    t.is(replayed.claims[0]!.evidence.cases, before + saved.cases.length - 1, 'the shown case decides nothing');
    t.regex(replayed.command, / --depth quick --seed 7 --replay-failures$/);
    t.regex(replayed.claims[0]!.evidence.reproduce, / --claims eq6-prox --depth quick --seed 7 --replay-failures$/);
    // Another module of that name has nothing to do with them.
    const other = join(cwd, 'copy.mjs');
    await writeFile(other, `export { default } from ${JSON.stringify(pathToFileURL(mutant).href)};\n`);
    await ends(t, run(cwd, [...first, '--module', other]), {
      code: 1,
      stderr: /^signprox: --replay-failures: a b\/failures holds no failure of this implementation$/m,
    });
    t.is((await recordIn(cwd, 'a b/selection')).claims[0]!.evidence.cases, before);
  },
);

test.serial(
  'a failure of a theorem from a file is replayed with that file, and not with another theorem of that id',
  async (t) => {
    const cwd = await directory(t);
    const text = await readFile(fixture('theorems/sgd-textbook-functions.mjs'), 'utf8');
    await writeFile(join(cwd, 'true.mjs'), text);
    await writeFile(join(cwd, 'false.mjs'), text.replace('=> (2', '=> 0.2 * (2').replace('** 2,', '** 2 / 5,'));
    const verify = (file: string, ...more: readonly string[]) =>
      run(cwd, words`verify --theorem ${file} --claims *-tightness --depth quick --out out ${more}`);
    t.is((await verify('true.mjs')).code, 0);
    const alone = await recordIn(cwd, 'out/selection');
    t.is((await verify('false.mjs')).code, 1);
    const [name] = await readdir(join(cwd, 'out/failures'));
    await ends(t, run(cwd, ['replay', join('out/failures', name!)]), {
      code: 1,
      stdout: /^✗ still wrong: sgd-textbook-tightness [\s\S]* why {2,}/,
    });
    for (const more of [[], ['--replay-failures']]) {
      t.is((await verify('true.mjs', ...more)).code, 0);
      const { claims } = await recordIn(cwd, 'out/selection');
      t.deepEqual({ ...claims[0]!.evidence, reproduce: '' }, { ...alone.claims[0]!.evidence, reproduce: '' });
    }
  },
);

test.serial('a statistical failure has no single case: replay runs its claim again', async (t) => {
  const cwd = await directory(t);
  const module = join(cwd, 'sample-uniform.mjs');
  const mutants = pathToFileURL(fixture('mutants/mutants.js')).href;
  await writeFile(module, `import { mutantNamed } from '${mutants}';\nexport default mutantNamed('sample-uniform');`);
  await ends(t, run(cwd, words`guard --module ${module} --claims sample* --depth quick`), { code: 1 });
  const [name] = await readdir(join(cwd, 'reports/failures'));
  await ends(t, run(cwd, ['replay', join('reports/failures', name!)]), {
    code: 1,
    stdout: /^✗ still wrong: sample [\s\S]* case {2,}sample of θ = /,
  });
});

test.serial('replay rejects a file that is not a saved failure in one line', async (t) => {
  const cwd = await directory(t);
  const valid = {
    schemaVersion: 1,
    claim: 'eq6-prox',
    suiteVersion: '0.0.0',
    implementation: 'signprox reference',
    target: { kind: 'reference' },
    seed: '1',
    depth: 'quick',
    cases: [] as object[],
  };
  const kept = { part: 'l1', kind: 'minimal', ratio: '2', explanation: '' };
  const files: Record<string, readonly [unknown, number, RegExp]> = {
    'text.json': ['{', 2, /text\.json is not JSON: /],
    'null.json': ['null', 2, /null\.json is not a saved failure: the file: /],
    'depth.json': [{ ...valid, depth: 'x' }, 2, /depth\.json is not a saved failure: depth: /],
    'claim.json': [{ ...valid, claim: 'eq99' }, 2, /claim\.json is about "eq99", which is not a claim of this version/],
    'command.json': [
      { ...valid, target: { kind: 'command', command: ['no-such-program'] } },
      2,
      /cannot start "no-such-program": no such command/,
    ],
    'module.json': [{ ...valid, target: { kind: 'module', path: 'gone.js' } }, 2, /no module at .*gone\.js/],
    'bits.json': [{ ...valid, cases: [{ ...kept, input: { f64: 'xyz' } }] }, 2, /is not a saved failure: a double is/],
    'shape.json': [{ ...valid, cases: [{ ...kept, input: {} }] }, 6, /a saved case does not fit this version: /],
    'part.json': [{ ...valid, cases: [{ ...kept, part: 'gone', input: {} }] }, 6, /nothing to judge/],
    'whole.json': [{ ...valid, claim: 'eq5-sign-sgd' }, 0, /^✓ fixed: eq5-sign-sgd /],
  };
  await mkdir(join(cwd, 'in'));
  for (const [name, [content]] of Object.entries(files)) {
    await writeFile(join(cwd, 'in', name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  for (const [name, [, expected, message]] of Object.entries(files)) {
    const { code, stdout, stderr } = await run(cwd, ['replay', `in/${name}`]);
    t.is(code, expected, `${name}: ${stderr}`);
    const refused = expected === 2 || expected === 3;
    if (refused) t.regex(stderr, /^signprox: [^\n]+\n$/);
    t.regex(refused ? stderr : stdout, message);
  }
  t.is((await run(cwd, 'replay missing.json')).code, 2);
});

test.serial('a failure of a program is saved with its command and replayed on its exact inputs', async (t) => {
  const cwd = await directory(t);
  const adapter = join(cwd, 'no step.mjs');
  const wrong = `import { encode, decode, serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))};
    serve({ answers: { prox: ({ function: { weight }, x }) => ({ x: x.map((v) =>
      encode(Math.sign(decode(v)) * Math.max(Math.abs(decode(v)) - decode(weight), 0))) }) } });`;
  await writeFile(adapter, wrong);
  const judged = await ends(t, run(cwd, words`${quick} --claims eq6-prox --timeout 9s -- node ${adapter}`), {
    code: 1,
    stdout: /again +signprox replay reports\/failures\/eq6-prox.prox-of-l1.zoo.json$/m,
  });
  t.regex(
    (await recordIn(cwd)).claims[0]!.evidence.reproduce,
    /^signprox guard --claims eq6-prox --depth quick --seed 1 --timeout 9000ms -- node '/,
  );
  const saved = /signprox replay (\S+)/.exec(judged.stderr)![1]!;
  await ends(t, run(cwd, ['replay', saved]), { code: 1, stdout: /^✗ still wrong: prox of l1 / });

  await writeFile(
    adapter,
    wrong
      .replace('({ function: { weight }, x })', '({ function: { weight }, step, x })')
      .replace('decode(weight)', 'decode(step) * decode(weight)'),
  );
  await ends(t, run(cwd, ['replay', saved]));

  await writeFile(
    adapter,
    `import { serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))}; serve({ end: () => process.exit(3) });`,
  );
  t.is((await run(cwd, ['replay', saved])).code, 3, 'a wrong end is an error of the adapter');

  const refusing = `import { serve, write } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))};
    const refusal = ({ id }) => ({ id, error: { code: 'unsupported', message: 'not today' } });
    serve({ send: (reply, request) =>
      write(JSON.stringify(request.method === 'prox' ? refusal(request) : reply) + '\\n') });`;
  await writeFile(adapter, refusing);
  await ends(t, run(cwd, ['replay', saved]), { code: 6, stdout: /^! no answer, so not fixed: prox of l1 / });
});

test.serial('what is wrong in the run beside that of the case is told with its own start', async (t) => {
  const cwd = await directory(t);
  const adapter = pathToFileURL(fixture('mutants/library.js')).href;
  // Of two runs that take turns the second starts at 0.5 − x: this one is wrong where the first one is right.
  await writeFile(
    join(cwd, 'leap.mjs'),
    `import right from '${adapter}';
    const leap = (request, { x, state }) => ({ state, x: request.state === null && request.hyperparameters.momentum > 0 && request.x[0] > 0.25 ? x.map((v) => v + 1) : x });
    export default { ...right, step: (request) => leap(request, right.step(request)) };`,
  );
  const judged = await ends(
    t,
    run(cwd, words`${quick} --claims momentum-sgd --module leap.mjs --only 'step of momentum-sgd'`),
    { code: 1 },
  );
  const { cases } = JSON.parse(
    await readFile(join(cwd, /signprox replay (\S+)/.exec(judged.stderr)![1]!), 'utf8'),
  ) as SavedFailure;
  const starts = cases.map(({ input, explanation }) => {
    const other = /^in the run from x = \[([^\],]+).*x_1: returned/.exec(explanation)?.[1];
    return { other, start: Number(other ?? (decodeExact(input) as { readonly x: Float64Array }).x[0]) };
  });
  t.true(
    starts.some(({ other }) => other !== undefined),
    JSON.stringify(cases),
  );
  for (const { start } of starts) t.true(start > 0.25, JSON.stringify(cases));
});

test.serial('the case at which a program hangs is shown, saved and judged first when it answers', async (t) => {
  const cwd = await directory(t);
  const adapter = join(cwd, 'hangs.mjs');
  const text = (condition: string) => `
    import { encode, decode, serve } from ${JSON.stringify(fixture('adapters/zoo/honest.mjs'))};
    serve({ answers: { prox: ({ function: { weight }, step, x }) => {
      if (${condition}) ${waitForEver}
      return { x: x.map((v) => encode(Math.sign(decode(v)) * Math.max(Math.abs(decode(v)) - decode(step) * decode(weight), 0))) };
    } } });`;
  await writeFile(adapter, text('x.length > 2'));
  const guarded = [...quick, '--claims', 'eq6-prox', '--timeout', '9s', '--', 'node', adapter];
  const judged = await ends(t, run(cwd, guarded.with(guarded.indexOf('9s'), '1s')), {
    code: 1,
    stdout: /^ +case +prox of l1\(weight [\s\S]*no\s+reply\s+to prox/m,
  });
  const saved = /signprox replay (\S+)/.exec(judged.stderr)![1]!;
  await ends(t, run(cwd, ['replay', saved]), {
    code: 1,
    stdout: /^✗ still wrong: [\s\S]* case {2,}prox of l1\(weight [\s\S]*no\s+reply\s+to prox/,
  });

  await writeFile(adapter, text('false'));
  await ends(t, run(cwd, ['replay', saved]), { stdout: /^✓ fixed: prox of l1 / });
});
