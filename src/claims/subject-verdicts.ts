import type { Cell, Evidence, FailingCase, Refused } from './evidence.js';
import { isBuiltOfFunctions, typeOfTerm } from './implementation/call.js';
import { significantDigits } from './implementation/dtype.js';
import type { ImplementationDescription } from './implementation/implementation.js';
import { plural } from './text.js';
import { silentKinds } from './verdict.js';

/**
 * What a run says about one subject. right: all that was wanted was judged and holds · wrong: an ordinary question loses more than half of
 * the digits · inaccurate: it loses fewer · extreme: only questions outside of the usual range or degenerate ones fail · raises, crashes,
 * hangs, garbled, nondeterministic, not-finite: how an ordinary question is not answered · thin: what was judged holds, and something that was wanted was refused or
 * took too long ·
 * follows: it fails only where something fails that it is built of ·
 * refuses: it is declared, and it and all else that is asked about the same function or algorithm refuse every question ·
 * not-offered: no case was answered ·
 * not-asked: it is declared, and no case asked about it.
 */
export const subjectVerdictNames = [
  'right',
  'wrong',
  'inaccurate',
  'extreme',
  'raises',
  'crashes',
  'hangs',
  'garbled',
  'nondeterministic',
  'not-finite',
  'thin',
  'follows',
  'refuses',
  'not-offered',
  'not-asked',
] as const;
/**
 * What is said of a subject.
 *
 * @useDeclaredType
 */
export type SubjectVerdict = (typeof subjectVerdictNames)[number];

/** One subject with all that was found about it. */
export interface JudgedSubject {
  readonly subject: string;
  readonly verdict: SubjectVerdict;
  /** Decimal digits that are right in the worst ordinary case, of a wrong or an inaccurate one. */
  readonly digits?: number;
  /** The extreme value in the failing questions, if only extreme ones fail. */
  readonly extreme?: string;
  readonly cases: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** The valid questions that it refused although it declares nothing that leaves them out. */
  readonly refused?: Refused;
  /** The simplest failing case in one line, and as a line of the implementation's language. */
  readonly counterexample?: string;
  readonly paste?: string;
  /** What to do if the implementation differs on purpose. */
  readonly advice?: string;
  /** The categories that a thin subject does not meet. */
  readonly thin?: string;
  /** The subjects that it follows from. */
  readonly of?: readonly string[];
  /** One for each claim about it, in the order of the ledger. */
  readonly cells: readonly JudgedCell[];
}

/** What one claim found about one subject. */
export interface JudgedCell {
  readonly claim: string;
  readonly outcome: SubjectVerdict;
  /** The extreme value in the failing questions, if only extreme ones fail. */
  readonly extreme?: string;
  /** The simplest failing case of this claim in one line, and as a line of the implementation's language. */
  readonly counterexample?: string;
  readonly paste?: string;
  /** The subjects that it follows from. */
  readonly of?: readonly string[];
  readonly cases: number;
  readonly worst: number;
}

interface Place {
  readonly claim: string;
  readonly cell: Cell;
}

/** Methods of a part whose failure explains that of functions built from it: a value may need a prox, and never the other way round. */
const explaining: Readonly<Record<string, readonly string[]>> = {
  prox: ['prox'],
  value: ['value', 'prox'],
  gradient: ['gradient', 'prox'],
};
const explainingProblems = ['prox', 'gradient'] as const;

/** The subjects whose failing explains that of what the method asks about the part. A term has a gradient, and nothing else can be asked of it. */
function explainingSubjects(method: string, part: string): string[] {
  const term = typeOfTerm(part);
  if (term !== undefined) return [`gradient of ${term}`];
  return (explaining[method] ?? explainingProblems).map((how) => `${how} of ${part}`);
}

/** Method and type of a subject; no type if it is not a function. */
function partsOf(subject: string): { readonly method: string; readonly type?: string } {
  const [method = '', type] = subject.split(' of ');
  return Object.hasOwn(explaining, method) && type !== undefined ? { method, type } : { method };
}

/**
 * The verdict about every subject of a run, from the cells of its claims. The smallest is blamed: a failing case convicts its own subject,
 * unless it is about another function that a smaller case has convicted.
 */
