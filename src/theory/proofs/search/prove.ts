import type { Certificate, CertificateTerm } from '../../../claims/certificate.js';
import type { Depth } from '../../../claims/claim.js';
import { hypothesisKey } from '../../../claims/hypothesis.js';
import { one } from '../../../exact/arithmetic/rational.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { boundStage } from './bound-stage.js';
import { areSame, hasNoStep, provedMomentum, provedStep, provedWeights } from './find-step.js';
import { proveRate, rateProvesAll, readRate } from './linear-rate.js';
import { isSigns, modelOf, requireMean, usedBy } from './models.js';
import { hasNoPotential, leastMultiple } from './momentum-steps.js';
import type { RationalFunction } from './rational-function.js';
import { NotRead, readFormulas, requireFormulas } from './read-formulas.js';
import { type Constants, isTuned, readForAll, readingAt, readingAtRoot, type SymbolicReading } from './read-theorem.js';
import { longestChain, proveRun } from './run-proof.js';
import type { StepProof } from './step-proof.js';
import { constantOf, multipleAt, provesAll, sampledSum } from './sum-of-steps.js';
import { type ComputedCase, claimedViolation, isMet, sweep, worstCase } from './worst-case.js';

/** What is known of one T. */
export interface ProvedRow {
  readonly iterations: number;
  /**
   * `step` and `run`: proved by one step, or by all T steps at once. `no-proof`: the alternative of the program is solved exactly. `false`: that of the program
   * of all T steps is, which belongs to a function that violates the bound: all hypotheses are in the program.
   */
  readonly answer: 'step' | 'run' | 'no-proof' | 'false' | 'unknown';
  /** The least multiple of the bound that one step proves, as a fraction; absent if it proves none. */
  readonly multiple?: string;
}

/** The answer of `prove`. */
export interface Proving {
  readonly theorem: string;
  readonly statement: string;
  /**
   * `proved`: for every T that was asked for. `false`: an exact engine computes a left side above the bound, or numbers that
   * meet all interpolation conditions violate it. `no-proof`: no proof of this form exists, though the theorem may be true. `undecided`: neither was found.
   * `vacuous`: it claims nothing: its bound is ∞ at some T, none of the problems that were tried meets its hypotheses, or its T are beyond every run.
   */
  readonly answer: 'proved' | 'vacuous' | 'false' | 'no-proof' | 'undecided';
  /** For which T, in words. */
  readonly scope: string;
  /** Why, in one line. */
  readonly reason: string;
  /** One step, with the inequalities that make it, if one is proved for every γ. */
  readonly step?: {
    readonly statement: string;
    /** What p is in it. */
    readonly potential: string;
    /** Which case the terms are of, if there are several. */
    readonly shown?: string;
    readonly terms: readonly CertificateTerm[];
  };
  readonly rows: readonly ProvedRow[];
  /** The hypotheses from which the inequalities of the proof follow, of the theorem's; empty without a proof. */
  readonly used: readonly string[];
  /** The others: with a proof, the theorem holds without them. */
  readonly unused: readonly string[];
  /** Left sides that exact engines computed. */
  readonly leftSides: number;
  /** The proof, accepted by `checkCertificate`: a stage for one step and for T steps, or one stage for each T. */
  readonly certificate?: Certificate;
  /** The problem that refutes the theorem. */
  readonly worst?: ComputedCase;
}

/** What to ask of `prove`. */
export interface ProveOptions {
  /** The T at which to prove the bound; all T ≥ 1 if left out. */
  readonly iterations?: readonly number[];
  /** Called before every longer computation; it may throw to end it. */
  readonly say?: (text: string) => void;
  /** Problems of the theorem's file, with their starts. */
  readonly instances?: readonly BoundInstance[];
  /**
   * How far `verify --theorem` is asked, with its default seed, before a theorem is called proved: a left side that it finds above the bound is the answer.
   * Default: `quick`, which takes seconds. `none` where it has been asked.
   */
  readonly search?: 'none' | Depth;
}

