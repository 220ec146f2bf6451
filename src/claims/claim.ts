import type { AlgorithmName } from '../reference/algorithms/algorithm.js';
import type { StatefulAlgorithmName } from '../reference/algorithms/stateful/names.js';
import type { Certificate } from './certificate.js';
import type { Finding, Refused } from './evidence.js';
import type { TheoremHypothesis } from './hypothesis.js';
import type { Implementation, MethodName } from './implementation/implementation.js';
import type { Source } from './schemas.js';
import type { Verdict } from './verdict.js';

/** The depths, least work first. */
export const depths = ['quick', 'standard', 'deep'] as const;
/**
 * How much work a claim does: quick under coverage in `npm test`, standard in `verify`, deep overnight.
 *
 * @useDeclaredType
 */
export type Depth = (typeof depths)[number];

/** The declarations of an implementation that make the claim applicable. */
export interface Requirements {
  /** The requested methods. */
  readonly methods?: readonly MethodName[];
  /** The algorithms that the claim runs. */
  readonly algorithms?: readonly (AlgorithmName | StatefulAlgorithmName)[];
  /** Claims about the paper itself need no implementation and run on the reference only. */
  readonly referenceOnly?: boolean;
}

/** A case kept from an earlier failure: the part of the claim and its input as `encodeExact` wrote it. */
export interface SavedCase {
  /** Name of the part. */
  readonly part: string;
  /** The input as `encodeExact` wrote it. */
  readonly input: unknown;
}

/** How much earlier claims of a run have judged one thing: a subject, a term `d = …` in problems, or a `variant …`. */
export interface Answered {
  /** Cases that were judged. */
  readonly cases: number;
  /** The messages of refusals. */
  readonly refusal?: string;
  /** The valid questions that were refused. */
  readonly refused?: Refused;
}

/** The resources of a claim, and its progress reports. */
export interface Budget {
  /** How much work each claim does. */
  readonly depth: Depth;
  /** The master seed; each claim derives its own from it and its id. */
  readonly seed: string;
  /** The executor of Monte Carlo replicates. */
  readonly executor: Executor;
  /** Aborting it ends the check with an error. */
  readonly signal?: AbortSignal;
  /** Free-form one-line progress for a terminal. */
  progress?(message: string): void;
  /** Told of each subject that an ordinary question finds wrong, with the simplest such question, as soon as its part is decided. */
  failed?(claim: string, subject: string, counterexample: string): void;
  /** The command that reproduces the current run with `claim` alone, e.g. `signprox verify --claims eq6-prox --seed 1`. */
  reproduce(claim: string): string;
  /** Exact counterexamples of earlier failures of this claim, judged before anything is generated. */
  savedCases?(claim: string): readonly SavedCase[];
  /** Judge the saved cases only. */
  readonly replayOnly?: boolean;
  /**
   * Stop at the first counterexample without shrinking it, and judge no more cases than the depth requires: only its existence matters, as for
   * a matrix of many mutants.
   */
  readonly verdictOnly?: boolean;
  /** Number of cases of each part, instead of the depth's: 1 shows the questions, and judges nothing. */
  readonly casesOfPart?: number;
  /** Milliseconds after which a part generates no more cases, and the same time again for shrinking its failing cases. */
  readonly millisecondsOfPart?: number;
  /** The time that the parts of all claims may take about one subject, and what each subject has used of it. */
  readonly timeOfSubject?: { readonly milliseconds: number; readonly used: Map<string, number> };
  /** Keep failing cases unshrunk: only which subjects fail matters. */
  readonly asFound?: boolean;
  /**
   * Types of functions and terms `d = …` that the claims about single functions found wrong: nothing else is built from them, and failures that
   * involve them are reported, but not shrunk.
   *
   * @internal
   */
  readonly knownWrong?: Set<string>;
  /**
   * What earlier claims of the run have asked about.
   *
   * @internal
   */
  readonly answered?: Map<string, Answered>;
  /**
   * Decides the pieces of a claim, some of them on other threads, and returns the findings in the order of the plan. If pieces fail, the error
   * is that of the first one.
   *
   * @internal
   */
  spread?<Planned, Piece>(
    this: void,
    planned: readonly Planned[],
    decide: (planned: Planned) => Promise<Piece>,
  ): Promise<Piece[]>;
}

/**
 * The pieces of a check. The finding of a piece depends only on its place in the plan, the depth, the seed and the saved cases, and can be sent
 * between threads: any thread that can import the claim may decide it.
 */
