// npm run vectors: draws the questions of the test vectors, chooses those that find most wrong forms, and writes fixtures/vectors/v1 with what they find
// beside it. After a release no file may change: `signprox vectors write` writes the same files from the questions in them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { loadStatefulClaims } from '../../../dist/properties/algorithms/stateful-claims.js';
import { buildFunctionFile, buildVectorFile } from '../../../dist/src/guard/vectors/build-file.js';
import { manifestText } from '../../../dist/src/guard/vectors/manifest.js';
import { memoryless, subjectOf } from '../../../dist/src/guard/vectors/subject.js';
import { vectorFileText } from '../../../dist/src/guard/vectors/vector-file.js';
import { registry } from '../../../dist/src/reference/functions/index.js';
import { chosenQuestions } from './choose.mjs';
import { chosenProxes } from './functions.mjs';
import { mutantsOf } from './mutants.mjs';

const folder = new URL('../../../fixtures/vectors/v1/', import.meta.url);
const killsFile = new URL('kills.json', folder);
const beside = ['kills.json', 'manifest.json'];

mkdirSync(folder, { recursive: true });
const namesOfFiles = () => readdirSync(folder).filter((name) => name.endsWith('.json') && !beside.includes(name));
const kills = readdirSync(folder).includes('kills.json') ? JSON.parse(readFileSync(killsFile, 'utf8')) : {};
const wanted = process.argv.slice(2);
const claims = await loadStatefulClaims();
for (const subject of [...claims.map(subjectOf), ...memoryless]) {
  const { algorithm, definition } = subject;
  // Prox-SVRG takes three gradients a step.
  if (algorithm === 'prox-svrg' || (wanted.length > 0 && !wanted.includes(algorithm))) continue;
  const hasModule = definition.name !== undefined && definition.takes === 'gradients';
  const mutants = hasModule ? await mutantsOf(algorithm) : [];
  const { questions, report } = chosenQuestions(
    subject,
    mutants.map(({ name, definition: own }) => ({ name, update: own.update })),
  );
  writeFileSync(new URL(`${algorithm}.json`, folder), vectorFileText(buildVectorFile(subject, questions)));
  kills[algorithm] = report;
}
for (const type of registry.keys()) {
  if (wanted.length > 0 && !wanted.includes(`prox-${type}`)) continue;
  const found = chosenProxes(type);
  if (found === undefined) continue;
  writeFileSync(new URL(`prox-${type}.json`, folder), vectorFileText(buildFunctionFile(type, found.questions)));
  kills[`prox-${type}`] = found.report;
}
const sorted = Object.fromEntries(Object.entries(kills).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(killsFile, `${JSON.stringify(sorted, null, 1)}\n`);
const files = new Map(
  namesOfFiles().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [name, { text, vectors: JSON.parse(text).vectors.length }];
  }),
);
writeFileSync(new URL('manifest.json', folder), manifestText(files));