/** No run has so many iterations. */
const longestOfAll = 1e12;
/** T that are looked at when no proof for all T is found. */
const first = [1, 2, 3, 4];
/** The same for a γL that is rational in √T. */
const squares = [1, 4, 16, 100];
/** Further T at which left sides are computed when there is none: a bound may be exceeded by long runs alone. */
const later = [8, 10, 16, 32, 64, 100, 256];

/** The search behind `prove` of `signprox/theorems`. */
export async function prove(theorem: Theorem, options: ProveOptions = {}): Promise<Proving> {
  const early = options.iterations?.find((T) => T < (theorem.from ?? 1));
  if (early !== undefined)
    throw new NoModelError(`the theorem is about T ≥ ${theorem.from}, and T = ${early} was asked for`);
  requireMean(theorem);
  requireFormulas(theorem);
  try {
    return await inCases(theorem, options);
  } catch (error) {
    if (!(error instanceof NoModelError) || typeof theorem.algorithm === 'string') throw error;
    // A program that no model knows can be run.
    const refuted = await refutation(theorem, options, error.message);
    if (refuted === undefined) throw error;
    return refuted;
  }
}

/** So many T are proved one by one where a text has other cases at them than later. */
const mostCases = 31;

/** The least T from which on the text of schedule and bound has one case, if there is such a one; otherwise that of the theorem. */
function leastRead(theorem: Theorem): number {
  const { from = 1 } = theorem;
  const isRead = (least: number) =>
    [false, true].some(
      (byCoordinates) => !(readFormulas(theorem, byCoordinates, { from: least }).values instanceof NotRead),
    );
  if (isRead(from) || !isRead(from + mostCases)) return from;
  return Array.from({ length: mostCases }, (_, k) => from + k + 1).find(isRead)!;
}

/** The search for all T where the text has one case, and for each T before. */
async function inCases(theorem: Theorem, options: ProveOptions): Promise<Proving> {
  const { from = 1 } = theorem;
  const least = options.iterations === undefined ? leastRead(theorem) : from;
  if (least === from) return searched(theorem, options);
  const iterations = Array.from({ length: least - from }, (_, k) => from + k);
  const before = await searched(theorem, { ...options, iterations, search: 'none' });
  if (before.answer === 'false') return before;
  const after = await searched({ ...theorem, from: least }, options, theorem);
  return joined(before, after, { from, least });
}

/** From the best to the worst. */
const answers = ['proved', 'vacuous', 'undecided', 'no-proof', 'false'] as const;

/** What is known of the T before `least` and from then on. */
function joined(before: Proving, after: Proving, { from, least }: Readonly<Record<'from' | 'least', number>>): Proving {
  const both = [before, after];
  const worse = answers.indexOf(before.answer) > answers.indexOf(after.answer) ? before : after;
  const isProved = worse.answer === 'proved';
  const used = [...new Set(both.flatMap((each) => each.used))];
  const isOneProof = JSON.stringify(before.certificate) === JSON.stringify(after.certificate);
  const earlier = before.certificate && !isOneProof ? namedFor(`below ${least}`, before.certificate) : undefined;
  const stages = [...(earlier?.stages ?? []), ...(after.certificate?.stages ?? [])];
  return {
    ...before,
    ...after,
    answer: worse.answer,
    ...(isProved
      ? {
          scope: `every T ≥ ${from}`,
          reason: `each T < ${least} is proved by itself, and from then on ${after.reason}`,
        }
      : { scope: worse.scope, reason: worse.reason }),
    rows: both.flatMap(({ rows }) => rows),
    ...{ used, unused: after.unused.filter((id) => !used.includes(id)) },
    leftSides: before.leftSides + after.leftSides,
    ...(stages.length > 0 && { certificate: { stages } }),
  };
}

/** The answer that a theorem without a model is false; undefined if no engine finds a left side above the bound. */
async function refutation(
  theorem: Theorem,
  { iterations, say = () => {} }: ProveOptions,
  why: string,
): Promise<Proving | undefined> {
  say('left sides on problems of one variable');
  const near = await worstCase(theorem, iterations ?? looked('T', theorem.from ?? 1));
  say('left sides for other L and numbers of variables');
  const far = near.violation === undefined ? await sweep(theorem, iterations) : { computed: 0, violation: undefined };
  const violation = near.violation ?? far.violation;
  if (violation === undefined || violation.assumed.length > 0) return undefined;
  const found = refutedBy(violation);
  return {
    ...{
      theorem: theorem.id,
      statement: theorem.statement,
      ...found,
      reason: `${found.reason}; no proof was looked for: ${why}`,
    },
    ...{ rows: [], used: [], unused: theorem.hypotheses.map(hypothesisKey) },
    ...{ leftSides: near.computed + far.computed, worst: violation },
  };
}

