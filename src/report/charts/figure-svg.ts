import type { Config, TopLevelSpec } from 'vega-lite';
import { plural } from '../../claims/plural.js';
import type { BySetting, FigureBand, FigureImage, FigureRecord } from '../record/figure-record.js';
import { formatNumber } from '../wording/format-number.js';
import { chartColours } from './chart-colours.js';
import { chartStyle, renderChart } from './chart-style.js';
import { grayPng } from './figure-png.js';

const font = 'DejaVu Sans, Verdana, Arial, sans-serif';
const plotWidth = 392;
const plotHeight = 250;
const lineWidth = 2;
const imageSize = 210;
const margin = 24;
const pageWidth = 1000;

/** Letters large enough for a page whose width the figure fills. */
const printStyle: Config = {
  ...chartStyle,
  title: { ...chartStyle.title, fontSize: 15, offset: 0 },
  axis: { ...chartStyle.axis, labelFontSize: 13, titleFontSize: 14 },
};

type Setting = keyof BySetting<unknown>;

const algorithms = [
  { key: 'spgm', name: 'SPGM', colour: chartColours.bound.light, dash: [6, 3] },
  { key: 'sign-prox', name: 'signProx', colour: chartColours.left.light, dash: [1, 0] },
] as const;

/**
 * Figure 1 of the paper as one SVG: panels (a) and (b) show the normalised objective against the iteration for dense and sparse
 * noise, median over the seeds with the band from smallest to largest; (c)–(f) show the outputs of SPGM (c, e) and signProx (d, f).
 */
export async function figureSvg(record: FigureRecord): Promise<string> {
  const limits = verticalLimits(record);
  const [dense, sparse] = [
    await renderChart(convergencePlot(record, 'dense', limits)),
    await renderChart(convergencePlot(record, 'sparse', limits)),
  ];
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
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${height}" viewBox="0 0 ${pageWidth} ${height}" font-family="${font}">`,
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

/** What the band shows: a range that is nowhere wider than its line cannot be seen. */
function spreadText({ seeds, bands }: FigureRecord, [lowest, highest]: readonly [number, number]): string {
  const pixelsPerDecade = plotHeight / Math.log10(highest / lowest);
  const visible = Object.values(bands).some(({ lower, upper }: FigureBand) =>
    upper.some((value, t) => !(pixelsPerDecade * Math.log10(value / lower[t]!) <= lineWidth)),
  );
  return `${plural(seeds.length, 'seed')} of the noise: median and range${visible ? '' : ', which the line hides'}`;
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

/** An expression that writes a tick as a power of ten. */
function powersOfTen(limits: readonly [number, number]): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const labels = decades(limits).map((value) => {
    const exponent = Math.round(Math.log10(value));
    return [exponent, `10${exponent < 0 ? '⁻' : ''}${digits[Math.abs(exponent)]}`];
  });
  return `${JSON.stringify(Object.fromEntries(labels))}[round(log(datum.value) / LN10)]`;
}

function convergencePlot(record: FigureRecord, noise: 'dense' | 'sparse', limits: [number, number]): TopLevelSpec {
  const clamp = (value: number): number => Math.min(limits[1], Math.max(limits[0], value));
  const x = {
    field: 't',
    type: 'quantitative' as const,
    title: 'iteration t',
    scale: { domain: [0, record.iterations], nice: false },
    axis: { grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    title: '(f(xᵗ) − f*) / (f(x⁰) − f*)',
    scale: { type: 'log' as const, domain: limits, nice: false },
    axis: { labelExpr: powersOfTen(limits), values: decades(limits) },
  };
  const layers = algorithms.flatMap(({ key, colour, dash }) => {
    const band = record.bands[`${key}-${noise}`];
    const values = band.median.map((median, t) => ({
      t,
      median: clamp(median),
      lower: clamp(band.lower[t]!),
      upper: clamp(band.upper[t]!),
    }));
    return [
      {
        data: { values },
        mark: { type: 'area' as const, color: colour, opacity: 0.2 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: { values },
        mark: { type: 'line' as const, color: colour, strokeWidth: lineWidth, strokeDash: [...dash] },
        encoding: { x, y: { ...y, field: 'median' } },
      },
    ];
  });
  const density = noise === 'dense' ? 1 : record.density;
  return {
    width: plotWidth,
    height: plotHeight,
    title: { text: `${noise === 'dense' ? '(a)' : '(b)'}  ${noise} noise, ρ = ${density}`, anchor: 'start' },
    layer: layers,
    config: printStyle,
  };
}

function legend(record: FigureRecord, x: number, y: number): string {
  const entry = (index: number, name: string, colour: string, dash: readonly number[], steps: string): string => {
    const left = x + 40 + index * 470;
    return (
      `<line x1="${left}" x2="${left + 34}" y1="${y - 4}" y2="${y - 4}" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash.join(' ')}"/>` +
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