export function judgeSubjects(
  claims: readonly { readonly id: string; readonly evidence: Pick<Evidence, 'cells'> }[],
  dtype: ImplementationDescription['dtype'],
): JudgedSubject[] {
  const places = new Map<string, Place[]>();
  for (const { id, evidence } of claims) {
    for (const cell of evidence.cells ?? []) {
      const own = places.get(cell.subject) ?? [];
      own.push({ claim: id, cell });
      places.set(cell.subject, own);
    }
  }
  const common = commonCause(places);
  const explanations =
    common === undefined ? explain(places) : new Map(common.failing.map((found) => [found, [common.subject]]));
  const judged = [...places].map(([subject, own]) =>
    verdictOn(subject, common?.subject === subject ? [...own, ...common.places] : own, explanations, dtype),
  );
  // Who offers a function by one method alone can say so of the others only by refusing them.
  const answered = new Set(judged.filter(({ cases }) => cases > 0).map(({ subject }) => aboutOf(subject)));
  return judged.map((found) => {
    const isRefused = found.verdict === 'not-offered' && Object.keys(found.skipped).length > 0;
    return isRefused && !answered.has(aboutOf(found.subject)) ? { ...found, verdict: 'refuses' } : found;
  });
}

/** The function or algorithm that a subject is about; an operator by itself. */
const aboutOf = (subject: string): string => subject.split(' of ')[1] ?? subject;

/**
 * The subjects whose refusals need no other explanation: where a plain function refuses questions, so does what is built from it, which is left
 * out.
 */
export function refusingThemselves<Of extends { readonly subject: string }>(refusing: readonly Of[]): readonly Of[] {
  const plain = refusing.filter(({ subject }) => {
    const { type } = partsOf(subject);
    return type !== undefined && !isBuiltOfFunctions(type);
  });
  return plain.length > 0 ? plain : refusing;
}

/** For each failing case that something else explains, the subjects that do. */
function explain(places: ReadonlyMap<string, readonly Place[]>): ReadonlyMap<FailingCase, readonly string[]> {
  const failing = failingIn(places);
  const convicted = new Set<string>();
  const convictedOfExtremes = new Set<string>();
  const explanations = new Map<FailingCase, readonly string[]>();
  for (const { subject, found } of failing.sort((one, other) => one.found.of.length - other.found.of.length)) {
    const { method, type } = partsOf(subject);
    // What fails for extreme questions alone explains no failure at an ordinary one.
    const explains = (name: string): boolean =>
      convicted.has(name) || (found.extreme !== undefined && convictedOfExtremes.has(name));
    const causes = found.of
      .filter((part) => part !== type)
      .flatMap((part) => explainingSubjects(method, part))
      .filter(explains);
    if (causes.length > 0) explanations.set(found, causes);
    else (found.extreme === undefined ? convicted : convictedOfExtremes).add(subject);
  }
  return explanations;
}

function failingIn(places: ReadonlyMap<string, readonly Place[]>) {
  return [...places].flatMap(([subject, own]) =>
    own.flatMap((place) => (place.cell.failing ?? []).map((found) => ({ subject, place, found }))),
  );
}

/**
 * Where several things fail that are built of functions, and all of their cases are about one function that does not fail by itself, that
 * function fails at questions which only they have asked: they follow from it, and their cases are its counterexamples. Of that no case
 * about another function fails says something only where there is another one to build them of.
 */
function commonCause(places: ReadonlyMap<string, readonly Place[]>) {
  const failing = failingIn(places);
  if (new Set(failing.map(({ subject }) => subject)).size < 2) return undefined;
  const [first, ...others] = failing.map(({ found }) => found.of);
  const inAll = first!.filter((part) => typeOfTerm(part) === undefined && others.every((of) => of.includes(part)));
  // Wrong values of several things are no sign of a wrong prox.
  const methods = new Set(failing.map((each) => partsOf(each.subject).method));
  const method = methods.size === 1 && Object.hasOwn(explaining, [...methods][0]!) ? [...methods][0]! : 'prox';
  const [subject, ...more] = inAll.map((type) => `${method} of ${type}`).filter((name) => places.has(name));
  if (subject === undefined || more.length > 0 || failing.some((each) => each.subject === subject)) return undefined;
  const hasOther = [...places.keys()].some((name) => {
    const { type } = partsOf(name);
    return type !== undefined && !isBuiltOfFunctions(type) && !inAll.includes(type);
  });
  if (!hasOther) return undefined;
  return {
    subject,
    failing: failing.map(({ found }) => found),
    // The same cases as its own, which nothing explains.
    places: failing.map(({ place: { claim, cell }, found }) => ({
      claim,
      cell: { ...cell, cases: 0, failing: [{ ...found }] },
    })),
  };
}

function verdictOn(
  subject: string,
  places: readonly Place[],
  explanations: ReadonlyMap<FailingCase, readonly string[]>,
  dtype: ImplementationDescription['dtype'],
): JudgedSubject {
  const cells = places.map(({ claim, cell }) => {
    const { cases, worst } = cell;
    const { verdict, digits: _, thin: __, advice: ___, ...found } = settle([cell], explanations, dtype);
    return { claim, outcome: verdict, ...found, cases, worst };
  });
  const skipped: Record<string, number> = {};
  for (const { cell } of places) {
    for (const [reason, count] of Object.entries(cell.skipped ?? {})) skipped[reason] = (skipped[reason] ?? 0) + count;
  }
  const refused = refusedIn(places.map(({ cell }) => cell));
  return {
    subject,
    ...settle(
      places.map(({ cell }) => cell),
      explanations,
      dtype,
    ),
    cases: cells.reduce((sum, { cases }) => sum + cases, 0),
    skipped,
    ...(refused && { refused }),
    cells,
  };
}

