// npm run vectors: draws the questions of the test vectors, chooses those that find most wrong forms, and writes fixtures/vectors/v1 with what they find
// beside it. After a release no file may change: `signprox vectors write` writes the same files from the questions in them. With --guard it asks the guard
// about the wrong forms that no question finds, and writes which of them that finds to fixtures/vectors/guard.json. With --names it counts how often
// `signprox identify` names rightly, and writes fixtures/vectors/names.json and the section of docs/vectors.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { loadStatefulClaims } from '../../../dist/properties/algorithms/stateful-claims.js';
import { buildFunctionFile, buildVectorFile } from '../../../dist/src/guard/vectors/build-file.js';
import { readVectorFiles } from '../../../dist/src/guard/vectors/check-answers.js';
import { kinds } from '../../../dist/src/guard/vectors/function-question.js';
import { manifestText } from '../../../dist/src/guard/vectors/manifest.js';
import { namesHeading, namesIn, namesSection, namesText } from '../../../dist/src/guard/vectors/names.test.helper.js';
import { memoryless, subjectOf } from '../../../dist/src/guard/vectors/subject.js';
import { vectorFileText } from '../../../dist/src/guard/vectors/vector-file.js';
import { registry } from '../../../dist/src/reference/functions/index.js';
import { answeringOf, chosenQuestions } from './choose.mjs';
import { chosenAnswers } from './functions.mjs';
import { foundOfAlgorithm, foundOfFunction } from './guard.mjs';
import { mutantsOf } from './mutants.mjs';

const folder = new URL('../../../fixtures/vectors/v1/', import.meta.url);
const killsFile = new URL('kills.json', folder);
const beside = ['kills.json', 'manifest.json'];

if (process.argv.includes('--names')) {
  const files = await readVectorFiles(fileURLToPath(folder));
  const names = namesIn(files.values());
  writeFileSync(new URL('../names.json', folder), namesText(names));
  const page = new URL('../../../docs/vectors.md', folder);
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(namesHeading);
  writeFileSync(page, text.slice(0, from) + namesSection(names) + text.slice(text.indexOf('\n## ', from)));
  process.exit();
}

mkdirSync(folder, { recursive: true });
const namesOfFiles = () => readdirSync(folder).filter((name) => name.endsWith('.json') && !beside.includes(name));
const kills = readdirSync(folder).includes('kills.json') ? JSON.parse(readFileSync(killsFile, 'utf8')) : {};
const asksGuard = process.argv.includes('--guard');
const wanted = process.argv.slice(2).filter((word) => word !== '--guard');
const isWanted = (subject) => wanted.length === 0 || wanted.includes(subject);
/** By name, so that a file does not depend on the order in which it was written. */
const inOrder = (table) => Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
const guardFile = new URL('../guard.json', folder);
const foundByGuard = asksGuard && existsSync(guardFile) ? JSON.parse(readFileSync(guardFile, 'utf8')) : {};
/** The wrong forms that no question finds, by format. */
const missedBy = (subject) =>
  Object.fromEntries(
    Object.entries(kills[subject].formats).map(([format, { wrong, operators }]) => [
      format,
      [...Object.keys(wrong).filter((form) => wrong[form] === 0), ...(operators?.left ?? [])],
    ]),
  );
/** What the guard finds of what vectors miss, written after each subject, because it takes long. */
async function askGuard(subject, foundOf) {
  const found = Object.entries(await foundOf(missedBy(subject))).filter(([, forms]) => forms.length > 0);
  foundByGuard[subject] = Object.fromEntries(found);
  writeFileSync(guardFile, `${JSON.stringify(inOrder(foundByGuard), null, 1)}\n`);
}
const claims = await loadStatefulClaims();
for (const subject of [...claims.map(subjectOf), ...memoryless]) {
  const { algorithm, definition } = subject;
  // Prox-SVRG takes three gradients a step.
  if (algorithm === 'prox-svrg' || !isWanted(algorithm)) continue;
  const hasModule = definition.name !== undefined && definition.takes === 'gradients';
  const changed = hasModule ? await mutantsOf(algorithm) : [];
  const mutants = answeringOf(
    subject,
    changed.map(({ name, definition: own }) => ({ name, update: own.update })),
  );
  if (asksGuard) {
    const errors = Object.entries(definition.errors).map(([name, wrong]) => [name, wrong(definition.update)]);
    const forms = new Map([...errors, ...mutants.map(({ name, update }) => [name, update])]);
    await askGuard(algorithm, (missed) => foundOfAlgorithm(subject, forms, missed));
    continue;
  }
  const { questions, report } = chosenQuestions(subject, mutants);
  writeFileSync(new URL(`${algorithm}.json`, folder), vectorFileText(buildVectorFile(subject, questions)));
  kills[algorithm] = report;
}
for (const subject of kinds.flatMap((kind) => [...registry.keys()].map((type) => `${kind}-${type}`))) {
  if (!isWanted(subject)) continue;
  if (asksGuard) {
    if (kills[subject] !== undefined) await askGuard(subject, (missed) => foundOfFunction(subject, missed));
    continue;
  }
  const chosen = chosenAnswers(subject);
  if (chosen === undefined) {
    rmSync(new URL(`${subject}.json`, folder), { force: true });
    delete kills[subject];
    continue;
  }
  writeFileSync(new URL(`${subject}.json`, folder), vectorFileText(buildFunctionFile(subject, chosen.questions)));
  kills[subject] = chosen.report;
}
// The guard changes no question, and another run may have written the table meanwhile.
if (asksGuard) process.exit();
writeFileSync(killsFile, `${JSON.stringify(inOrder(kills), null, 1)}\n`);
const files = new Map(
  namesOfFiles().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [name, { text, vectors: JSON.parse(text).vectors.length }];
  }),
);
writeFileSync(new URL('manifest.json', folder), manifestText(files));
