import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { ImplementationError } from '../claims/implementation/implementation.js';
import { subjectsOf } from '../claims/other-library.test.helper.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { outcomeOf } from '../report/record/outcome.js';
import { openProcess } from './process-implementation.js';
import { leftBehind, startWithoutCoverage } from './processes.test.helper.js';
import { limiter } from './programs.test.helper.js';
import { shutdownEvidence } from './supervisor/failures.js';

type Specimen = readonly [outcome: string, diagnosis: string, start: () => unknown, claims?: readonly string[]];

/** The program as it is shipped: three levels above the compiled test. */
const program = new URL('../../../fixtures/adapters/zoo/zoo.mjs', import.meta.url);
const { zoo } = (await import(program.href)) as { zoo: Readonly<Record<string, Specimen>> };
const command = [process.execPath, fileURLToPath(program)];

/** Outcomes and diagnoses of one run on an adapter that is started with `mark` in its environment. */
async function judge(
  name: string,
  claims: readonly string[],
  mark: string,
  timeout: number,
): Promise<{ outcome: string; diagnosis: string }> {
  const started = { command: ['env', `ZOO=${mark}`, ...command, name], timeout, seed: '1' };
  try {
    const implementation = await openProcess(started);
    const chosen = claims.map((name) => properties.find(({ id }) => id === name)!);
    const checked = (await runClaims(chosen, implementation, quickBudget())).at(-1)!;
    const failure = await implementation.close();
    const evidence = failure === undefined ? checked.evidence : shutdownEvidence(failure, '1', '');
    const outcome = outcomeOf(evidence, checked.claim.expected);
    return { outcome, diagnosis: evidence.failure?.message ?? (outcome === 'expected' ? evidence.reason : '') };
  } catch (error) {
    if (!(error instanceof ImplementationError)) throw error;
    const { kind, message } = error;
    return { outcome: kind, diagnosis: message };
  }
}

startWithoutCoverage();

/** Most specimens sleep, but each is a process. */
const turn = limiter(6);

async function isDiagnosed(t: ExecutionContext, name: string, specimen: Specimen): Promise<void> {
  const [outcome, diagnosis, , claims = ['eq6-prox']] = specimen;
  const mark = randomUUID();
  // Only those that must be too late are given little time: this machine may be busy.
  // The exit is waited for as long as a call is, and at least 5 s.
  const timeout = outcome === 'timeout' ? 600 : name === 'stays-after-bye' ? 5000 : 20_000;
  const judged = await turn(() => judge(name, claims, mark, timeout));
  t.is(judged.outcome, outcome, judged.diagnosis);
  t.regex(judged.diagnosis, new RegExp(diagnosis === '' ? '^$' : diagnosis));
  t.notRegex(judged.diagnosis, /[\p{Cc}\p{Zl}\u202e]/u, 'one line without a character that acts');
  t.deepEqual(await leftBehind(mark), [], 'nothing is left');
}

for (const [name, specimen] of Object.entries(zoo)) test(`${name}: ${specimen[0]}`, isDiagnosed, name, specimen);

test('six of seven functions fail in six ways: each is reported separately, and the right one is right', async (t) => {
  const incidents: string[] = [];
  const implementation = await openProcess({
    ...{ command: [...command, 'seven-functions'], timeout: 600, seed: '1' },
    incident: ({ kind }) => incidents.push(kind),
  });
  const isAsked = ({ id }: { readonly id: string }): boolean => /^(eq6-prox|prox-[cfsv])/.test(id);
  const subjects = await subjectsOf(properties.filter(isAsked), implementation);
  t.is(await implementation.close(), undefined);
  t.deepEqual(Object.fromEntries(subjects.map(({ subject, verdict }) => [subject, verdict])), {
    'prox of l1': 'raises',
    'prox of l2': 'hangs',
    'prox of linf': 'crashes',
    'prox of huber': 'not-finite',
    'prox of squared-l2': 'crashes',
    'prox of nonnegative': 'garbled',
    'prox of elastic-net': 'right',
  });
  const told = Object.fromEntries(subjects.map(({ subject, counterexample = '' }) => [subject, counterexample]));
  t.regex(told['prox of l1']!, /^prox of l1\(weight .*: division by zero$/);
  t.regex(told['prox of l2']!, /no reply to prox/);
  t.regex(told['prox of linf']!, /SIGSEGV.*this case breaks it$/);
  t.regex(told['prox of huber']!, /: returned .*NaN.*, right is /);
  t.regex(told['prox of squared-l2']!, /SIGABRT.*state breaks it, not this case$/);
  t.regex(told['prox of nonnegative']!, /not JSON on stdout: "projecting…"/);
  // In a batch, alone and once more; at most as many again make the case smaller, and twelve processes all cases together.
  t.true(incidents.filter((kind) => kind === 'timeout').length <= 3 + 3, incidents.join());
  t.true(incidents.length <= 10 + 12, incidents.join());
});
