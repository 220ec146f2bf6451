// Judges the text of a file. It runs in a worker without an origin and without a network: see in-frame.mjs.
import { parse } from 'acorn';
import { exportedClaims } from '../../../../../../dist/src/claims/load-claims.js';
import { judgeSubjects } from '../../../../../../dist/src/claims/subject-verdicts.js';
import { nearestWord, plural } from '../../../../../../dist/src/claims/text.js';
import {
  exportedModule,
  meantFunction,
  thrownText,
  wrapModule,
} from '../../../../../../dist/src/guard/module-implementation.js';
import {
  formatReport,
  judgeModule,
  judgeTheorem,
  ModuleLoadError,
  NoModelError,
  prove,
  readTheoremFile,
  subjectsOf,
} from '../../../../../../dist/src/library/browser.js';
import { algorithmNames } from '../../../../../../dist/src/reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../../../../../../dist/src/reference/algorithms/stateful/names.js';
import { registry } from '../../../../../../dist/src/reference/functions/index.js';
import { answerTones, proofTable } from '../../../../../../dist/src/report/formats/proof-report.js';
import { theoremScreen } from '../../../../../../dist/src/report/formats/theorem-summary.js';
import { failedSubjects, severityText } from '../../../../../../dist/src/report/view/subjects.js';
import { formatNumber } from '../../../../../../dist/src/report/wording/format-number.js';
import { TheoremError } from '../../../../../../dist/src/theory/theorem/theorem-fields.js';
import * as ofTheorem1 from '../../../../../../dist/theorems/theorem-1/theorem-1.js';
import * as ofTheorem2 from '../../../../../../dist/theorems/theorem-2/theorem-2.js';
import { pythonAdvice } from './python.mjs';

/** What is wrong with a file, in one line. */
class FileError extends Error {}

