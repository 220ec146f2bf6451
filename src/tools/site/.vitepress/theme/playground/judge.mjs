// Judges the text of a file. It runs in a worker without an origin and without a network: see in-frame.mjs.
import { parse } from 'acorn';
import { exportedClaims } from '../../../../../../dist/src/claims/load-claims.js';
import { thrownText } from '../../../../../../dist/src/guard/module-implementation.js';
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
import {
  answerTones,
  proofLine,
  proofTable,
  refutedByClaim,
} from '../../../../../../dist/src/report/formats/proof-report.js';
import { theoremSummary } from '../../../../../../dist/src/report/formats/theorem-summary.js';
import { countsText, exitText, failedSubjects, severityText } from '../../../../../../dist/src/report/view/subjects.js';
import { TheoremError } from '../../../../../../dist/src/theory/theorem/theorem-fields.js';
import * as ofTheorem1 from '../../../../../../dist/theorems/theorem-1/theorem-1.js';
import * as ofTheorem2 from '../../../../../../dist/theorems/theorem-2/theorem-2.js';

/** What is wrong with a file, in one line. */
class FileError extends Error {}

/** The exports of a file from its text. In stacks it has its name, as in a terminal. */
async function load({ text, file }, tell) {
  tell({ calling: { name: 'import', parameters: [file] } });
  const source = `${text}\n//# sourceURL=file:///${file}`;
  try {
    return await import(/* @vite-ignore */ URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  } catch (error) {
    const why = error instanceof SyntaxError ? `${placeOf(text)}: ${error.message}` : `: ${thrownText(error)}`;
    throw new FileError(`${file}${why}`);
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

/** What `signprox guard --module` prints. */
async function judgedModule(asked, options, tell) {
  const module = observedModule((await load(asked, tell)).default, tell);
  const record = await judgeModule(module, { ...options, also });
  const found = subjectsOf(record);
  const failed = failedSubjects(found.subjects).map((subject) => `${subject.subject}: ${severityText(subject)}`);
  const others = record.exitCode === 0 ? countsText(found) : exitText(record, found.subjects);
  return {
    headline: failed.join('; ') || others,
    tone: record.exitCode === 0 ? 'right' : 'wrong',
    text: formatReport(record, 'table', asked, 'subjects'),
    exitCode: record.exitCode,
  };
}

/** What `signprox verify --theorem` prints. The proof comes first: it takes less time. */
async function judgedTheorem(asked, options, tell) {
  const exported = observedTheorem(await load(asked, tell), tell);
  const { theorem } = readTheoremFile(exported);
  const proof = await proofOf(theorem, tell);
  if (proof.headline !== undefined) tell({ headline: proof.headline, tone: proof.tone });
  const record = await judgeTheorem(exported, options);
  const { width } = asked;
  const { verdict } = record.claims.find(({ id }) => id === theorem.id).evidence;
  const fails = record.exitCode !== 0 || proof.tone === 'wrong';
  const refuting = [theorem.id, `${theorem.id}-tightness`];
  const isRefuted = record.claims.some(({ id, evidence }) => refuting.includes(id) && evidence.verdict === 'violated');
  const proved = proof.headline?.replace(`${theorem.id}: `, '; ') ?? '';
  return {
    headline: `${theorem.id}: ${verdict}${proved}`,
    tone: fails ? 'wrong' : verdict === 'holds' ? 'right' : proof.tone,
    text: `${formatReport(record, 'table', { width })}\n${theoremSummary(record, theorem, width)}${proofLine(isRefuted ? refutedByClaim : proof.found, width)}`,
    exitCode: Math.max(record.exitCode, fails ? 1 : 0),
  };
}

/** What `prove` finds, or why it could not search. */
async function proofOf(theorem, tell) {
  try {
    const found = await prove(theorem, { say: (progress) => tell({ progress }) });
    const [headline] = proofTable({ ...found, written: [] }).split('\n', 1);
    return { found, headline, tone: answerTones[found.answer] };
  } catch (error) {
    if (error instanceof NoModelError) return { found: `not linear, or no model: ${error.message}`, tone: 'open' };
    throw error;
  }
}

/** What `signprox prove` prints. */
async function searchedProof(asked, _, tell) {
  const { theorem } = readTheoremFile(observedTheorem(await load(asked, tell), tell));
  const { found, headline, tone } = await proofOf(theorem, tell);
  if (headline === undefined) throw new FileError(`${asked.file}: ${found}`);
  return { headline, tone, text: proofTable({ ...found, written: [] }, asked), exitCode: tone === 'wrong' ? 1 : 0 };
}

const answers = { module: judgedModule, theorem: judgedTheorem, proof: searchedProof };

/** The last message: an answer, or why there is none. */
async function answered(asked, tell) {
  const { task, file, seed } = asked;
  const observer = {
    started: ({ id }, index, total) => tell({ progress: `${index + 1} of ${total}: ${id}` }),
  };
  try {
    return await answers[task](asked, { file, seed, observer }, tell);
  } catch (error) {
    const expected = [FileError, ModuleLoadError, RangeError].some((kind) => error instanceof kind);
    const own = error instanceof TheoremError;
    const why = expected ? error.message : `${file}: ${own ? error.message : thrownText(error)}`;
    return { headline: why, tone: 'wrong', text: '', exitCode: 2 };
  }
}

/** Answers on the port, with messages on the way there. */
export const start = async (asked, port) =>
  port.postMessage({ answer: await answered(asked, (message) => port.postMessage(message)) });
