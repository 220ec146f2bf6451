import type { RunRecord } from './run-record.js';
import { knownClaim, syntheticRecord, violatedClaim } from './synthetic-run.test.helper.js';

/** Everything that could act in a terminal, a page, an XML file, a Markdown table or a TAP stream. */
const hostile =
  '\u001b[31mred\u001b]0;title\u0007\r\n## heading\nok 99 - injected # SKIP "><script>alert(1)</script> & &lt; \'"]]>--><img src=x onerror=e> | a | b | ' +
  '`tick` **bold** [link](http://example.org) \u202e reversed \u0000 \ud800 \uffff </title></style></details>';

/** Words that the schema fixes, and exact values. */
const fixed: ReadonlySet<string> = new Set(
  'verdict verdicts outcome outcomes expected depth engine assumption kind dtype methods algorithms signOfZero f64 schemaVersion'.split(
    ' ',
  ),
);

/** The value with every free text in it made hostile. */
export function poison(value: unknown, key: string): unknown {
  if (fixed.has(key)) return value;
  if (typeof value === 'string') return `${value} ${hostile}`;
  if (Array.isArray(value)) return value.map((entry) => poison(entry, key));
  if (typeof value !== 'object' || value === null) return value;
  const open = key === 'measured' || key === 'constants' || key === 'accuracy';
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [open ? `${name} ${hostile}` : name, poison(entry, name)]),
  );
}

/** A valid record in which every free text is hostile; its claims have every outcome. */
export function hostileRecord(): RunRecord {
  const failed = violatedClaim('failed');
  const crash = { kind: 'crash', message: 'line 1\nline 2' } as const;
  return poison(
    syntheticRecord(
      [
        failed,
        { ...violatedClaim('crashed'), evidence: { ...failed.evidence, failure: crash, verdict: 'inconclusive' } },
        violatedClaim('known'),
        {
          ...violatedClaim('mended'),
          evidence: { ...failed.evidence, verdict: 'holds' },
        },
        {
          claim: { ...violatedClaim('surprise').claim, expected: ['needed'] },
          evidence: { ...failed.evidence, verdict: 'holds' },
        },
      ],
      [knownClaim('known', 'upstream', 'https://example.org/?a=1&b="2"'), knownClaim('mended', 'old')],
    ),
    '',
  ) as RunRecord;
}