/** @param whole the theorem for all of its T, of which `verify` is asked */
async function searched(
  theorem: Theorem,
  { iterations, say = () => {}, instances, search = 'quick' }: ProveOptions,
  whole = theorem,
): Promise<Proving> {
  const { model, momentum, run, rate, gives } = modelOf(theorem, iterations && Math.max(...iterations));
  const byCoordinates = model === 'signs' ? 'coordinates' : 'coordinates-of-prox';
  const constants: Constants = isSigns(model) ? byCoordinates : 'euclidean';
  say('reading the bound');
  const ofRate = rate && readRate(theorem, rate);
  const forRate = rate && ofRate && rateProvesAll(ofRate) ? proveRate(rate) : undefined;
  // Of a rate for every μ nothing is read at one T.
  const isEvery = ofRate !== undefined && theorem.inverseConditionNumber === undefined;
  const tuned = isEvery || (constants === 'euclidean' && isTuned(theorem));
  // Where γL is irrational at some T, as 1/√2, a proof for every T is the only one. What an algorithm with a memory does is read for the T that are asked alone.
  const isIrrational = () => !iterations!.every((T) => readingAt(theorem, T, constants).reading !== undefined);
  const isWanted = iterations === undefined || (momentum === undefined && isIrrational());
  const wanted = ofRate === undefined && !tuned && isWanted ? attempt(() => readForAll(theorem, constants)) : undefined;
  const read = wanted instanceof NotRead ? undefined : wanted;
  const { from = 1 } = theorem;
  const asked = [...new Set(iterations ?? looked(read?.symbol, from))].sort((a, b) => a - b);
  const readings = asked.map((T) => (tuned ? { iterations: T, reading: undefined } : readingAt(theorem, T, constants)));
  const whys = readings.flatMap(({ unread }) => unread ?? []);
  const infinite = readings.filter(({ unread }) => unread?.isInfinite);
  // What no T has is no bound of this form.
  if (read === undefined && ofRate === undefined && whys.length === readings.length && whys.length > 0) {
    if (infinite.length < whys.length) throw new NoModelError(whys[0]!.message);
    const nothing = { rows: [], used: [], unused: theorem.hypotheses.map(hypothesisKey), leftSides: 0 };
    return { theorem: theorem.id, statement: theorem.statement, ...infiniteAt(infinite), ...nothing };
  }
  say('left sides on problems of one variable');
  const near = await worstCase(theorem, asked);
  say('one step');
  const movedAt = readings.map(({ iterations: T, reading }) => reading && momentum?.at(T));
  const [moved] = movedAt;
  const isSameForAll = momentum?.forAll !== undefined && Object.values(momentum.forAll).every(isConstantFunction);
  const isConstant =
    moved !== undefined &&
    (read === undefined || isSameForAll) &&
    movedAt.every((other) => other !== undefined && areSame(other, moved));
  // With momentum γL is what it is as the algorithm moves.
  const forAll = isConstant && read !== undefined ? { ...read, step: constantOf(read.symbol, moved.step) } : read;
  // Weights that change with T have one proof for all of them, or else one at each T.
  const forWeights = momentum && !isConstant && read !== undefined ? provedWeights(read, momentum) : undefined;
  const isOneProof = isConstant || forWeights !== undefined;
  const ownSteps = readings.map(({ reading }, k) =>
    reading === undefined || isOneProof || movedAt[k] === undefined
      ? undefined
      : provedMomentum(movedAt[k], [{ reading }], undefined),
  );
  const sharedStep = () => (isConstant ? provedMomentum(moved, readings, forAll) : provedStep(model, readings, forAll));
  // A rate needs no other form.
  const shared = forRate === undefined && !isEvery ? sharedStep() : undefined;
  const shownAt = ownSteps.findIndex((found) => found !== undefined);
  const step = forRate ?? shared ?? forWeights ?? ownSteps[shownAt];
  const shares = shared !== undefined && forAll !== undefined && provesAll(shared, forAll);
  const all = shares || forWeights !== undefined || forRate !== undefined;
  const isOpen = iterations === undefined && !all && near.violation === undefined;
  const far = await worstCase(theorem, isOpen ? later.filter((T) => T >= from && !asked.includes(T)) : []);
  const known = near.violation ?? far.violation;
  // What may exclude every problem that the search takes for a violation.
  const without = theorem.hypotheses.filter((entry) => typeof entry !== 'string').map(hypothesisKey);
  /** Whether one step proves the bound at a T at which γL is no fraction. */
  const provesAtRoot = (proof: StepProof, T: number): boolean => {
    if (constants !== 'euclidean' || momentum !== undefined || ofRate !== undefined || tuned) return false;
    const found = attempt(() => readingAtRoot(theorem, T));
    return !(found instanceof NotRead) && provesAll(proof, found);
  };
  const certificates: Certificate[] = [];
  let refuted: Refuted | undefined;
  const rows = readings.map(({ iterations: T, reading }, k): ProvedRow => {
    if (reading === undefined) {
      const isStep = all || (shared !== undefined && iterations !== undefined && provesAtRoot(shared, T));
      return { iterations: T, answer: isStep ? 'step' : 'unknown' };
    }
    const [here, ownStep] = [movedAt[k], ownSteps[k]];
    const proof = shared ?? ownStep;
    const shown = proof && multipleAt(proof, reading);
    const multiple = (here && leastMultiple(here, reading)) ?? shown;
    const found = { iterations: T, ...(multiple && { multiple: multiple.toFraction() }) };
    if (forRate !== undefined || forWeights !== undefined || shown?.lte(one)) {
      if (ownStep !== undefined) certificates.push(namedFor(String(T), ownStep.certificate));
      return { ...found, answer: 'step' };
    }
    if (run !== undefined && T <= longestChain) {
      say(`T = ${T}: all steps at once`);
      const answer = proveRun(run, reading);
      if (answer.answer === 'proved' && accepted(answer.certificate)) {
        certificates.push(answer.certificate);
        return { ...found, answer: 'run' };
      }
      if (answer.answer === 'false') {
        if (without.length > 0) return { ...found, answer: 'no-proof' };
        refuted ??= { iterations: T, excess: answer.excess };
        return { ...found, answer: 'false' };
      }
    }
    const hasNone = here === undefined ? hasNoStep(model, reading) : hasNoPotential(here, reading);
    return { ...found, answer: hasNone ? 'no-proof' : 'unknown' };
  });
  const byStep = all || rows.some(({ answer }) => answer === 'step');
  // The stage is about T ≥ 1.
  const last = shares && from === 1 ? boundStage(shared, forAll) : undefined;
  const compared = last !== undefined && accepted({ stages: [...shared!.certificate.stages, last] });
  const stages = [
    ...(byStep ? ((forRate ?? shared ?? forWeights)?.certificate.stages ?? []) : []),
    ...(compared ? [last] : []),
    ...certificates.flatMap((certificate) => certificate.stages),
  ];
  const everyRow = rows.every(({ answer }) => answer === 'step' || answer === 'run');
  const found = {
    refuted,
    from,
    all: all ? (forRate === undefined ? read?.symbol : ('rate' as const)) : undefined,
    compared,
    everyRow,
    rows,
    without,
    given: iterations !== undefined,
  };
  const before = decide({ violation: known, ...found });
  const isSwept = known === undefined && (before.answer === 'proved' || typeof theorem.algorithm !== 'string');
  if (isSwept) say('left sides for other L and numbers of variables');
  const swept = isSwept ? await sweep(theorem, iterations) : { computed: 0, violation: undefined };
  const isClaimed = search !== 'none' && decide({ violation: known ?? swept.violation, ...found }).answer === 'proved';
  if (isClaimed) say('the search of verify --theorem');
  const claimed = isClaimed ? await claimedViolation(whole, { depth: search, instances, iterations, say }) : undefined;
  const violation = known ?? swept.violation ?? claimed;
  const own = decide({ violation, ...found });
  const leftSides = near.computed + far.computed + swept.computed;
  const isMeaningless = from >= longestOfAll || (leftSides === 0 && !isMet(whole, instances ?? [], from));
  const decided =
    own.answer === 'proved' && isMeaningless
      ? { ...own, answer: 'vacuous' as const, reason: from >= longestOfAll ? tooLong : unmet }
      : own.answer === 'undecided' && infinite.length > 0
        ? infiniteAt(infinite)
        : own;
  const sampled = tuned && shared !== undefined ? sampledSum(theorem, shared) : undefined;
  const ids = theorem.hypotheses.map(hypothesisKey);
  // Of a tuned step one step alone is proved.
  const proof = stages.length > 0 ? stages : (step?.certificate.stages ?? []);
  const used = usedBy({ stages: proof }, gives);
  return {
    theorem: theorem.id,
    statement: theorem.statement,
    ...decided,
    ...(decided.answer === 'undecided' &&
      wanted instanceof NotRead && { reason: `${decided.reason}; not for every T: ${wanted.message}` }),
    ...(sampled !== undefined && decided.answer === 'undecided' && { reason: sampled }),
    // A proof by all steps at once does not use it.
    ...(step !== undefined &&
      (byStep || decided.answer !== 'proved') && {
        step: {
          statement: (isSigns(model) ? step.certificate.stages[1] : step.certificate.stages[0])!.statement,
          potential: step.model.potential,
          ...(step.shown !== undefined && { shown: step.shown }),
          ...(shownAt >= 0 && { shown: `at T = ${readings[shownAt]!.iterations}:` }),
          terms: step.terms,
        },
      }),
    rows,
    used: ids.filter((id) => used.has(id)),
    unused: ids.filter((id) => !used.has(id)),
    leftSides,
    ...(decided.answer !== 'false' && stages.length > 0 && { certificate: { stages } }),
    ...(violation !== undefined && { worst: violation }),
  };
}

