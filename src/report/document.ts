import { formatNumber } from './wording/format-number.js';

/**
 * What a report says, whatever it is written in: words, blocks of them and sections. `html/blocks.ts` and `formats/markdown-blocks.ts` write it.
 */

/** How good something is at a glance. */
export type Tone = 'good' | 'note' | 'warn' | 'bad' | 'mute';

/** Words of a report; a string stands as it is. */
export type Words = string | number | Span | undefined | readonly Words[];

/** Words with a meaning that is not in their letters. */
export type Span =
  | { /** Formulas, with indices and powers set. */ readonly math: string }
  | { /** The statement of a claim, as it is typeset. */ readonly statement: string }
  | { readonly code: string }
  | { readonly strong: Words; readonly tone?: string }
  | { /** Words that stand on end above a narrow column. */ readonly upright: Words }
  | { /** Lines to copy, within words. */ readonly pre: string }
  | {
      /** A sign in a colour, with what it says to a pointer. */ readonly sign: string | number;
      readonly tone: string;
      readonly title?: string;
    }
  | { /** A sign to see, and what it means for screen readers. */ readonly seen: string; readonly aloud: string }
  | { /** Words on a new line. */ readonly below: Words }
  | { /** Words that matter less. */ readonly soft: Words }
  | {
      /** The id of a claim, which leads to its entry; what is said in its place. */
      readonly claim: string;
      readonly says?: Words;
      readonly badge?: Tone;
    }
  | {
      /** An anchor of the page. */
      readonly to: string;
      readonly says: Words;
      readonly badge?: Tone;
      /** The claims with this verdict, which alone it shows. */
      readonly verdict?: string;
    }
  | { readonly badge: Tone; readonly says: Words }
  | {
      /** Left/bound over T in a few pixels: beside a number, for those who see. */ readonly spark: readonly RatioLine[];
    };

/** Words beside their label; on a terminal what has no label goes on with the fact before it, and code alone stays on one line. */
export type Fact = readonly [label: string, text: Words];

/** What words say, without how they are shown. */
export function plainText(words: Words): string {
  if (typeof words !== 'object') return words === undefined ? '' : String(words);
  if ('length' in words) return words.map(plainText).join('');
  if ('spark' in words) return '';
  if ('below' in words) return `: ${plainText(words.below)}`;
  return plainText('says' in words ? words.says : (Object.values(words)[0] as Words));
}

/** T with left/bound, in the order of T. */
export type RatioLine = readonly (readonly [iterations: number, ratio: number])[];

/** A cell of a table: words, maybe with how they are shown. */
export type Cell = Words | StyledCell;

/** A cell with its class, or that spans several columns. */
export interface StyledCell {
  readonly cell: Words;
  readonly class?: string;
  /** What a pointer sees. */
  readonly title?: string;
  readonly span?: number;
  /** The name of its column, which stands before it where a row is one line. */
  readonly of?: string;
  /** Of a cell that names its row: the anchor, and what a search finds it by. */
  readonly id?: string;
  readonly find?: string;
}

/** Cells from the left, of which the first names the row. */
export type Row = readonly Cell[];

/** A table, with what it is called for screen readers. */
export interface Table {
  /** What it is, for screen readers. */
  readonly label: string;
  /** The class of the page's style. */
  readonly class?: string;
  readonly head?: Row;
  /** Rows under the names of their groups; without a name, alone. */
  readonly groups: readonly { readonly title?: Words; readonly rows: readonly Row[] }[];
  readonly foot?: Row;
}

/** A drawing with its description, which alone is read to those who do not see it. */
export type Chart = Drawing & {
  readonly label: string;
  readonly caption?: Words;
  /** The names of its lines, in the order of their marks. */
  readonly key?: readonly Words[];
};

/** What a chart shows: data that `charts/drawing.ts` draws, or an SVG document without ids. */
export type Drawing =
  | { readonly ratios: RatioChart }
  | { readonly curves: CurveChart }
  | { readonly strip: StripChart }
  | { readonly svg: string };

