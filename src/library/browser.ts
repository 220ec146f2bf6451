/**
 * A module of functions and the file of a theorem, judged where nothing is installed: in a browser. It needs no `node:` module, no file, no
 * network and no thread of its own, so a bundler takes it as it is. Claims, generators and judges are those of `signprox guard` and
 * `signprox verify`: the same seed gives the same verdicts and counterexamples.
 *
 * A call that never returns blocks its thread. Judge code of others in a worker, and end the worker after a time limit.
 *
 * @module signprox/browser
 */
import { loadProperties } from '../../properties/modules.js';
import type { Budget, Claim, Depth, Executor } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { reference } from '../claims/implementation/reference.js';
import { type ClaimObserver, runClaims } from '../claims/run-claims.js';
import { requireOptions } from '../claims/text.js';
import { computeReplicates, type Replicate } from '../executors/replicates.js';
import { type ImplementationModule, wrapModule } from '../guard/module-implementation.js';
import type { RunRecord } from '../report/record/run-record.js';
import { theoremClaims } from '../theory/bounds/own-theorem/theorem-claims.js';
import { replicatesOf } from '../theory/left-side/monte-carlo.js';
import { readTheoremFile } from '../theory/theorem/theorem-file.js';
import { budgetWith, claimsFor, recordOf } from './judging.js';

export type { ClaimObserver } from '../claims/run-claims.js';
export { type ImplementationModule, type ModuleDescription, ModuleLoadError } from '../guard/module-implementation.js';
export { formatReport } from '../report/formats/formats.js';
export type { RunRecord } from '../report/record/run-record.js';
export { type SubjectRecord, subjectsOf } from '../report/record/subjects.js';
export { prove } from '../theory/proofs/prove.js';
export type { Proving } from '../theory/proofs/search/prove.js';
export { NoModelError, TheoremFileError } from '../theory/theorem/theorem-fields.js';
export { readTheoremFile, type TheoremFile } from '../theory/theorem/theorem-file.js';

/** Which claims are judged in a browser, and how thoroughly. */
export interface BrowserOptions {
  /** Ids of claims, separated by commas, `*` for any text and `?` for one character; all that apply if left out. */
  readonly claims?: string;
  /** Claims about a module beside those of the suite. */
  readonly also?: readonly Claim[];
  /** How much work each claim does; `quick` if left out. */
  readonly depth?: Depth;
  /** What all random numbers derive from, 1 to 100 letters, digits or `. : + - _`; `1` if left out. */
  readonly seed?: string;
  /** Whether failures for extreme questions alone and bounds that are only not refuted count as failures. */
  readonly strict?: boolean;
  /** Aborting it ends the judgement with an error, at the next turn of the event loop. */
  readonly signal?: AbortSignal;
  /** The file that is judged, as a shell reads it: commands that show a failure again are then those of a terminal, as is that of the record. */
  readonly file?: string;
  /** Called before and after every claim. */
  readonly observer?: ClaimObserver;
}

/**
 * Judges the default export of a module, an object with `describe()` and the methods that it names, by the claims that apply to it.
 *
 * The record has the verdicts and counterexamples of `signprox guard --module` for the same depth and seed. Its exit code is 0 if nothing
 * fails, 1 if a claim fails, 3 if the module does not answer, and 6 if no claim applies.
 *
 * @throws ModuleLoadError unless the object has a `describe()` whose answer is valid; RangeError for a pattern that matches no claim, and
 *   for an invalid depth or seed; TypeError for an unknown option
 * @example
 * const mine = {
 *   describe: () => ({
 *     name: 'mine',
 *     version: '1',
 *     language: 'javascript',
 *     dtype: 'f64',
 *     methods: ['prox'],
 *     functions: ['l1'],
 *     smooth: [],
 *     algorithms: [],
 *   }),
 *   prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight, 0)),
 * };
 * const [{ counterexample }] = subjectsOf(await judgeModule(mine, { claims: 'eq6-prox' })).subjects;
 * assert.equal(counterexample, 'prox of l1(weight 1) at y = 1, γ = 0.1: returned 0, right is 0.9');
 */