/** Refusals of several parts or claims together: an ordinary question is shown before an extreme one, then the shortest. */
export function joinedRefusals(one: Refused | undefined, other: Refused): Refused {
  if (one === undefined) return other;
  const isFirst = one.ordinary > 0 === other.ordinary > 0 ? one.text.length <= other.text.length : one.ordinary > 0;
  const { text } = isFirst ? one : other;
  return { count: one.count + other.count, ordinary: one.ordinary + other.ordinary, text };
}

/** The valid questions that were refused in some claims. */
const refusedIn = (cells: readonly Cell[]): Refused | undefined =>
  cells.reduce<Refused | undefined>(
    (all, { refused }) => (refused === undefined ? all : joinedRefusals(all, refused)),
    undefined,
  );

/** The share of ordinary questions that may be refused of a subject that is right in all others. */
const mostRefused = 1 / 10;

/** That too many ordinary questions were refused for a subject to be right; undefined if they are few. */
function tooFew(cells: readonly Cell[]): string | undefined {
  const { ordinary = 0 } = refusedIn(cells) ?? {};
  const all = cells.reduce((sum, { cases }) => sum + cases, ordinary);
  return ordinary > mostRefused * all ? `${all - ordinary} of ${plural(all, 'case')} answered` : undefined;
}

/** The case of a cell that reports show: its text is the counterexample of the cell. */
export const shownCase = (cell: Pick<Cell, 'failing'> | undefined, counterexample: string | undefined) =>
  cell?.failing?.find(({ text }) => text === counterexample)?.case;

/** How much there is to read in a case: its line of code has every digit. */
const sizeOf = ({ text, paste }: FailingCase): number => paste?.length ?? tooLong + text.length;

/** More than any line of code has. */
const tooLong = 10_000;

function settle(
  cells: readonly Cell[],
  explanations: ReadonlyMap<FailingCase, readonly string[]>,
  dtype: ImplementationDescription['dtype'],
): Pick<JudgedSubject, 'verdict' | 'digits' | 'extreme' | 'counterexample' | 'paste' | 'advice' | 'thin' | 'of'> {
  const failing = cells.flatMap((cell) => cell.failing ?? []);
  const own = failing.filter((found) => !explanations.has(found));
  if (own.length === 0) {
    if (failing.length > 0) {
      const of = [...new Set(failing.flatMap((found) => explanations.get(found)!))].sort();
      return { verdict: 'follows', of };
    }
    const answered = cells.filter(({ cases }) => cases > 0);
    if (answered.length === 0) return { verdict: 'not-offered' };
    const thin = answered.find((cell) => cell.thin !== undefined)?.thin ?? tooFew(cells);
    return thin === undefined ? { verdict: 'right' } : { verdict: 'thin', thin };
  }
  const usual = own.filter(({ extreme }) => extreme === undefined);
  const counted = usual.length > 0 ? usual : own;
  const wrong = counted.filter(({ kind }) => kind === 'wrong');
  const digits = Math.min(...wrong.map((found) => found.digits ?? 0));
  const severity = digits >= significantDigits(dtype) / 2 ? 'inaccurate' : 'wrong';
  const silent = ([...silentKinds, 'not-finite'] as const).find((kind) => counted.some((found) => found.kind === kind));
  // No answer to an ordinary question says more than an answer that is off; among extreme ones it may be that there is none to give.
  const isSilent = silent !== undefined && (usual.length > 0 || wrong.length === 0);
  const spoken = usual.length > 0 ? severity : 'extreme';
  // The case that is shown is one that decides: where 0.9 % is lost somewhere, one with 13 right digits says the wrong thing.
  const decides = ({ digits: own = 0 }: FailingCase): boolean =>
    severity === 'wrong' ? own < significantDigits(dtype) / 2 : Math.floor(own) === Math.floor(digits);
  const shown = isSilent ? counted.filter(({ kind }) => kind === silent) : wrong.filter(decides);
  const simplest = shown.reduce((best, next) => (sizeOf(next) < sizeOf(best) ? next : best));
  return {
    verdict: isSilent ? silent : spoken,
    ...(!isSilent && { digits: Math.floor(digits) }),
    ...(usual.length === 0 && { extreme: simplest.extreme! }),
    counterexample: simplest.text,
    ...(simplest.paste !== undefined && { paste: simplest.paste }),
    ...(simplest.advice !== undefined && { advice: simplest.advice }),
  };
}
