import { runClaims } from '../dist/src/claims/run-claims.js';
import { judgeSubjects } from '../dist/src/claims/subject-verdicts.js';
import { loadEntry, readCatalogue } from '../dist/src/cli/catalogue.js';
import { localExecutor } from '../dist/src/executors/replicate-pool.js';
import { wrapModule } from '../dist/src/guard/module-implementation.js';
import { mutants } from '../fixtures/mutants/mutants.js';
import { median } from './harness.mjs';

/** Significant digits of the numbers of a question: those of 0.0615 are three. */
const digitsOf = (text) =>
  (text.match(/\d+(\.\d+)?(e[−+-]?\d+)?/g) ?? []).map(
    (number) => number.replace(/e.*/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length || 1,
  );
/** Entries of the point that is asked about. */
const entriesOf = (text) => /(?:^|[ ,])[xy] = \[([^\]]*)/.exec(text)?.[1].split(',').length ?? 1;

/** K7: how simple the counterexamples are that people are shown: over the wrong implementations, by the claim that must catch each. */
export async function counterexamples() {
  console.log('\nK7  the counterexample that is shown, over the wrong implementations, depth quick, seed 1');
  const executor = localExecutor({ workers: 0 });
  const budget = { depth: 'quick', seed: '1', executor, reproduce: (claim) => claim };
  const found = [];
  for (const { name, load, killedBy } of mutants) {
    const entry = readCatalogue().find(({ id }) => id === killedBy);
    const implementation = wrapModule(load(), name);
    const [{ evidence }] = await runClaims([await loadEntry(entry)], implementation, budget);
    const subjects = judgeSubjects([{ id: killedBy, evidence }], 'f64');
    const text = subjects.find(({ verdict }) => verdict !== 'follows' && verdict !== 'right')?.counterexample;
    if (text !== undefined) found.push({ name, text, question: text.split(': ')[0] });
  }
  const tell = (what, values) => console.log(`  ${what}: median ${median(values)}, largest ${Math.max(...values)}`);
  console.log(`  ${found.length} of ${mutants.length} are about a function or an algorithm`);
  tell(
    'entries of the point',
    found.map(({ question }) => entriesOf(question)),
  );
  tell(
    'digits of a number',
    found.map(({ question }) => Math.max(...digitsOf(question))),
  );
  tell(
    'characters',
    found.map(({ text }) => text.length),
  );
  for (const { name, text } of found.sort((one, other) => other.text.length - one.text.length).slice(0, 3)) {
    console.log(`    ${name}: ${text}`);
  }
}
