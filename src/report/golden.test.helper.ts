import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certificate } from '../claims/certificate.js';
import type { BoundRow } from '../claims/evidence.js';
import { silentKinds } from '../claims/verdict.js';
import type { Audit } from '../theory/theorem/audit/audit.js';
import type { AuditVerdict } from '../theory/theorem/audit/finding.js';
import { rowsOf } from './charts/charts.test.helper.js';
import type { Contribution, Finding } from './contribution.js';
import { answersTable } from './formats/answers-report.js';
import { auditTable } from './formats/audit-report.js';
import { boundsTable } from './formats/bounds-report.js';
import { type Explanation, explainText } from './formats/explain-text.js';
import type { Arrangement } from './formats/format-names.js';
import { arrangementOf, formatNames } from './formats/format-names.js';
import { formatReport } from './formats/formats.js';
import { initText } from './formats/init-text.js';
import { ledgerTable } from './formats/ledger-table.js';
import { proofTable } from './formats/proof-report.js';
import { subjectTable } from './formats/subject-table.js';
import { sweepJson, sweepTable } from './formats/sweep-table.js';
import { theoremScreen } from './formats/theorem-summary.js';
import { htmlComparison } from './html/html-comparison.js';
import { htmlReport } from './html/html-report.js';
import { htmlSweep } from './html/html-sweep.js';
import { buildRunRecord, type CheckedClaim } from './record/build-run-record.js';
import type { RunRecord } from './record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from './record/subjects-run.test.helper.js';
import { describeRun, knownClaim, syntheticRecord, violatedClaim } from './record/synthetic-run.test.helper.js';
import { syntheticSweep } from './record/synthetic-sweep.test.helper.js';
import type { TableOptions } from './wording/screen.js';

const violated = violatedClaim();

/** The violated claim under another id, with other evidence, and maybe other verdicts that it accepts. */
const claimLike = (
  id: string,
  evidence: Partial<CheckedClaim['evidence']>,
  expected?: CheckedClaim['claim']['expected'],
): CheckedClaim => ({
  claim: { ...violated.claim, id, ...(expected && { expected }) },
  evidence: { ...violated.evidence, reproduce: `signprox verify --claims ${id} --seed seed-1`, ...evidence },
});

const rows = rowsOf('theorem-1');
const exceeding = rows.slice(0, 6).map((row): BoundRow => ({ ...row, left: 2 * row.bound, verdict: 'violated' }));
const formula = 'd + Σθ_k r_k';

/** A run whose claims have every outcome and every kind of evidence. */
export const everyOutcome = (): RunRecord =>
  syntheticRecord(
    [
      violated,
      ...(['error', 'timeout', 'crash', 'protocol', 'suite'] as const).map((kind) =>
        claimLike(`ends-in-${kind}`, { verdict: 'inconclusive', failure: { kind, message: `${kind} of name x_t` } }),
      ),
      claimLike('known', {}),
      claimLike('fixed', { verdict: 'holds' }),
      claimLike('surprise', { verdict: 'holds' }, ['needed']),
      claimLike('counterexample', { verdict: 'needed', rows: exceeding }, ['needed']),
      claimLike('fails-in-a-row', { rows: [exceeding[0]!, { ...rows[1]!, verdict: 'inconclusive' }] }),
      claimLike('no-answer', { unanswered: { part: 'huber', ratio: 0, input: { x: 7 } } }),
      claimLike('formulas', {
        verdict: 'holds',
        reason: formula,
        rows: [{ ...rows[0]!, instance: formula, reason: formula }],
        parts: [{ name: formula, verdict: 'holds', cases: 1, worstRatio: 0, reason: formula }],
        measured: { [formula]: 'in words' },
      }),
      claimLike('not-refuted', { verdict: 'not-refuted', rows: [{ ...rows[0]!, familyCap: 50 }] }, ['not-refuted']),
    ],
    [knownClaim('known', 'upstream', 'https://example.org/?a=1&b="2"'), knownClaim('fixed', 'old')],
  );

