import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { table } from './markdown.mjs';

const root = new URL('../../', import.meta.url);
const built = (path) => import(new URL(`dist/${path}.js`, root).href);

/** The page, from the repository's root. */
export const proofsFile = 'docs/prove.md';
/** What is written of it: everything between these two lines. */
const heading = '## The theorems of the suite\n\n';
const next = '\n## From PEPit';

/** What a proof rests on, by the answers at some T. */
function rungOf({ step, rows, answer }) {
  const found = new Set(rows.map((row) => row.answer));
  const byStep = step && (answer === 'proved' || found.has('step') || !found.has('run'));
  return [...(byStep ? [`one step, p = ${step.potential}`] : []), ...(found.has('run') ? ['all T steps at once'] : [])];
}

/** What a theorem without a proof is called, before the T that are meant. */
const words = {
  false: 'false at ',
  vacuous: 'vacuous at ',
  'no-proof': 'no proof of this form at ',
  undecided: 'undecided for ',
};

/** A row of the table. */
async function cellsOf(theorem) {
  const { prove } = await built('src/theory/proofs/search/prove');
  const { NoModelError } = await built('src/theory/theorem/theorem-fields');
  try {
    const found = await prove(theorem, { search: 'none' });
    const { answer, scope, reason } = found;
    return answer === 'proved'
      ? [theorem.id, `proved for ${scope}`, rungOf(found).join('; '), '']
      : [theorem.id, `${words[answer]}${scope}`, rungOf(found).join('; '), reason];
  } catch (error) {
    if (!(error instanceof NoModelError)) throw error;
    // How a field is written as a formula is told to a user.
    return [theorem.id, 'no model', '', error.message.replace(/: write .*/, '')];
  }
}

/** The theorems of the suite that are claims, in the order of the paper. */
async function theoremsOfSuite() {
  const { theoremModules } = await built('theorems/modules');
  const { placesOf } = await built('src/claims/load-claims');
  const found = [];
  for (const { id, path } of placesOf(theoremModules)) {
    const exported = Object.values(await built(`theorems/${path}`));
    found.push(...exported.filter((value) => value?.id === id && value.bound !== undefined));
  }
  return found;
}

/** The table as it should be, theorems with one answer in one row. It has no times: written again, the page is the same. */
export async function proofsTable() {
  const rows = new Map();
  for (const theorem of await theoremsOfSuite()) {
    const [id, ...cells] = await cellsOf(theorem);
    const key = JSON.stringify(cells);
    rows.set(key, [rows.has(key) ? `${rows.get(key)[0]}, ${id}` : id, ...cells]);
  }
  return table(['theorems', 'answer', 'found by', 'what is not found, and why'], [...rows.values()]);
}

/** The table of a page. */
export const tableOf = (page) => page.slice(page.indexOf(heading) + heading.length, page.indexOf(next));

// `npm run results` writes it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL(proofsFile, root);
  const page = readFileSync(file, 'utf8');
  const [before, after] = [page.slice(0, page.indexOf(heading) + heading.length), page.slice(page.indexOf(next))];
  writeFileSync(file, `${before}${await proofsTable()}${after}`);
}
