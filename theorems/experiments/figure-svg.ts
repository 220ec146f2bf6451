import { scaleLinear, scaleLog } from 'd3-scale';
import {
  bandMark,
  chartColours,
  chartFont,
  formatNumber,
  formatPower,
  lineMark,
  plotSvg,
  ruleMark,
} from '../../src/library/report.js';
import { grayPng } from './figure-png.js';
import type { BySetting, FigureBand, FigureImage, FigureRecord } from './figure-record.js';

const plotWidth = 392;
const plotHeight = 250;
const lineWidth = 2;
const imageSize = 210;
const margin = 24;
const pageWidth = 1000;

/** Large enough for a page whose width the figure fills. */
const letters = { title: 15, axis: 14, label: 13 };

type Setting = keyof BySetting<unknown>;

const algorithms = [
  { key: 'spgm', name: 'SPGM', colour: chartColours.bound.light, dash: [6, 3] },
  { key: 'sign-prox', name: 'signProx', colour: chartColours.left.light, dash: [1, 0] },
] as const;

/**
 * Figure 1 of the paper as one SVG: panels (a) and (b) show the normalised objective against the iteration for dense and sparse
 * noise, median over the seeds with the band from smallest to largest; (c)–(f) show the outputs of SPGM (c, e) and signProx (d, f).
 */