/** The exports of a file from its text. In stacks it has its name, as in a terminal. */
async function load({ text, file }, tell) {
  tell({ calling: { name: 'import', parameters: [file] } });
  const source = `${text}\n//# sourceURL=file:///${file}`;
  try {
    return await import(/* @vite-ignore */ URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new FileError(`${file}: ${thrownText(error)}`);
    throw new FileError(pythonAdvice(text) ?? `${file}${placeOf(text)}: ${error.message}`);
  } finally {
    tell({ returned: 'import' });
  }
}

/** The line and column of a syntax error, which the error of `import` does not have. */
function placeOf(text) {
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch ({ loc }) {
    if (loc) return `:${loc.line}:${loc.column + 1}`;
  }
  return '';
}

/** A function that tells before and after each call: one that never returns can only be ended from outside. */
const observed = (name, own, tell, reported = (parameters) => parameters) =>
  function (...parameters) {
    tell({ calling: { name, parameters: reported(parameters) } });
    try {
      return own.apply(this, parameters);
    } finally {
      tell({ returned: name });
    }
  };

function observedModule(module, tell) {
  if (typeof module !== 'object' || module === null) return module;
  // Not a proxy of the module itself, which may be frozen.
  return new Proxy(
    {},
    {
      get(_, name) {
        const value = module[name];
        return typeof value === 'function' ? observed(name, value.bind(module), tell) : value;
      },
    },
  );
}

function observedTheorem(exported, tell) {
  const { theorem } = exported;
  const functions = Object.entries(theorem ?? {}).filter(([, value]) => typeof value === 'function');
  // Constants hold functions, which no message takes: T alone is told.
  const watched = functions.map(([name, own]) => [name, observed(name, own, tell, ([T]) => [Number(T)])]);
  return watched.length === 0 ? exported : { ...exported, theorem: { ...theorem, ...Object.fromEntries(watched) } };
}

/** Two theorems of the paper bound the iterates of SPGM and signProx: the command judges them too. */
const also = exportedClaims({ ...ofTheorem1, ...ofTheorem2 }).filter(({ requires }) => !requires.referenceOnly);

/** The line of a text, counted from 1, with a word; the first if none has it. */
const lineWith = (text, word) =>
  Math.max(1, text.split('\n').findIndex((line) => new RegExp(`\\b${word}\\b`).test(line)) + 1);

/** What a module lacks, with the line: the name that its error quotes, or the object that it exports. */
function whatIsMissing({ message }, { text, file }) {
  const [, exported] = / exports (\w+),/.exec(message) ?? [];
  const word = exported ?? (message.includes('describe() of') ? 'describe' : 'export');
  const why = message.includes('has no default export')
    ? 'export a prox by the name of its function, such as l1, or as default an object with describe()'
    : message.replace(` of ${file}`, '').replace(`${file} `, '');
  return `${file}:${lineWith(text, word)}: ${why}`;
}

/** A misspelt name would not be judged, in silence: of functions, and of algorithms. */
function requireKnown(module, { text, file }) {
  const { functions, algorithms, statefulAlgorithms = [], unknown } = wrapModule(module, file).description;
  const [name] = [...functions.filter((type) => !registry.has(type)), ...(unknown?.algorithms ?? [])];
  if (name === undefined) return;
  const others = [...algorithmNames, ...statefulAlgorithmNames].filter(
    (known) => ![...algorithms, ...statefulAlgorithms].includes(known),
  );
  const meant = functions.includes(name) ? meantFunction(name) : nearestWord(name, others);
  const hint = meant === undefined ? '' : `: did you mean ${meant}?`;
  throw new FileError(`${file}:${lineWith(text, name)}: ${name} is not in the vocabulary${hint}`);
}

/** A counterexample in its parts: what was asked, what came back and what is right; of one that has other words, all of it. */
function factsOf(counterexample) {
  const parts = /^(.+?)(?:: (entry \d+))?: returned (.*?), right is (.*)$/s.exec(counterexample);
  if (parts === null) return [['found', counterexample]];
  const [, asked, entry, returned, right] = parts;
  return [
    ['asked', entry === undefined ? asked : `${asked}, ${entry}`],
    ['returned', returned],
    ['right is', right],
  ];
}

/** What fails, with the simplest case; undefined if nothing does. */
function failureIn(subjects) {
  const failed = failedSubjects(subjects);
  if (failed.length === 0) return undefined;
  const shown = failed.find(({ counterexample }) => counterexample !== undefined);
  return {
    headline: `✗ ${failed.map((subject) => `${subject.subject}: ${severityText(subject)}`).join('; ')}`,
    tone: 'wrong',
    ...(shown && { facts: factsOf(shown.counterexample), paste: shown.paste }),
  };
}

/** `prox of l1: right · 352 questions`, or how many are right. */
function rightText(subjects) {
  const right = subjects.filter(({ verdict }) => verdict === 'right' || verdict === 'thin');
  const questions = plural(
    right.reduce((sum, { cases }) => sum + cases, 0),
    'question',
  );
  const thin = right.some(({ verdict }) => verdict === 'thin') ? ' as far as it was answered' : '';
  if (right.length === 1) return `${right[0].subject}: right${thin} · ${questions}`;
  return `${right.map(({ subject }) => subject).join(', ')}: all right${thin} · ${questions}`;
}

/** What `signprox guard mine.mjs` prints. The first failure is told as soon as a claim finds it. */
async function judgedModule(asked, { observer, ...options }, tell) {
  const exported = await load(asked, tell);
  const module = observedModule(exportedModule(exported, asked.file), tell);
  requireKnown(module, asked);
  const checked = [];
  let isTold = false;
  const watching = {
    ...observer,
    finished({ claim, evidence }) {
      checked.push({ id: claim.id, evidence });
      if (isTold || evidence.verdict !== 'violated') return;
      const early = failureIn(judgeSubjects(checked, 'f64'));
      isTold = early?.facts !== undefined;
      if (isTold) tell(early);
    },
  };
  const record = await judgeModule(module, { ...options, observer: watching, also });
  const { subjects } = subjectsOf(record);
  const text = formatReport(record, 'table', asked, 'subjects');
  const failure = failureIn(subjects);
  // What fails only for extreme questions is no error of the run.
  const tone = record.exitCode === 0 ? 'open' : 'wrong';
  if (failure !== undefined) return { ...failure, tone, text, exitCode: record.exitCode };
  const isRight = record.exitCode === 0 && subjects.some(({ verdict, cases }) => verdict === 'right' && cases > 0);
  const headline = isRight ? `✓ ${rightText(subjects)}` : `? Nothing was judged: exit ${record.exitCode}`;
  return { headline, tone: isRight ? 'right' : 'open', text, exitCode: record.exitCode };
}

/** What `signprox prove` prints: it takes less time than a search, which follows where it decides nothing, or where somebody asks for it. */
async function judgedTheorem(asked, options, tell) {
  const exported = observedTheorem(await load(asked, tell), tell);
  const { theorem } = readTheoremFile(exported);
  const proof = await proofOf(theorem, tell);
  const { found, tone } = proof;
  const decided = { wrong: refutation, right: proved }[tone]?.(found);
  if (decided !== undefined && !asked.further) {
    const text = proofTable({ ...found, written: [] }, asked, tone === 'wrong' ? 1 : 0);
    return { ...decided, tone, text, exitCode: tone === 'wrong' ? 1 : 0, further: true };
  }
  tell({ ...(decided ?? { headline: `? ${theorem.id}: no proof and no counterexample yet` }), tone });
  return searched(asked, exported, options, proof, decided);
}

const proved = ({ theorem, scope }) => ({
  headline: `✓ ${theorem} ${scope.startsWith('every T') ? 'is true: proved for' : 'is proved for'} ${scope}`,
});

/** What refutes a theorem. */
function refutation({ theorem, scope, reason, worst }) {
  if (worst === undefined) return { headline: `✗ ${theorem} is false at ${scope}`, facts: [['found', reason]] };
  const { instance, iterations, row } = worst;
  const start = instance.start.map(formatNumber).join(', ');
  const on = `f = ${instance.name}, x⁰ = ${instance.start.length === 1 ? start : `(${start})`}`;
  const times = formatNumber(row.left / row.bound);
  return {
    headline: `✗ ${theorem} is false: ${times} × the bound at T = ${iterations} on ${on}`,
    facts: [
      ['on', `${on}, γ = ${formatNumber(row.step)}, B = ${row.miniBatch}`],
      ['left side', formatNumber(row.left)],
      ['bound', formatNumber(row.bound)],
    ],
  };
}

/** What `signprox verify --theorem` prints. What a proof or a refutation has decided stays. */
async function searched({ width }, exported, options, proof, decided) {
  const { theorem } = readTheoremFile(exported);
  const record = await judgeTheorem(exported, options);
  const own = record.claims.filter(({ id }) => [theorem.id, `${theorem.id}-tightness`].includes(id));
  const isRefuted = own.some(({ evidence }) => evidence.verdict === 'violated');
  const exitCode = Math.max(record.exitCode, isRefuted || proof.tone === 'wrong' ? 1 : 0);
  const [{ evidence }] = own;
  const searchedAlone = isRefuted
    ? worstOf(theorem.id, own)
    : { headline: `${exitCode === 0 ? '?' : '✗'} ${theorem.id}: ${evidence.verdict}, not proved: ${evidence.reason}` };
  const stands = decided !== undefined && (proof.tone === 'wrong' || exitCode === 0);
  return {
    ...(stands ? decided : searchedAlone),
    tone: exitCode === 0 ? proof.tone : 'wrong',
    text: theoremScreen(record, theorem, isRefuted ? undefined : proof.found, exitCode, { width }),
    exitCode,
  };
}

/** The largest left/bound that a search met. */
function worstOf(id, own) {
  const searched = own.find(({ evidence }) => evidence.worst?.input?.iterations !== undefined)?.evidence.worst;
  const rows = own.flatMap(({ evidence }) => evidence.rows ?? []).filter(({ verdict }) => verdict === 'violated');
  const [row] = rows.toSorted((a, b) => b.left / b.bound - a.left / a.bound);
  const ratio = Math.max(searched?.ratio ?? 0, row === undefined ? 0 : row.left / row.bound);
  const isSearched = searched !== undefined && searched.ratio === ratio;
  const T = isSearched ? searched.input.iterations : row.iterations;
  return {
    headline: `✗ ${id} is false: ${formatNumber(ratio)} × the bound at T = ${T}`,
    facts: isSearched
      ? [['found', searched.explanation]]
      : [
          ['on', row.instance],
          ['left side', formatNumber(row.left)],
          ['bound', formatNumber(row.bound)],
        ],
  };
}

/** What `prove` finds, or why it could not search. */
async function proofOf(theorem, tell) {
  try {
    const found = await prove(theorem, { say: (progress) => tell({ progress }) });
    return { found, tone: answerTones[found.answer] };
  } catch (error) {
    if (error instanceof NoModelError) return { found: `not linear, or no model: ${error.message}`, tone: 'open' };
    throw error;
  }
}

const answers = { module: judgedModule, theorem: judgedTheorem };

/** The last message: an answer, or why there is none. */
async function answered(asked, tell) {
  const { task, file, seed } = asked;
  const observer = {
    started: ({ id }, index, total) => tell({ progress: `${index + 1} of ${total}: ${id}` }),
  };
  try {
    return await answers[task](asked, { file, seed, observer }, tell);
  } catch (error) {
    const own = error instanceof TheoremError || error instanceof RangeError;
    const why =
      error instanceof FileError
        ? error.message
        : error instanceof ModuleLoadError
          ? whatIsMissing(error, asked)
          : `${file}: ${own ? error.message : thrownText(error)}`;
    return { headline: `✗ ${why}`, tone: 'wrong', text: '', exitCode: 2 };
  }
}

/** Answers on the port, with messages on the way there. */
export const start = async (asked, port) =>
  port.postMessage({ answer: await answered(asked, (message) => port.postMessage(message)) });