export interface Pieces<Planned = unknown, Piece = unknown> {
  /** The pieces to decide, in order; the same for every call. */
  plan(implementation: Implementation, budget: Budget): readonly Planned[] | Promise<readonly Planned[]>;
  /** Decides a piece. */
  decide(planned: Planned, implementation: Implementation, budget: Budget): Piece | Promise<Piece>;
}

/** One checkable statement: pure data and one function, the same object for AVA, `verify` and the guard. */
export interface Claim {
  /** Stable key, kebab-case; never a title. */
  readonly id: string;
  /** Version of the check: part of every random stream's key, raised when the check's sampling changes. */
  readonly version: number;
  /** The source of the statement. */
  readonly source: Source;
  /** The statement in one sentence, in the paper's notation. */
  readonly statement: string;
  /** How it is decided, in one sentence. */
  readonly method: string;
  /** The methods that it needs of an implementation. */
  readonly requires: Requirements;
  /**
   * The methods of what it judges, if its requirements do not say: `[]` if it judges no subject. What no other claim is about has its verdict.
   *
   * @internal
   */
  readonly judges?: readonly MethodName[];
  /** Verdicts that count as success for this claim on the reference; default: proved-exactly, holds, holds-within-rho. */
  readonly expected?: readonly Verdict[];
  /**
   * It judges single functions and terms, and is checked before the claims that build something from them, which avoid what it found wrong.
   * Results depend on nothing else that other claims found, so that claims can be checked in any order.
   *
   * @internal
   */
  readonly judgesFunctions?: true;
  /**
   * Its result is about the questions of earlier claims, and it asks the implementation nothing: it is computed
   * last.
   *
   * @internal
   */
  readonly sumsUp?: true;
  /** The assumptions of the paper that the statement needs, for `explain`. */
  readonly hypotheses?: readonly TheoremHypothesis[];
  /** The lines that are checked one by one, if the claim is about displayed lines of a proof, for `explain`. */
  readonly lines?: readonly string[];
  /**
   * The proof as data, if the claim is a certificate, for `explain`.
   *
   * @internal
   */
  readonly certificate?: Certificate;
  /**
   * The theorem in a file of `theorems/coq` that is the statement, if a proof assistant has checked it, for `explain`.
   *
   * @internal
   */
  readonly machineChecked?: {
    readonly file: string;
    readonly theorem: string;
    /** In a few words, where it is not the statement to the letter: what it leaves out, and what it has in addition. */
    readonly covers?: string;
  };
  /** Known counterexamples when a hypothesis is dropped, for `explain`. */
  readonly counterexamples?: readonly string[];
  /** Ids of the claims to which this one is a counterexample, as stated or when a hypothesis is dropped, for `explain`. */
  readonly counterexampleTo?: readonly string[];
  /**
   * The pieces of the check, if other threads may decide some of them.
   *
   * @internal
   */
  readonly pieces?: Pieces;
  /** Judges an implementation. It rejects with `UnsupportedError` or `ImplementationError` if the implementation does not answer: `runClaims` turns both into evidence. */
  check(implementation: Implementation, budget: Budget): Promise<Finding>;
}

/** Name of the rows of a search: they are about another problem for every T, so they have no power law in T. */
export const tightestFound = 'tightest found';

/**
 * Replicates of one check, as data: any process that can import `module` can compute any of them. The module exports
 * `replicate(parameters, index)`, whose value depends only on its arguments; it may be a promise, e.g. while it loads its data.
 */
export interface ReplicateJob {
  /** URL of an ES module with an export `replicate: (parameters: unknown, index: number) => number | Promise<number>`. */
  readonly module: string;
  /** Structured-cloneable; identical parameters give identical bytes. */
  readonly parameters: unknown;
}

/** Where replicates run. Results are in index order and do not depend on the executor or its number of workers. */
export interface Executor {
  /** Its name in reports. */
  readonly name: string;
  /**
   * Left sides of replicates from ≤ i < to. `take` gets them in index order, every piece as soon as all before it are known, and says whether more
   * are needed: if not, nothing further is started, running computations are dropped, and only the replicates taken count.
   */
  run(job: ReplicateJob, from: number, to: number, take?: (values: Float64Array) => boolean): Promise<Float64Array>;
  /** Stops everything that it started. */
  close(): Promise<void>;
}