export function figureSvg(record: FigureRecord): string {
  const limits = verticalLimits(record);
  const [dense, sparse] = [convergencePlot(record, 'dense', limits), convergencePlot(record, 'sparse', limits)];
  const top = 80;
  const legendAt = top + heightOf(dense) + 22;
  const imageTop = legendAt + 26;
  const height = imageTop + imageSize + 96;
  const column = (index: number): number => margin + index * ((pageWidth - 2 * margin - imageSize) / 3);
  const panels: readonly [string, string, Setting][] = [
    ['(c)', 'SPGM, dense', 'spgm-dense'],
    ['(d)', 'signProx, dense', 'sign-prox-dense'],
    ['(e)', 'SPGM, sparse', 'spgm-sparse'],
    ['(f)', 'signProx, sparse', 'sign-prox-sparse'],
  ];
  const { side, measurements, weight } = record.problem;
  const runs = record.seeds.length === 1 ? 'one seed of the noise' : spreadText(record, limits);
  const reading = record.reading === 'total' ? 'total variance ρσₑ² = (γσ)²' : 'deviation of the hit entries σₑ = γσ';
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${height}" viewBox="0 0 ${pageWidth} ${height}" font-family="${chartFont}">`,
    `<rect width="${pageWidth}" height="${height}" fill="#ffffff"/>`,
    text(
      margin,
      26,
      17,
      'bold',
      `Phase retrieval with total variation: SPGM and signProx, ${side}×${side}, m = ${measurements}`,
    ),
    text(
      margin,
      46,
      14,
      'normal',
      `λ = ${formatNumber(weight)}, σ = ${record.sigma}, ρ = ${record.density} when sparse, ${reading}`,
    ),
    text(margin, 66, 14, 'normal', runs),
    nested(dense, margin, top),
    nested(sparse, margin + pageWidth / 2 - 12, top),
    legend(record, margin, legendAt),
    ...panels.map(([label, title, setting], index) =>
      imagePanel(record.images[setting], column(index), imageTop, label, title, record.steps[setting]),
    ),
    '</svg>',
  ].join('\n')}\n`;
}

/** The caption of the band; a range that is nowhere wider than its line is invisible. */
function spreadText({ seeds, bands }: FigureRecord, [lowest, highest]: readonly [number, number]): string {
  const pixelsPerDecade = plotHeight / Math.log10(highest / lowest);
  const visible = Object.values(bands).some(({ lower, upper }: FigureBand) =>
    upper.some((value, t) => !(pixelsPerDecade * Math.log10(value / lower[t]!) <= lineWidth)),
  );
  return `${seeds.length} seeds of the noise: median and range${visible ? '' : ', which the line hides'}`;
}

/** Powers of ten around every finite positive value, so that both plots share one axis. */
function verticalLimits(record: FigureRecord): [number, number] {
  const values = Object.values(record.bands).flatMap(({ lower, upper }: FigureBand) => [...lower, ...upper]);
  const shown = values.filter((value) => value > 0 && Number.isFinite(value));
  const lowest = Math.max(1e-6, Math.min(...shown));
  const highest = Math.min(1e2, Math.max(...shown));
  return [10 ** Math.floor(Math.log10(lowest)), 10 ** Math.ceil(Math.log10(highest))];
}

function decades([lowest, highest]: readonly [number, number]): number[] {
  const count = Math.round(Math.log10(highest / lowest));
  return Array.from({ length: count + 1 }, (_, j) => lowest * 10 ** j);
}

function convergencePlot(record: FigureRecord, noise: 'dense' | 'sparse', limits: [number, number]): string {
  const scale = scaleLinear([0, record.iterations], [0, plotWidth]);
  const x = { scale, ticks: scale.ticks(10), title: 'iteration t' };
  const y = {
    scale: scaleLog(limits, [plotHeight, 0]).clamp(true),
    ticks: decades(limits),
    label: (tick: number) => formatPower(10, Math.round(Math.log10(tick))),
    title: '(f(xᵗ) − f*) / (f(x⁰) − f*)',
  };
  const marks = algorithms.flatMap(({ key, colour, dash }) => {
    const { median, lower, upper } = record.bands[`${key}-${noise}`];
    // A logarithmic axis has no 0.
    const height = (value: number): number => y.scale(Math.max(limits[0], value));
    return [
      bandMark(
        median.map((_, t) => ({ x: x.scale(t), lower: height(lower[t]!), upper: height(upper[t]!) })),
        colour,
      ),
      lineMark(
        median.map((value, t) => [x.scale(t), height(value)] as const),
        { colour, width: lineWidth, dash },
      ),
    ];
  });
  const density = noise === 'dense' ? 1 : record.density;
  const title = [`${noise === 'dense' ? '(a)' : '(b)'}  ${noise} noise, ρ = ${density}`];
  return plotSvg({ ...{ title, x, y, marks, letters }, width: plotWidth, height: plotHeight });
}

function legend(record: FigureRecord, x: number, y: number): string {
  const entry = (index: number, name: string, colour: string, dash: readonly number[], steps: string): string => {
    const left = x + 40 + index * 470;
    return (
      ruleMark([left, y - 4], [left + 34, y - 4], { colour, width: 2.5, dash }) +
      text(left + 42, y, 14, 'normal', `${name}, ${steps}`)
    );
  };
  return algorithms
    .map(({ key, name, colour, dash }, index) => {
      const [dense, sparse] = [record.steps[`${key}-dense`], record.steps[`${key}-sparse`]];
      return entry(index, name, colour, dash, `γ = ${formatNumber(dense)} dense, ${formatNumber(sparse)} sparse`);
    })
    .join('');
}

function imagePanel(image: FigureImage, x: number, y: number, label: string, title: string, step: number): string {
  const data = Buffer.from(
    grayPng(image.pixels, image.side, image.side, Math.ceil((2 * imageSize) / image.side)),
  ).toString('base64');
  return (
    `<image x="${x}" y="${y}" width="${imageSize}" height="${imageSize}" style="image-rendering:pixelated" href="data:image/png;base64,${data}"/>` +
    text(x, y + imageSize + 22, 15, 'bold', `${label}  ${title}`) +
    text(x, y + imageSize + 42, 14, 'normal', `relative error ${image.relativeError.toFixed(3)}`) +
    text(x, y + imageSize + 61, 14, 'normal', `γ = ${formatNumber(step)}`)
  );
}

function text(x: number, y: number, size: number, weight: 'bold' | 'normal', content: string): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${chartColours.text.light}">${content}</text>`;
}

/** Height of a chart with its title and axes. */
function heightOf(svg: string): number {
  return Number(/ height="([\d.]+)"/.exec(svg)![1]);
}

/** A chart's SVG placed inside another at (x, y). */
function nested(svg: string, x: number, y: number): string {
  return svg.replace('<svg ', `<svg x="${x}" y="${y}" `);
}
