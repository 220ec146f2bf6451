import test from 'ava';
import { poison } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { clipMarkdown, escapeMarkdown } from '../wording/sanitize.js';
import { formatReport } from './formats.js';

const flavours = ['markdown', 'github'] as const;
const bySubject = (record: RunRecord, flavour: (typeof flavours)[number] = 'markdown'): string =>
  formatReport(record, flavour, {}, 'subjects');
const limit = 60_000;

/** As many functions, all of which raise with a long hostile message, with names that long. */
function raising(count: number, message: string, name = 'cone'): RunRecord {
  const names = Array.from({ length: count }, (_, i) => `${name}-${i}`);
  const claims = ['prox', 'value', 'gradient'].flatMap((method) =>
    Array.from({ length: 8 }, (_, k) =>
      cellClaim(
        `${method}-${k}`,
        names.map((type) =>
          cellOf(
            `${method} of ${type}`,
            failingCase([type], { kind: 'raises', text: `${method} of ${type}: ${message}` }),
          ),
        ),
      ),
    ),
  );
  return subjectsRecord(claims);
}

/** What would act if it came through unescaped. */
const hostile = 'raised <img src=x onerror=e> | a | `tick` ``` **bold** \u001b[31m\n## heading\n</details> \u202e ';

let large: ReturnType<typeof makeLargeRecords> | undefined;

/** Records that are too large for a report, made once for both flavours. */
const largeRecords = () => (large ??= makeLargeRecords());

function makeLargeRecords() {
  return {
    sixty: raising(60, hostile.repeat(100)),
    'long names': raising(60, hostile.repeat(100), hostile.repeat(100)),
    thousand: raising(1000, 'raised'),
    'everything hostile': poison(raising(60, hostile.repeat(20)), '') as RunRecord,
    'long everywhere': {
      ...raising(60, hostile.repeat(100)),
      ...{ command: hostile.repeat(2000), seed: hostile.repeat(2000) },
      incomplete: { remaining: [hostile.repeat(2000)], resume: hostile.repeat(2000) },
    } satisfies RunRecord,
  };
}

for (const flavour of flavours) {
  test(`${flavour} by subject: never over ${limit} characters, and what is left out is named`, (t) => {
    const records = largeRecords();
    for (const [name, record] of Object.entries(records)) {
      const text = bySubject(record, flavour);
      t.true(text.length <= limit, `${name}: ${text.length}`);
      t.true(text.length > limit / 4, `${name}: ${text.length} tell little`);
      if (name !== 'thousand') t.regex(text, /^Left out, and in `index\.html`: .+\.$/m, name);
      t.regex(text, /^\d+ more fail: `index\.html` tells of each\.$/m, name);
      t.notRegex(text, /(?!\n)\p{Cc}|[\u202a-\u202e]|\p{Cs}/u, name);
    }
    t.regex(bySubject(records.thousand, flavour), /^\d+ rows more in `index\.html`\.$/m);
    const right = subjectsRecord([
      cellClaim('eq6-prox', [
        ...Array.from({ length: 3000 }, (_, i) => cellOf(`prox of cone-${i}`)),
        cellOf('prox of huber', failingCase(['huber'])),
      ]),
    ]);
    const text = bySubject(right, flavour);
    t.true(text.length <= limit);
    t.regex(text, /^\d+ rows more in `index\.html`, all right\.$/m);
    t.regex(text, /^\| huber \| ✗ wrong \| /m, 'what fails is not cut');
  });
}

test('text is cut by its escaped length', (t) => {
  t.is(clipMarkdown('short', 5), 'short');
  t.is(clipMarkdown('a b c d e f', 6), 'a b c…');
  for (const text of ['*'.repeat(100), '<'.repeat(100), '\u001b'.repeat(100), '😀'.repeat(100)]) {
    const cut = clipMarkdown(text, 50);
    t.true(escapeMarkdown(cut).length <= 50, cut);
    t.true(cut.endsWith('…'));
    t.notRegex(cut, /\p{Cs}/u);
  }
});
