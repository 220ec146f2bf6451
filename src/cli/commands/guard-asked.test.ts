import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import type { SubjectsRecord } from '../../report/record/subjects.js';
import { commandRunner, ends, words } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { directory, recordIn } from '../run-directory.test.helper.js';

const run = commandRunner();

/** Two functions and an algorithm in two variants, of which the second is refused if it `lacks` it. */
async function written(t: ExecutionContext, lacks = false): Promise<string> {
  const cwd = await directory(t);
  await writeFile(
    join(cwd, 'mine.mjs'),
    `import right from ${JSON.stringify(pathToFileURL(fixture('mutants/library.js')).href)};
    const description = {
      ...right.describe(),
      ...{ methods: ['prox', 'value', 'step'], functions: ['huber', 'linear'], smooth: ['quadratic', 'cosine'] },
      ...{ algorithms: ['momentum-sgd'], variants: ['loop', 'fused'] },
    };
    export default {
      ...right,
      describe: () => description,
      step: ({ variant, ...request }) => {
        if (${lacks} && variant === 'fused') throw Object.assign(new Error('no fused one'), { code: 'unsupported' });
        return right.step(request);
      },
    };`,
  );
  return cwd;
}

const guard = ['guard', '--module', 'mine.mjs', '--depth', 'quick'];

const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ');

const unaskedIn = ({ subjects }: SubjectsRecord): Record<string, string | undefined> =>
  Object.fromEntries(
    subjects.filter(({ verdict }) => verdict === 'not-asked').map(({ subject, why }) => [subject, why]),
  );

test.serial('what --only leaves out of what is declared is a row in every report, and named at the exit', async (t) => {
  const cwd = await written(t);
  const { stdout } = await ends(t, run(cwd, [...guard, '--only', 'prox of huber']), {
    stdout: [
      /^! prox of huber is right, but not all that is declared was asked/m,
      /^ +function +prox +value\n +huber +✓ +○\n +linear +○ +○\n/m,
      /^ +momentum-sgd +○$/m,
      /^ +declared +asked\n +4 others +○$/m,
    ],
    unwrapped:
      /! declared and not asked \(--only\): prox of linear, value of huber, value of linear, step of momentum-sgd, term quadratic, term cosine, variant loop, variant fused /,
  });
  for (const line of stdout.split('\n')) t.true(line.length <= 80, line);
  const place = join(cwd, 'reports/selection');
  const [page, markdown, junit] = await Promise.all(
    ['index.html', 'report.md', 'junit.xml'].map((name) => readFile(join(place, name), 'utf8')),
  );
  t.regex(page!, /<td class="?warn"?[^>]* title="variant fused: not-asked: --only"/);
  t.regex(page!, /<td class="?warn"?[^>]* title="value of linear: not-asked: --only"/);
  t.regex(markdown!, /^\| linear \| ○ not-asked \| ○ not-asked \|/m);
  t.regex(markdown!, /^\| prox of huber \| γ .*; f64; n 1 to \d+(, \d+)*; /m);
  t.regex(junit!, /<skipped message="declared and not asked: --only"/);
  const json = await run(cwd, 'report reports/selection/run.json --format json');
  const unasked = unaskedIn(JSON.parse(json.stdout) as SubjectsRecord);
  t.is(unasked['variant fused'], '--only');
  t.is(unasked['prox of huber'], undefined);
});