/** What is read, or why it is not. */
function attempt<Result>(read: () => Result): Result | NotRead {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRead) return error;
    throw error;
  }
}

const isConstantFunction = ({ numerator, denominator }: RationalFunction): boolean =>
  [...numerator.values(), ...denominator.values()].every(({ powers }) => powers.length === 0);

/** A T at which the interpolation conditions are met by numbers that violate the bound, and left/bound of these. */
interface Refuted {
  readonly iterations: number;
  readonly excess: number;
}

interface Found {
  readonly refuted: Refuted | undefined;
  /** The least T that the theorem is about. */
  readonly from: number;
  readonly violation: ComputedCase | undefined;
  /** The symbol in which the bound was compared for all T, if it is proved for them. */
  readonly all: SymbolicReading['symbol'] | 'rate' | undefined;
  /** Whether the comparison is a stage of the certificate. */
  readonly compared: boolean;
  readonly everyRow: boolean;
  readonly rows: readonly ProvedRow[];
  /** The hypotheses that the search did not use. */
  readonly without: readonly string[];
  /** Whether the T were asked for. */
  readonly given: boolean;
}

const shownStart = (start: readonly number[]): string =>
  start.length === 1
    ? `${start[0]}`
    : start.length <= 4
      ? `(${start.join(', ')})`
      : `(${start[0]}, …, ${start.at(-1)})`;
