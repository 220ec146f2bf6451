import { chmod, writeFile } from 'node:fs/promises';
import type { Claim } from '../claims/claim.js';
import { registry } from '../reference/functions/index.js';
import { smoothRegistry } from '../reference/smooth/index.js';
import { coqFiles } from '../report/coq/coq-files.js';
import type { MachineChecked } from '../report/formats/explain-text.js';
import { statementsFile } from '../report/html/markup.js';
import { typesetStatement } from '../report/typesetting/typeset-statement.js';
import { describeHypothesis } from '../theory/theorem/audit/hypotheses.js';
import {
  type CatalogueEntry,
  type Contributions,
  catalogueFile,
  contributionsFile,
  root,
  type Vocabularies,
  type VocabularyListing,
  vocabulariesFile,
} from './catalogue.js';
import { claimMutants } from './claim-mutants.js';
import { collections, placedClaims } from './collections.js';
import { writeSchemas } from './published-schemas.js';

// The last step of `npm run build`. tsc writes the command without its executable bit, which npx sets only once.
await chmod(new URL('main.js', import.meta.url), 0o755);

// Metadata of the claims, for commands that do not load them.
const mutants = await claimMutants();

function entry({ claim, place, coq }: (typeof placedClaims)[number]): CatalogueEntry {
  const { id, version, source, statement, method, lines, requires, expected, counterexamples } = claim;
  const { certificate, machineChecked, judgesFunctions, sumsUp, counterexampleTo } = claim;
  const own = mutants.filter(({ claim: of }) => of === id).map(({ wrong, verdict }) => ({ wrong, verdict }));
  const hypotheses = claim.hypotheses?.map(describeHypothesis);
  return {
    ...{ id, version, ...place, source, statement, method, requires, mutants: own },
    ...(lines && { lines }),
    ...(expected && { expected }),
    ...(counterexamples && { counterexamples }),
    ...(hypotheses && { hypotheses }),
    ...(judgesFunctions && { judgesFunctions }),
    ...(sumsUp && { sumsUp }),
    ...(counterexampleTo && { counterexampleTo }),
    ...(machineChecked && { machineChecked: checkedIn(coq!, machineChecked) }),
    ...(certificate && { certified: true as const }),
  };
}

/** A theorem with the place of its file and what it assumes. */
function checkedIn(folder: string, { file, theorem, ...more }: NonNullable<Claim['machineChecked']>): MachineChecked {
  const { premisesOf } = coqFiles(new URL(`${folder}/`, root));
  return { file: `${folder}/${file}.v`, theorem, ...more, premises: premisesOf(file, theorem) };
}

const catalogue = placedClaims.map(entry);
await writeFile(catalogueFile, JSON.stringify(catalogue));
const contributions: Contributions = {
  reports: collections.flatMap(({ report }) => report ?? []),
  commands: collections.flatMap(({ commands }) => commands ?? []),
};
await writeFile(contributionsFile, JSON.stringify(contributions));

const listing = ({ type, formula, parameters, traits, examples }: VocabularyListing): VocabularyListing => ({
  ...{ type, formula, examples },
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([name, { kind, allowed, optional, fallback }]) => [
      name,
      { kind, allowed, ...(optional && { optional, fallback }) },
    ]),
  ),
  ...(traits && { traits }),
});
const vocabularies: Vocabularies = {
  functions: [...registry.values()].map(({ definition }) => listing(definition)),
  smooth: [...smoothRegistry.values()].map(({ definition }) => listing(definition)),
};
await writeFile(vocabulariesFile, JSON.stringify(vocabularies));

// The package does not depend on KaTeX, so it ships the typeset statements.
const statements = catalogue.flatMap(({ statement }) => {
  const markup = typesetStatement(statement);
  return markup === undefined ? [] : [[statement, markup.text]];
});
await writeFile(statementsFile, JSON.stringify(statements));

await writeSchemas();
