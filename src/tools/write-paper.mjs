import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { formatEnclosed, formatOutwards } from '../../dist/src/library/report.js';
import { coqFiles } from '../../dist/src/report/coq/coq-files.js';
import { parseRunRecord } from '../../dist/src/report/record/run-record.js';
import { largestIn } from '../../dist/theorems/report/front.js';
import { judged, mapRows } from '../../dist/theorems/report/map.js';
import { recordSentence } from './write-pages.mjs';

/*
 * Builds reports/paper/paper.pdf from docs/paper/paper.tex and the record of a run of all claims: after `npm run verify`, `npm run paper`. It needs LaTeX (on Debian
 * texlive-latex-recommended, texlive-fonts-recommended and lmodern); with --numbers it ends before that, with numbers.tex. A number that the record lacks, or a word
 * of the map that it does not confirm, is an error.
 */
const root = new URL('../../', import.meta.url);
const text = (file) => readFileSync(new URL(file, root), 'utf8');
const out = fileURLToPath(new URL('reports/paper/', root));

function fail(why) {
  process.stderr.write(`npm run paper: ${why}\n`);
  process.exit(1);
}

/** What stands on pages, for LaTeX; paper.tex declares the other signs. */
const latex = (words) =>
  words
    .replace(/[&%#]/g, '\\$&')
    .replace(/√(ln T|\w)/g, (_, under) => `$\\sqrt{${under.replace('ln', '\\ln')}}$`)
    .replace(/T\^\(−(\d)\/(\d)\)/g, '$$T^{-$1/$2}$$')
    .replace(/r_k/g, '$r_k$')
    .replace(/f\*/g, '$f^*$')
    .replace(/(?<![\w{\\$])[TBL](?![\w}$])/g, '$$$&$$');

/** T of Table 1: every counterexample has a row there, except one for small T alone. */
const mapT = 1024;

/** The number of a cell: one T, and the bounds as printed. What does without a hypothesis has a proof, and no number. */
function figureOf(cell, record) {
  if (cell.word !== 'needed' || cell.note?.startsWith('for T ≤ ')) return [];
  const claims = record.claims.map(({ evidence, ...claim }) => ({
    ...claim,
    evidence: { ...evidence, rows: evidence.rows?.filter(({ iterations }) => iterations === mapT) },
  }));
  const figure = largestIn(cell, { ...record, claims });
  if (figure === undefined) fail(`${cell.grounds[0].claim} has no row at T = ${mapT}`);
  return [latex(figure.replace(` at T = ${mapT}`, ''))];
}

function mapCell(cell, record) {
  const { standing } = judged(cell.grounds, record);
  if (standing !== 'confirmed') fail(`the run does not confirm “${cell.word}” (${cell.grounds[0].claim}): ${standing}`);
  const note = cell.note ? [`(${latex(cell.note)})`] : [];
  return [`\\emph{${cell.word}}`, ...figureOf(cell, record), ...note].join(' ');
}

/**
 * The lines of Table 1, as a record has them.
 * @public a test asks for them
 */
export const mapLines = (record) =>
  mapRows.map(({ name, theorems }) =>
    [latex(name), ...theorems.map((cell) => mapCell(cell, record))].join(' & ').concat('\\\\'),
  );

/** Lines of Figure 1: a claim, what its numbers are called before their T, and what is written beside the last point, this far right and up. */
const plotted = [
  ['theorem-1-sharp-tight', 'd = x², r_k of the same curvature, σ = 1, x⁰ = 1', '\\textup{A}, both terms', 2, 0],
  ['theorem-2-simple-tight', 'Δ: d = ½x², r = 0, x⁰ = (T − ½)γ', 'C, $\\Delta$', -30, -1.5],
  ['theorem-2-simple-tight', '‖L‖₁: d = r = ½x², x⁰ = γ/2', 'C, $\\|L\\|_1$', 1, -3],
  ['theorem-2-simple-tight', 'σ, B = T: events of probability 1 − 2^{−1/T}', 'C, $\\|\\sigma\\|_1$', 2, 0],
  [
    'theorem-1-sharp-tight',
    'Theorem 1 itself: d = ½x², r = 0, σ = 0, x⁰ = 1',
    'Theorem 1 as printed, $\\sigma=0$',
    2,
    0,
  ],
];

/** Place of a point in millimetres: T on a scale of powers of 2, left/bound from ½ to 1. */
const placeOf = ([T, ratio]) => [Math.log2(T) * 6, (ratio - 0.5) * 90].map((at) => at.toFixed(2)).join(',');

/** Figure 1 as LaTeX draws it without a package: left/bound over T, as a record has it. */
function plotLines(record) {
  const axes = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536].flatMap((T) => [
    `\\put(${placeOf([T, 0.5])}){\\line(0,-1){1}}\\put(${placeOf([T, 0.5])}){\\makebox(0,-7){$${T}$}}`,
  ]);
  const heights = [0.5, 0.6, 0.7, 0.8, 0.9, 1].map(
    (ratio) =>
      `\\put(${placeOf([1, ratio])}){\\color{grey}\\line(1,0){102}}\\put(-2,${placeOf([1, ratio]).split(',')[1]}){\\makebox(0,0)[r]{$${ratio}$}}`,
  );
  const curves = plotted.map(([id, name, label, right, up]) => {
    const measured = Object.entries(record.claims.find((claim) => claim.id === id)?.evidence.measured ?? {});
    const points = measured
      .filter(([key]) => key.startsWith(`${name}, T = `))
      .map(([key, ratio]) => [Number(key.slice(key.lastIndexOf('=') + 1)), ratio])
      .sort(([T], [other]) => T - other);
    if (points.length < 2) fail(`the run has no two numbers of ${id}, ${name}`);
    const segments = points.slice(1).map((end, at) => {
      const [from, to] = [placeOf(points[at]), placeOf(end)];
      return `\\qbezier(${from})(${from})(${to})`;
    });
    const dots = points.map((point) => `\\put(${placeOf(point)}){\\circle*{1.2}}`);
    const [x, y] = placeOf(points.at(-1)).split(',');
    return [
      ...segments,
      ...dots,
      `\\put(${Number(x) + right},${(Number(y) + up).toFixed(2)}){\\makebox(0,0)[l]{${label}}}`,
    ].join('');
  });
  return [...heights, ...axes, ...curves];
}

/**
 * The measured numbers of the paper: rounded to nearest, or downwards where it says "at least".
 * @public a test asks for them
 */
export function measuredOf(record) {
  /** The numbers of a claim whose names end so. */
  const numbers = (id, end) => {
    const measured = Object.entries(record.claims.find((claim) => claim.id === id)?.evidence.measured ?? {});
    const found = measured.filter(([name]) => name.endsWith(end)).map(([, value]) => value);
    if (found.length === 0) fail(`the run has no ${end} of ${id}: npm run verify judges all claims at depth standard`);
    return found;
  };
  const measured = (id, name) => {
    const [value] = numbers(id, name);
    return formatEnclosed([value, value]);
  };
  /** The smallest of them, which the paper calls "at least". */
  const least = (id, end) => formatOutwards(Math.min(...numbers(id, end)), 'down', 4);

  return {
    sharpOneTight: measured('theorem-1-sharp-tight', 'd = x², r_k of the same curvature, σ = 1, x⁰ = 1, T = 100000'),
    minimax: least('theorem-1-optimal-step-minimax', 'T = 1000000'),
    simpleDelta: measured('theorem-2-simple-tight', 'Δ: d = ½x², r = 0, x⁰ = (T − ½)γ, T = 256'),
    simpleCurvature: measured('theorem-2-simple-tight', '‖L‖₁: d = r = ½x², x⁰ = γ/2, T = 256'),
    simpleT: 256,
    noiseRatio: measured('theorem-2-noise-coefficient', 'E|G|/√v, B = 2²⁰, √v = 0.00390625, fall = 40 rises'),
    lowerBound: least('sign-prox-lower-bound', 'least of left/(‖L‖₁Δ‖σ‖₁²/N)^¼'),
  };
}

/** The macros of numbers.tex: every number of the paper that is not a constant of a theorem. */
function numbersOf(record) {
  const count = (outcome, verdict) =>
    record.claims.filter((claim) => claim.outcome === outcome && (!verdict || claim.evidence.verdict === verdict))
      .length;
  return {
    version: JSON.parse(text('package.json')).version,
    depth: record.depth,
    seed: record.seed,
    claims: record.claims.length,
    failed: count('fail'),
    needed: count('expected', 'needed'),
    trackRecord: recordSentence(),
    ...measuredOf(record),
    mapT,
    mapRows: mapLines(record).join('\n'),
    ratioPlot: plotLines(record).join('\n'),
  };
}

/** Lines of the files of Table 2. */
const lines = (...names) =>
  names.reduce((sum, name) => sum + coqFiles(new URL('theorems/coq/', root)).textOf(name).split('\n').length, 0);

function buildPaper() {
  if (!existsSync(new URL('reports/run.json', root))) fail('there is no reports/run.json: npm run verify writes it');
  const numbers = numbersOf(parseRunRecord(text('reports/run.json')));
  const files = {
    'theorem-1': lines('theorem_1'),
    'theorem-2': lines('theorem_2'),
    'convex-spgm': lines('convex_spgm'),
    'error-feedback': lines('error_feedback'),
    momentum: lines('momentum'),
    'smoothed-sign-prox': lines('smoothed_sign_prox'),
    'lower-bound': lines('lower_bound'),
    example: lines('example'),
    shared: lines('prelude', 'proximal_average', 'smooth_average'),
  };
  mkdirSync(out, { recursive: true });
  copyFileSync(new URL('docs/paper/paper.tex', root), `${out}paper.tex`);
  writeFileSync(
    `${out}numbers.tex`,
    [
      ...Object.entries(numbers).map(([name, value]) => `\\newcommand{\\${name}}{${value}}`),
      ...Object.entries(files).map(
        ([name, value]) => `\\expandafter\\newcommand\\csname coq ${name}\\endcsname{${value}}`,
      ),
      '\\newcommand{\\coqLines}[1]{\\csname coq #1\\endcsname}',
      '',
    ].join('\n'),
  );
  if (process.argv.includes('--numbers')) return;
  for (let pass = 0; pass < 2; pass++) {
    const { status, error, stdout } = spawnSync(
      'pdflatex',
      ['-interaction=nonstopmode', '-halt-on-error', 'paper.tex'],
      {
        cwd: out,
        encoding: 'utf8',
      },
    );
    if (error)
      fail('pdflatex is not installed: apt-get install texlive-latex-recommended texlive-fonts-recommended lmodern');
    if (status !== 0) fail(`pdflatex: ${/^!.*\n.*\n.*/m.exec(stdout)?.[0] ?? stdout.slice(-500)}`);
  }
  process.stdout.write('reports/paper/paper.pdf\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildPaper();