/** A library with a subject of every fate, known failures among them. */
export function everySubject(): RunRecord {
  const minimal = { part: 'prox', ratio: 2, input: { raw: 1 }, explanation: 'prox at a weight of −1 is answered' };
  const record = subjectsRecord(
    [
      ...everyFate,
      cellClaim('known', [cellOf('prox of l1', failingCase(['l1']))]),
      cellClaim('fixed', [cellOf('prox of l1'), cellOf('value of huber')]),
      cellClaim('rejects-bad-parameters', [], { verdict: 'violated', reason: 'violated by prox', minimal }),
      cellClaim('algorithms', [
        ...['step of spgm', 'run of spgm', 'step of sign-sgd', 'sample'].map((subject) => cellOf(subject)),
        cellOf(
          'run of sign-sgd',
          failingCase(['sign-sgd'], {
            kind: 'hangs',
            paste: 'import mine\nopt = mine.SignSGD([p])\n# run of sign-sgd',
          }),
        ),
        { ...cellOf('value of zero'), cases: 0, skipped: { 'no values': 3 } },
        { ...cellOf('prox of linf'), refused: { count: 2, ordinary: 1, text: 'prox of linf at y = [1]: unsupported' } },
      ]),
    ],
    { known: ['known', 'fixed'].map((claim) => ({ subject: 'prox of l1', claim, reason: 'old # 7' })) },
  );
  const asked = { numbers: { γ: { values: [1] }, n: { values: [1, 2, 3] } }, words: {} };
  return { ...record, asked: { 'prox of l1': asked, 'prox of huber': asked } };
}

const incomplete = {
  remaining: ['prox-overflow', 'theorem-2'],
  resume: 'signprox verify --resume reports/incomplete/run.json',
};

/** Runs that were cut off, that have no claims, in which only options make a failure of something, and in which a claim fails without a subject. */
export const edges: readonly RunRecord[] = [
  buildRunRecord({ ...describeRun(), incomplete }),
  buildRunRecord({ ...describeRun(), incomplete: { ...incomplete, lost: 'no Redis' } }),
  buildRunRecord(describeRun([])),
  buildRunRecord({
    ...describeRun([claimLike('not-refuted', { verdict: 'not-refuted' }, ['not-refuted'])]),
    refuseNotRefuted: true,
  }),
  subjectsRecord(
    [
      ...everyFate,
      ...silentKinds.map((kind) =>
        cellClaim(kind, [cellOf('prox of l1', failingCase(['l1'], { kind, text: `prox of l1: ${kind}` }))]),
      ),
      cellClaim('silent', [cellOf('prox of linf')], {
        ...{ verdict: 'inconclusive', failure: { kind: 'protocol', message: 'no hello' } },
      }),
    ],
    {
      ...{ strict: true, command: 'signprox guard mine.mjs' },
      looksLike: { 'prox of huber': 'the step is dropped' },
    },
  ),
  // What is blamed for the cases of others has one case for each claim.
  subjectsRecord(
    [
      cellClaim('eq6-prox', [
        ...['prox of l1', 'prox of cone'].map((subject) => cellOf(subject)),
        cellOf('prox of scaled', failingCase(['cone', 'scaled'])),
        cellOf('step of spgm', failingCase(['cone', 'l1'])),
      ]),
    ],
    { command: 'signprox guard mine.mjs' },
  ),
];

/** More functions that fail than are told of, and claims that need what is not offered. */
function manyWrong(): RunRecord {
  const cells = Array.from({ length: 14 }, (_, i) => cellOf(`prox of f${i}`, failingCase([`f${i}`])));
  const silent = (id: string, reason: string) => cellClaim(id, [], { verdict: 'not-applicable', reason });
  return subjectsRecord([
    cellClaim('eq6-prox', [...cells, cellOf('prox of l2')]),
    silent('run-iterates', 'does not offer run, step, sample, spgm, sgd'),
    silent('theorem-1', 'no instance has only functions that the implementation offers: one would with quadratic'),
  ]);
}

