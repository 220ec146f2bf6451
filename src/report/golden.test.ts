import { readFileSync } from 'node:fs';
import test from 'ava';
import { goldenFolder, goldenTexts } from './golden.test.helper.js';

for (const [file, text] of Object.entries(goldenTexts)) {
  test(`${file}: a run that has everything is reported as on file`, (t) => {
    // Whoever changes what a report says reads the difference, and has `npm run generate` write the file.
    t.is(text(), readFileSync(new URL(file, goldenFolder), 'utf8'));
  });
}