const listed = (rows: readonly Pick<ProvedRow, 'iterations'>[]): string =>
  `T = ${rows.map(({ iterations }) => iterations).join(', ')}`;

const refutedBy = ({ iterations, instance, row }: ComputedCase) =>
  ({
    answer: 'false',
    scope: `T = ${iterations}`,
    reason: `the left side is ${row.left / row.bound!} × the bound on ${instance.name}, x⁰ = ${shownStart(instance.start)}, by the engine ${row.engine}`,
  }) as const;

const tooLong = 'a proof was found, and no run has so many iterations: a thousand in a second would take thirty years';
const unmet =
  'a proof was found, and none of the problems that were tried meets all hypotheses: give the file instances that do';
const infiniteAt = (readings: readonly { readonly iterations: number; readonly unread?: NotRead }[]) =>
  ({
    answer: 'vacuous',
    scope: listed(readings),
    reason: readings[0]!.unread!.message,
  }) as const;

/** What an exact left side shows comes first: no proof can stand against it. */
function decide({
  violation,
  refuted,
  from,
  all,
  compared,
  everyRow,
  rows,
  without,
  given,
}: Found): Pick<Proving, 'answer' | 'scope' | 'reason'> {
  if (violation !== undefined && violation.assumed.length === 0) return refutedBy(violation);
  if (refuted !== undefined) {
    return {
      answer: 'false',
      scope: `T = ${refuted.iterations}`,
      reason: `the left side is at least ${refuted.excess} × the bound for points, gradients and values that meet all interpolation conditions of the class, in rationals: by Taylor, Hendrickx and Glineur (2017) some function of the class has them; of the problems that the engines ran none is such`,
    };
  }
  if (violation !== undefined) {
    const { instance, iterations, row, assumed } = violation;
    return {
      answer: 'undecided',
      scope: given ? listed(rows) : `every T ≥ ${from}`,
      reason: `the left side is ${row.left / row.bound!} × the bound on ${instance.name} at T = ${iterations}, which refutes the theorem if that problem meets its hypotheses: ${assumed.join('; ')}, and nothing certifies it there`,
    };
  }
  if (all === 'rate') {
    return {
      answer: 'proved',
      scope: `every T ≥ ${from}`,
      reason:
        'a step multiplies the potential by at most (1 − γμ)², and the bound as read falls by no more: compared as functions of L/μ ≥ 1',
    };
  }
  if (all !== undefined) {
    const variable = all === 'T' ? 'T' : '√T';
    return {
      answer: 'proved',
      scope: `every T ≥ ${from}`,
      reason: `the sum of T steps is at most the bound as read, as rational functions of ${variable}${from === 1 ? ' ≥ 1' : ''}${compared ? ': the last stage of the certificate' : ''}`,
    };
  }
  const proved = rows.filter(({ answer }) => answer === 'step' || answer === 'run');
  if (everyRow && given)
    return { answer: 'proved', scope: listed(rows), reason: 'every T that was asked for is proved' };
  const impossible = rows.filter(({ answer }) => answer === 'no-proof' || answer === 'false');
  if (impossible.length > 0) {
    const why =
      'the alternative of the program of one step is solved in rationals; proofs by several steps are not searched here, and the theorem may be true';
    const unused = `the alternative of the program is solved in rationals; the search does not use ${without.join(', ')}, and the theorem may be true`;
    return { answer: 'no-proof', scope: listed(impossible), reason: without.length > 0 ? unused : why };
  }
  const some = proved.length > 0 ? `proved at ${listed(proved)} alone` : 'no proof and no counterexample was found';
  return { answer: 'undecided', scope: given ? listed(rows) : `every T ≥ ${from}`, reason: some };
}

/** A certificate whose stages are named for one T, beside those of others. */
function namedFor(which: string, { stages }: Certificate): Certificate {
  const named = (name: string) => `${name} for T ${which}`;
  const termOf = (term: CertificateTerm): CertificateTerm =>
    'inequality' in term && term.inequality.kind === 'earlier'
      ? { ...term, inequality: { ...term.inequality, stage: named(term.inequality.stage) } }
      : term;
  return {
    stages: stages.map((stage) => ({
      ...stage,
      name: named(stage.name),
      cases: stage.cases.map((entry) => ({ ...entry, terms: entry.terms.map(termOf) })),
    })),
  };
}

const accepted = (certificate: Certificate): boolean =>
  checkCertificate(certificate).every(({ problem }) => problem === undefined);

/** T that are looked at when none is asked for, from the least of the theorem on. */
const looked = (symbol: SymbolicReading['symbol'] | undefined, from: number): readonly number[] =>
  symbol === 's'
    ? squares.map((T) => (Math.sqrt(T) + Math.ceil(Math.sqrt(from)) - 1) ** 2)
    : first.map((T) => T + from - 1);