/** What a collection adds: a finding with a picture, one with a table, one without, and sections. */
const finding = (number: number, more: Partial<Finding>): Finding => ({
  anchor: `f${number}`,
  title: `F${number}: of r_k`,
  text: 'E|G|² ≤ *b*',
  basis: 'Proved.',
  claims: ['eq6-prox', 'theorem-1'],
  theme: 'Bounds',
  ...more,
});
const chart = { label: 'a drawing', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', key: ['first', { math: 'r_k' }] };
const contribution: Contribution = {
  about: 'the book',
  conclusion: () => ['All of the book holds'],
  facts: () => [['sharper', 'by half']],
  findings: () => [
    finding(1, { chart, instances: 'none' }),
    finding(2, { table: { headings: ['d', 'left | b'], rows: [['x_i²', '1 | 2']] } }),
    finding(3, { theme: 'Signs' }),
  ],
  page: (_, drawings) => ({
    title: 'The book, checked',
    sentences: ['It holds for r_k.'],
    front: [{ id: 'front', title: 'Front', blocks: [{ card: [{ heading: 'Map' }, { chart }] }] }],
    evidence: [{ id: 'drawn', title: 'Drawn', blocks: drawings.map((one) => ({ chart: one })) }],
  }),
  drawing: () => Promise.resolve(chart),
};

/** What a page says, with a line for each of its parts. */
const bodyOf = (page: string): string =>
  page
    .slice(page.indexOf('<nav'), page.indexOf('<script>'))
    .replaceAll(/\s*(?=<(?:section|details|div|table|tr|p|ul|li|dt|figure|path|text|g)[ >])/g, '\n');

/** The verdict of a page. */
const verdictOf = (page: string): string =>
  bodyOf(page)
    .split('</section>')[0]!
    .replace(/^.*?<section/s, '<section');

/** A run in every format; of Markdown so many paragraphs. */
const textOf = (record: RunRecord, by: Arrangement, from: readonly Contribution[], paragraphs?: number): string =>
  formatNames
    .filter((format) => format !== 'json')
    .map((format) => {
      const shown = format === 'markdown' || format === 'github' ? paragraphs : undefined;
      const text = formatReport(record, format, { width: 90 }, by, from);
      return `=== ${format}\n${text.split('\n\n').slice(0, shown).join('\n\n')}`;
    })
    .join('\n');

/** Ends of commands, with one option each: what a terminal of 80 and of 40 columns shows, and one with colours, whose codes can be read. */
const screens: Readonly<Record<string, (options: TableOptions) => string>> = {
  'guard, wrong': (options) => subjectTable(guarded(true), options),
  'guard, right': (options) => subjectTable(guarded(false), options),
  'guard, right, --ledger': (options) => subjectTable(guarded(false), { ...options, ledger: true }),
  'guard, several wrong': (options) => subjectTable(everySubject(), options),
  'guard, many wrong, --ledger': (options) => subjectTable(manyWrong(), { ...options, ledger: true }),
  'verify, right': (options) => ledgerTable(syntheticRecord(), options, [contribution]),
  'verify, wrong': (options) => ledgerTable(syntheticRecord([violated]), options, [contribution]),
  'verify --theorem, proved': (options) => theoremScreen(ofTheorem('holds', 1.9), bound, proving, 0, options),
  'verify --theorem, false': (options) => theoremScreen(ofTheorem('violated', 4), bound, undefined, 1, options),
  'verify --theorem, no proof, --ledger': (options) =>
    theoremScreen(ofTheorem('holds', 1), bound, 'no model', 0, { ...options, ledger: true }),
  'prove, proved': (options) => proofTable({ ...proving, written: ['proofs/mine.json'] }, options),
  'prove, false': (options) =>
    proofTable({ ...proving, answer: 'false', scope: 'T = 1', again: 'signprox bounds', written: [] }, options, 1),
  'audit, wrong': (options) =>
    auditTable({ problem: 'lasso.json', audits: [audited('violated'), audited('certified')] }, options, 1),
  'bounds, right': (options) => boundsTable(bounded('holds'), options),
  'bounds, wrong': (options) => boundsTable(bounded('violated'), options, 1),
  'explain, proved': (options) => explainText([explained], counterexamples, options),
  'explain, proved, --ledger': (options) => explainText([explained], counterexamples, { ...options, ledger: true }),
  'explain, tested, with a schedule': (options) =>
    explainText([untold, { ...untold, run: 'signprox verify --claims two' }], [], options, [
      ['schedule tuned', 'E ‖G‖² ≤ 2Δ/T'],
      ['', { code: 'signprox verify --theorem mine.mjs --schedule tuned' }],
    ]),
  init: (options) => initText(writtenFiles, 'sh guard.sh', options),
  'vectors check, right': (options) => answersTable([answers('adamw')], 'f64', 0, options),
  'vectors check, wrong': (options) => answersTable([answers('adamw', true)], 'f64', 1, options),
  'vectors check, several': (options) =>
    answersTable([answers('adamw', true), answers('lion'), answers('prox-l1', true)], 'bf16', 1, options),
  'vectors check, nothing': (options) => answersTable([], 'f16', 6, options),
  'verify, wrong, --ledger': (options) => ledgerTable(syntheticRecord([violated]), { ...options, ledger: true }),
};

/** A claim with everything that is told of one: it is proved by Coq, and has a certificate too. */
const explained: Explanation = {
  claim: {
    ...{ id: 'theorem-1', source: { section: '2.2', equation: 'Theorem 1' }, requires: { methods: ['step'] } },
    ...{ statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²] for SPGM', method: 'two e-processes' },
    ...{ lines: ['f(x⁺) ≤ f(x) − γ‖G‖²', '0 ≤ ‖G‖²'], expected: ['holds', 'needed'] },
    hypotheses: [
      { name: '1(b)', statement: '‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖', short: '∇d is L-Lipschitz' },
      { name: 'fresh', statement: 'every iteration draws its own mini-batch' },
    ],
    machineChecked: {
      ...{ file: 'theorems/coq/theorem_1.v', theorem: 'theorem_1', covers: 'finite r_k' },
      premises: ['γ > 0', 'f ≥ f*'],
    },
    certificate: {
      stages: [
        {
          ...{ name: 'descent', kind: 'pathwise', statement: 'f(x⁺) ≤ f(x)', goal: 'f(x) − f(x⁺)' },
          ...{ symbols: { x: 'the iterate' }, positive: ['x'] },
          cases: [{ given: 'x > 0', terms: [{ remainder: 'x' }, { multiplier: '2', square: 'x' }] }],
        },
      ],
    } as unknown as Certificate,
  },
  mutants: ['1/T in place of 1/√T', 'no 2LΔ', 'no 3σ²', 'a third', 'a half', 'a fifth'].map((wrong) => ({
    wrong,
    verdict: 'violated',
  })),
  run: 'signprox verify --claims theorem-1',
};

const counterexamples = [
  {
    ...{ id: 'counterexample-smooth', counterexampleTo: ['theorem-1'] },
    statement: 'Theorem 1 without the smoothness of r_k: left/bound grows',
  },
];

/** A claim of which as little as possible is told. */
const untold: Explanation = {
  claim: { id: 'eq6-prox', source: { section: '1' }, statement: 'a minimiser', method: 'its inequality', requires: {} },
  mutants: [],
  run: 'signprox verify --claims eq6-prox',
};

const writtenFiles = [
  ['signprox_adapter.py', 'fill in prox, value, gradient and step at its top; l1 and sgd are examples'],
  ['guard.sh', 'judges it'],
  ['.github/workflows/signprox.yml', 'CI installs signprox from ./signprox.tgz'],
] as const;

/** The answers to the test vectors of a subject: all right by one convention, or an error of a known kind. */
const answers = (subject: string, isWrong = false) => ({
  ...{ subject, verdict: isWrong ? ('fail' as const) : ('pass' as const), answered: 12, of: 23 },
  conventions: isWrong ? [] : ['decay-before-step eps-outside-root'],
  ...(isWrong && { failed: { id: `${subject}-0123456789ab`, returned: 'x_2[0] = 0.5', right: '0.4375 to 0.438' } }),
  looksLike: isWrong && subject === 'adamw' ? ['the biases are not corrected'] : [],
});

const bound = { id: 'mine', relation: 'at-most', hypotheses: [] } as const;

const proving = {
  ...{
    theorem: 'mine',
    statement: 'E ‖∇f‖² ≤ 2LΔ/T',
    answer: 'proved' as const,
    scope: 'every T ≥ 1',
    reason: 'one step',
  },
  ...{ used: ['fixed-smooth'], unused: ['fixed-variance'], leftSides: 67 },
  rows: [
    { iterations: 1, answer: 'step' as const, multiple: '1' },
    { iterations: 100, answer: 'step' as const, multiple: '10/19' },
  ],
};

/** The claims about a theorem: one row below a bound of 2 or above it, a needed hypothesis, and a planted error. */
function ofTheorem(verdict: 'holds' | 'violated', left: number): RunRecord {
  const row = {
    ...rows[0]!,
    instance: 'd = ½x²',
    engine: 'moments' as const,
    left,
    leftInterval: [left, left] as const,
    bound: 2,
    verdict,
  };
  const part = { cases: 50, worstRatio: 1, verdict: 'holds' as const };
  return syntheticRecord([
    claimLike('mine', {
      verdict,
      rows: [row, { ...row, iterations: 4, left: left / 1.3, leftInterval: [left / 1.3, left / 1.3] }],
    }),
    claimLike('mine-hypotheses', {
      verdict: 'holds',
      parts: [
        { ...part, name: 'smooth', reason: 'needed: left/bound = 2.3e+12 at T = 16 on d = log-cosh, r = 0, x⁰ = 4' },
        { ...part, name: 'noise', reason: 'no counterexample in 50 tries, the nearest has left/bound = 1.00' },
      ],
    }),
    ...(verdict === 'holds'
      ? [claimLike('mine-controls', { verdict: 'holds', parts: [{ ...part, name: 'a fifth' }] })]
      : []),
  ]);
}

const audited = (verdict: AuditVerdict): Audit =>
  ({
    ...{ theorem: verdict === 'violated' ? 'theorem-1' : 'theorem-2', dimension: 2, step: 0.5 },
    findings: [
      {
        hypothesis: 'assumption-1b',
        name: '1(b)',
        statement: '‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖',
        computed: 1.65,
        searched: 1.65,
        cases: 9,
        verdict: 'certified',
        reason: '',
      },
      {
        hypothesis: 'assumption-1c',
        name: '1(c)',
        statement: 'r_k smooth',
        cases: 9,
        verdict,
        reason: 'r_1 has no gradient at (0, 0): two subgradients',
      },
    ],
  }) as unknown as Audit;

const bounded = (verdict: 'holds' | 'violated') => ({
  ...{ theorem: 'theorem-1', schedule: 'own', coordinatewise: false, problem: 'p.json' },
  rows: [
    rows[0]!,
    {
      ...rows[1]!,
      verdict,
      left: verdict === 'holds' ? 1 : 9,
      leftInterval: verdict === 'holds' ? ([1, 1] as const) : ([9, 9] as const),
    },
  ],
});

/** One function that is wrong or right, and an algorithm that is built of it. */
function guarded(isWrong: boolean): RunRecord {
  const text = 'prox of l1(weight 1) at y = 1, γ = 0.1: returned 0, right is 0.9';
  const paste = 'r = {"type": "l1", "weight": 1}; step = 0.1; y = [1]  # prox of l1: returned 0, right is 0.9';
  const failing = isWrong ? [failingCase(['l1'], { text, paste })] : [];
  const follows = isWrong ? [failingCase(['l1', 'spgm'])] : [];
  const run = describeRun([]);
  const conventions = cellClaim('conventions', [], { verdict: 'illustrated', reason: '½ in the prox: yes' });
  const record = subjectsRecord(
    [
      cellClaim('eq6-prox', [cellOf('prox of l1', ...failing), cellOf('value of l1')]),
      cellClaim('algorithm-1-spgm', [cellOf('step of spgm', ...follows)]),
      cellClaim('theorem-1', [], { verdict: 'not-applicable', reason: 'does not offer run' }),
      { ...conventions, claim: { ...conventions.claim, expected: ['illustrated'] } },
    ],
    {
      implementation: {
        ...{ ...run.implementation, name: 'mine', version: '1.0.0', methods: ['prox', 'value', 'step'] },
        ...{ functions: ['l1'], smooth: [], algorithms: ['spgm'] },
      },
    },
  );
  const numbers = {
    γ: { from: 2 ** -10, to: 1024 },
    n: { values: [1, 2, 23] },
    x: { from: 1, to: 3, also: ['0', '−0'] as const },
  };
  return {
    ...record,
    asked: { 'prox of l1': { numbers, words: {} }, 'value of l1': { numbers: { n: numbers.n }, words: {} } },
  };
}

const screenTexts = (): string =>
  Object.entries(screens)
    .flatMap(([name, screen]) =>
      ([{ width: 80 }, { width: 40 }, { width: 80, colour: true }] as const).map((layout) => {
        const shown = screen({ report: 'reports/index.html', ...layout }).replaceAll('\u001b[', '␛[');
        return `=== ${name}, ${layout.width} columns${'colour' in layout ? ', in colour' : ''}\n${shown}`;
      }),
    )
    .join('\n');

/** What reports say of runs that have everything, by the files in which it is kept. */
export const goldenTexts: Readonly<Record<string, () => string>> = {
  'claims.txt': () => textOf(everyOutcome(), 'claims', [contribution]),
  'claims.html': () => bodyOf(htmlReport(everyOutcome(), 'claims', [contribution], [chart])),
  'edges.txt': () =>
    edges.map((record) => textOf(record, arrangementOf(record), [], 4) + verdictOf(htmlReport(record))).join('\n'),
  'subjects.txt': () => textOf(everySubject(), 'subjects', [contribution]),
  'subjects.html': () => bodyOf(htmlReport(everySubject(), 'subjects', [contribution])),
  'comparison.html': () => bodyOf(htmlComparison([everySubject(), subjectsRecord([violated, everyFate[1]!])])),
  'screens.txt': screenTexts,
  'sweep.txt': () => `${sweepTable(syntheticSweep(), { width: 90 })}\n${sweepJson(syntheticSweep())}`,
  'sweep.html': () => bodyOf(htmlSweep(syntheticSweep())),
};

/** The folder of the files, four levels above the compiled one. */
export const goldenFolder = new URL('../../../src/report/golden/', import.meta.url);

// `npm run generate` writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(goldenFolder, { recursive: true });
  for (const [file, text] of Object.entries(goldenTexts)) writeFileSync(new URL(file, goldenFolder), text());
}