/** Left/bound over T: at most eight lines, with a rule at 1, above which a bound is refuted. */
export interface RatioChart {
  readonly title?: string;
  /** What the ratios are; default: left / bound by T. */
  readonly subtitle?: string;
  readonly lines: readonly RatioLine[];
  /** Whether the marks of a line are joined: not where each is about another instance. Default: they are. */
  readonly joined?: boolean;
  /** All T of the axis, from the smallest; default: those of the lines. */
  readonly iterations?: readonly number[];
  /** The ends of a logarithmic axis, at the lower of which smaller ratios stand; default: linear, from 0 to the largest and at least to 1. */
  readonly range?: readonly [bottom: number, top: number];
}

/** Curves over an axis, such as left sides against the size of the noise. */
export interface CurveChart {
  readonly title?: string;
  readonly subtitle?: string;
  /** Of the plot without its labels, in pixels. */
  readonly size: readonly [width: number, height: number];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** A height with a dashed rule, such as that of a bound. */
  readonly limit: number;
  /** Lines through marks, which differ in colour and shape. */
  readonly curves: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Whether the marks of a curve are joined; default: they are. */
  readonly joined?: boolean;
}

/** One axis of curves. */
export interface ChartAxis {
  readonly title?: string;
  readonly ends: readonly [from: number, to: number];
  readonly logarithmic?: boolean;
  /** Default: about five, or powers of ten on a logarithmic axis. */
  readonly ticks?: readonly number[];
  /** The words at a tick; default: the number with four digits. */
  readonly label?: (tick: number) => string;
}

/** How far a bound is from what is attained: parts of it on an axis from 0 to 1, where it stands itself. */
export interface StripChart {
  /** What the parts are parts of. */
  readonly title: string;
  /** What stands at 1. */
  readonly bound: string;
  /** A smaller bound. */
  readonly sharp: { readonly name: string; readonly part: number };
  /** The left sides of a family of instances. */
  readonly family: RatioLine;
}

/** One block of a section, as HTML and Markdown show it. */
export type Block =
  | { readonly paragraph: Words; readonly class?: string }
  | { readonly heading: Words /** Of a part of an entry. */; readonly minor?: true }
  | { readonly list: readonly Words[]; readonly class?: string }
  | { readonly facts: readonly Fact[] }
  | { readonly table: Table }
  | { /** Lines to copy. */ readonly pre: string }
  | { /** Charts beside each other. */ readonly panels: readonly Chart[] }
  | { readonly chart: Chart }
  | { readonly card: readonly Block[]; readonly class?: string }
  | { readonly group: readonly Block[]; readonly class?: string }
  | { /** Kept apart in a small page until what they stand in is opened. */ readonly apart: readonly Block[] }
  | Details;

/** Blocks that open when their summary is clicked. */
export interface Details {
  /** A heading before the summary. */
  readonly title?: Words;
  readonly summary: Words;
  readonly details: readonly Block[];
  readonly class?: string;
  readonly id?: string;
  /** What a search finds it by. */
  readonly find?: string;
  readonly open?: boolean;
}

/** A section of a report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Its other entries in the contents. */
  readonly below?: readonly { readonly id: string; readonly title: string; readonly count?: number }[];
  readonly blocks: readonly Block[];
  /** Present if only its title is shown at first: `apart`, what is in it is kept apart until it is opened; `here`, it can be searched before. */
  readonly closed?: 'apart' | 'here';
}

/** A table of one group. */
export const tableOf = (
  label: string,
  head: Row | undefined,
  rows: readonly Row[],
  style?: string,
): { readonly table: Table } => ({
  table: { label, groups: [{ rows }], ...(head && { head }), ...(style !== undefined && { class: style }) },
});

/** Left/bound: the fuller its cell, the closer the left side is to its bound. Empty if there is none. */
export const heatCell = (ratio: number | undefined): Cell =>
  ratio === undefined ? '' : { cell: formatNumber(ratio), class: `number h${Math.min(10, Math.floor(10 * ratio))}` };