test.serial(
  'the line of an algorithm names its settings, schedules and variants; other claims are left out',
  async (t) => {
    const cwd = await written(t);
    const { stdout } = await ends(t, run(cwd, words`${guard} --ledger --claims momentum-sgd`));
    const [line] = /asked step of momentum-sgd: .*?variants fused, loop/.exec(unwrapped(stdout)) ?? [''];
    t.regex(line, /γ .* to .*, constant, decaying and warm-up;/);
    t.regex(line, /; momentum 0, 0\.5, 0\.9(, [\d.]+)?;/);
    t.regex(line, /; weightDecay 0, 0\.125, 4;/);
    t.regex(line, /; nesterov on and off;/);
    t.regex(line, /; g 0 and ±2⁻¹⁰ to ±2¹⁰; /);
    t.regex(line, /; f64; n 1, 2, 3, 9, 257; entries .*; −0, ±∞, NaN not asked;/);
    t.regex(
      unwrapped(stdout),
      /! declared and not asked \(--claims\): prox of huber, prox of linear, value of huber, value of linear, term quadratic, term cosine, rejectsBadParameters /,
    );
  },
);

test.serial(
  'rows of a theorem say nothing of the steps of its algorithm, and nothing at all of another one',
  async (t) => {
    const cwd = await directory(t);
    await writeFile(
      join(cwd, 'mine.mjs'),
      `import right from ${JSON.stringify(pathToFileURL(fixture('mutants/library.js')).href)};
    const offered = { methods: ['step'], functions: ['linear'], smooth: ['cosine'], algorithms: ['spgm', 'sign-sgd'] };
    const { statefulAlgorithms, ...others } = right.describe();
    export default { ...right, describe: () => ({ ...others, ...offered }) };`,
    );
    await ends(t, run(cwd, words`${guard} --claims theorem-1`), {
      unwrapped: [
        /; declared and not asked \(except in rows of theorem-1\): step of spgm /,
        / declared and not asked \(--claims\): step of sign-sgd, term cosine, rejectsBadParameters; /,
      ],
    });
  },
);

test.serial('a variant that is refused whenever it is asked is not covered by the verdict', async (t) => {
  const cwd = await written(t, true);
  const { stdout } = await run(cwd, words`${guard} --ledger --claims momentum-sgd,declared-is-judged`);
  t.regex(unwrapped(stdout), / declared and not asked \(every question was refused: no fused one\): variant fused/);
  t.regex(unwrapped(stdout), /; variants loop /);
});

test.serial('nothing ran where every question is refused, and where no method is declared', async (t) => {
  const cwd = await directory(t);
  const write = (name: string, methods: readonly string[], smooth: readonly string[]): Promise<void> =>
    writeFile(
      join(cwd, name),
      `const description = { name: 'mine', version: '1', language: 'javascript', dtype: 'f64', functions: ['l1'],
        methods: ${JSON.stringify(methods)}, smooth: ${JSON.stringify(smooth)}, algorithms: [] };
      export default {
        describe: () => description,
        prox: () => { throw Object.assign(new Error('not today'), { code: 'unsupported' }); },
      };`,
    );
  await write('refuses.mjs', ['prox'], []);
  await write('offers.mjs', [], ['zero']);
  const judge = (module: string) => run(cwd, words`guard --module ${module} --depth quick --strict`);
  const [refuses, offers] = [await judge('refuses.mjs'), await judge('offers.mjs')];
  t.is(refuses.code, 1, refuses.stdout);
  t.is(offers.code, 6, offers.stdout);
  await ends(t, run(cwd, 'guard --module refuses.mjs --depth quick'), {
    code: 6,
    unwrapped: /! nothing ran: every question about prox of l1 was refused .*exit 6 $/,
  });
});

test.serial('a time limit that leaves settings out is seen: in the line, in the row and at the exit', async (t) => {
  const cwd = await written(t);
  await ends(t, run(cwd, words`${guard} --claims momentum-sgd --time-per-part 1ms`), {
    unwrapped: / asked in part: step of momentum-sgd /,
  });
  const { asked } = await recordIn(cwd);
  t.true(asked!['step of momentum-sgd']!.numbers['momentum']!.values!.length < 3);
  const page = await readFile(join(cwd, 'reports/selection/index.html'), 'utf8');
  t.regex(page, /<td class="?warn"?[^>]* title="step of momentum-sgd: thin: /);
});
