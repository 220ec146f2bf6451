import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { type Answers, judgeAnswers, readVectorFiles } from './check-answers.js';
import { shippedVectors } from './identify.js';
import { inFile } from './interval.js';
import {
  implementationsOf,
  namedFormats,
  namedIn,
  namesHeading,
  namesIn,
  namesSection,
  namesText,
} from './names.test.helper.js';

const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const files = await readVectorFiles(shippedVectors);

test('an implementation is named with its conventions and its bug as often as the page says, and never wrongly', (t) => {
  const names = namesIn(files.values());
  const subjects = Object.keys(names);
  for (const format of namedFormats) {
    const { named, implementations } = namedIn(names, format, subjects);
    t.true(named >= 0.95 * implementations, `${format}: ${named} of ${implementations}`);
    for (const subject of subjects) t.deepEqual(names[subject]!.formats[format]?.wrong ?? [], [], subject);
  }
  t.is(textOf('fixtures/vectors/names.json'), namesText(names), 'npm run vectors -- --names writes it');
  const page = textOf('docs/vectors.md');
  const from = page.indexOf(namesHeading);
  t.is(page.slice(from, page.indexOf('\n## ', from)), namesSection(names), 'npm run vectors -- --names writes it');
});

test('the forms of an implementation are those that its file has under the same names', (t) => {
  let count = 0;
  for (const file of files.values()) {
    for (const { form, convention, answer } of implementationsOf(file)) {
      const asked = file.vectors.filter(({ answers }) => answers.some(({ f64 }) => f64 !== undefined));
      if (convention > 0 || form === undefined || !file.forms.includes(form) || asked.length === 0) continue;
      const answers: Answers = Object.fromEntries(
        asked.map((vector) => {
          const own = answer(vector, 'f64');
          return [vector.id, own === 'refuses' ? own : own.map((x) => x.map(inFile))];
        }),
      );
      const { verdict, looksLike } = judgeAnswers(file, 'f64', answers);
      if (verdict === 'pass' || looksLike.length === 0) continue;
      count++;
      t.true(looksLike.includes(form), `${file.subject}: ${form} looks like ${looksLike}`);
    }
  }
  t.true(count > 800, `${count} forms`);
});
