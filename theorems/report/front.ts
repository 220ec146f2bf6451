import type { RunRecord } from '../../src/library/guard.js';
import {
  type Block,
  badge,
  boundRatio,
  type Cell,
  formatEnclosed,
  formatInterval,
  iterationLabel,
  kindOf,
  ratioInterval,
  ratioLines,
  type Section,
  type Tone,
} from '../../src/library/report.js';
import type { BoundRow } from '../../src/library/theorems.js';
import { type Ground, groundRows, judged, type MapCell, mapRows, type Need } from './map.js';

const tones: Readonly<Record<Need, Tone>> = {
  needed: 'warn',
  'not needed': 'good',
  corrected: 'note',
  open: 'mute',
};

/** What each theorem needs, with the counterexamples, and how far its bound is from what is attained; undefined if the run judged none of it. */
export function mapSection(record: RunRecord): Section | undefined {
  const cells = mapRows.flatMap(({ theorems }) => theorems);
  if (cells.every(({ grounds }) => judged(grounds, record).standing === 'not run')) return undefined;
  const rows = mapRows.map(({ name, theorems }) => [{ math: name }, ...theorems.map((cell) => mapCell(cell, record))]);
  const head = ['hypothesis or choice', 'Theorem 1, SPGM', 'Theorem 2, signProx'];
  const paragraph =
    'Click a badge for its example. A line shows the true value divided by the bound as T grows; above the dashed line the theorem is broken. The number is the largest: exact, enclosed, or a 99.9 % interval.';
  const table = { label: 'what each theorem needs', class: 'map', head, groups: [{ rows }] };
  return {
    id: 'map',
    title: 'What the theorems need',
    blocks: [
      {
        card: [
          { group: [{ paragraph, class: 'soft' }, { table }] },
          { group: [1, 2].flatMap((theorem) => strip(theorem, record)), class: 'strips' },
        ],
        class: 'front',
      },
    ],
  };
}

function mapCell({ word, note, grounds }: MapCell, record: RunRecord): Cell {
  const { standing, claims } = judged(grounds, record);
  if (standing === 'not run') return { badge: 'mute', says: 'not run' };
  if (standing === 'not confirmed') {
    const wrong = claims.filter((claim) => {
      const own = grounds.filter((ground) => ground.claim === claim.id);
      return judged(own, { claims: [claim] }).standing !== 'confirmed';
    });
    return [wrong.map((claim) => [{ claim: claim.id, ...badge(claim) }, ' ']), { soft: `“${word}” is not confirmed` }];
  }
  const drawn = drawnGround({ word, grounds });
  const lines = ratioLines(groundRows(drawn, claims.find(({ id }) => id === drawn.claim)!));
  const largest = largestIn({ word, grounds }, record);
  return [
    { claim: grounds[0]!.claim, badge: tones[word], says: word },
    lines.length === 0 ? undefined : [' ', { spark: lines }],
    largest === undefined ? undefined : [' ', { soft: largest }],
    note === undefined ? undefined : { below: { soft: { math: note } } },
  ];
}

/** The ground whose left/bound a cell shows. */
const drawnGround = ({ word, grounds }: Pick<MapCell, 'word' | 'grounds'>): Ground =>
  grounds.find(({ found }) => found === (word === 'needed' || word === 'open' ? 'needed' : 'holds'))!;

/** The largest left/bound of a cell that the run confirms, in words; undefined without rows. */
export function largestIn(cell: MapCell, { claims }: RunRecord): string | undefined {
  const drawn = drawnGround(cell);
  return extreme(drawn, groundRows(drawn, claims.find(({ id }) => id === drawn.claim)!));
}

/**
 * The largest left/bound in words, with its kind: `3.3 at T = 100, exact`, or `0.86, enclosed`, and of which bound if it is not the paper's; undefined
 * without rows. Of replicates it is an interval. A counterexample is the row that exceeds its bound most for sure, and what holds the one that may come
 * nearest.
 */
function extreme({ found, bound }: Ground, rows: readonly BoundRow[]): string | undefined {
  if (rows.length === 0) return undefined;
  const end = found === 'holds' ? 1 : 0;
  const worst = rows.reduce((most, row) => (ratioInterval(row)[end] > ratioInterval(most)[end] ? row : most));
  const kind = kindOf(worst);
  const interval = ratioInterval(worst);
  const ratio = kind === 'interval' ? formatInterval(interval) : formatEnclosed(interval, 3);
  const of = bound === undefined ? '' : ` of ${bound}`;
  return found === 'holds'
    ? `${ratio}${of}, ${kind}`
    : `${ratio}${of} at T = ${iterationLabel(worst.iterations)}, ${kind}`;
}

/** The family of instances that comes nearest to the bound of a theorem of the paper, as an axis from 0 to 1. */
function strip(theorem: number, { claims }: RunRecord): Block[] {
  const claim = claims.find(({ id, outcome }) => id === `theorem-${theorem}-sharp-tight` && outcome === 'pass');
  const prefix = `Theorem ${theorem} itself: `;
  const rows = (claim?.evidence.rows ?? []).filter(({ instance }) => instance.startsWith(prefix));
  const last = rows.at(-1);
  if (claim === undefined || last?.sharpBound === undefined) return [];
  const part = last.sharpBound / last.bound;
  const [sharp, best] = [part, boundRatio(last)].map((value) => value.toFixed(3));
  const chart = {
    label: `axis from 0 to 1: bound of the paper 1, sharpened bound ${sharp}, left side ${best}`,
    strip: {
      title: 'as parts of the paper’s bound',
      bound: 'paper',
      sharp: { name: 'sharpened', part },
      family: rows.map((row) => [row.iterations, boundRatio(row)] as const),
    },
    caption: [
      'On ',
      { math: last.instance.slice(prefix.length) },
      ` at T = ${iterationLabel(last.iterations)}`,
      ` the sharpened bound is ${sharp} of the paper's, and the left side ${best} of it: `,
      { claim: claim.id },
      '.',
    ],
  };
  return [{ group: [{ heading: `Theorem ${theorem}` }, { chart }] }];
}