export async function judgeModule(module: ImplementationModule, options: BrowserOptions = {}): Promise<RunRecord> {
  const budget = budgetOf('judgeModule', options, () => {
    throw new Error('no claim about an implementation draws replicates');
  });
  const implementation = wrapModule(module, options.file ?? 'the module');
  const claims = claimsFor([...(await loadProperties()), ...(options.also ?? [])], implementation, options.claims);
  return judged('judgeModule', claims, implementation, options, budget);
}

/**
 * Judges a theorem from the exports of its file, `theorem` with `instances` and `controls` if it has them: whether the bound holds on its
 * instances, whether its planted errors are found, how tight it is, and which hypotheses and constants it needs. The record has the rows of
 * `signprox verify --theorem` for the same depth and seed.
 *
 * @throws TheoremFileError that names the field, its value and what is expected; RangeError for a pattern that matches no claim, and for
 *   an invalid depth or seed; TypeError for an unknown option
 * @example
 * const theorem = {
 *   id: 'gradient-descent',
 *   statement: '(1/T) Σ ‖∇f̄(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
 *   objective: 'fixed',
 *   hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
 *   algorithm: 'gradient-descent',
 *   schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
 *   term: 'squared-gradient',
 *   bound: (T, { lipschitz, gap }) => (2 * lipschitz * gap.upper) / T,
 * };
 * const { claims } = await judgeTheorem({ theorem }, { claims: 'gradient-descent' });
 * assert.equal(claims[0].evidence.verdict, 'holds');
 */
export async function judgeTheorem(
  exported: Readonly<Record<string, unknown>>,
  options: BrowserOptions = {},
): Promise<RunRecord> {
  const file = readTheoremFile(exported);
  const budget = budgetOf(
    'judgeTheorem',
    options,
    replicatesOf(async () => file.theorem),
  );
  const own = theoremClaims({ ...file, word: options.file ?? file.theorem.id });
  return judged('judgeTheorem', claimsFor(own, reference, options.claims), reference, options, budget);
}

/** What asks the same in a terminal, before the name of the file. */
const commands = { judgeModule: 'guard --module', judgeTheorem: 'verify --theorem' } as const;
type Owner = keyof typeof commands;

function commandOf(owner: Owner, { file, claims, depth = 'quick', seed = '1' }: BrowserOptions): string {
  // A shell would read the * and ? of a pattern.
  const pattern = claims === undefined || /^[\w,-]*$/.test(claims) ? claims : `'${claims}'`;
  const selected = pattern === undefined ? '' : `--claims ${pattern} `;
  return `signprox ${commands[owner]} ${file} ${selected}--depth ${depth} --seed ${seed}`;
}

/** Replicates are computed in this thread, by the function itself: there are no modules to import. */
function budgetOf(owner: Owner, options: BrowserOptions, replicate: Replicate): Budget {
  requireOptions(owner, options, {
    claims: true,
    also: true,
    depth: true,
    seed: true,
    strict: true,
    signal: true,
    file: true,
    observer: true,
  } satisfies Record<keyof BrowserOptions, true>);
  const stopped = (): string | undefined => (options.signal?.aborted ? 'the run was aborted' : undefined);
  const executor: Executor = {
    name: 'in-process',
    run: (job, from, to, take) => computeReplicates(job, from, to, stopped, take, async () => replicate),
    close: async () => undefined,
  };
  const budget = budgetWith(options, executor);
  if (options.file === undefined) return budget;
  return { ...budget, reproduce: (claim) => commandOf(owner, { ...options, claims: claim }) };
}

async function judged(
  owner: Owner,
  selected: readonly Claim[],
  implementation: Implementation,
  options: BrowserOptions,
  budget: Budget,
): Promise<RunRecord> {
  const startedAt = new Date();
  const checked = await runClaims(selected, implementation, budget, options.observer);
  const record = recordOf(implementation, checked, options, startedAt, { node: 'none', platform: 'browser' });
  return options.file === undefined ? record : { ...record, command: commandOf(owner, options) };
}
