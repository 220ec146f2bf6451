import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaleLog } from 'd3-scale';
import { chartColours } from '../dist/src/report/charts/chart-colours.js';
import { lineMark, pointMarks } from '../dist/src/report/charts/marks.js';
import { chartFont, plotSvg } from '../dist/src/report/charts/plot.js';
import { kernelLeftSide } from '../dist/src/theory/left-side/monte-carlo-kernel.js';
import { theorem1 } from '../dist/theorems/theorem-1/theorem-1.js';
import { theorem2 } from '../dist/theorems/theorem-2/theorem-2.js';
import { dark } from '../src/tools/draw-charts.mjs';
import { here } from './harness.mjs';

/** What is kept while one quantity changes; B is T for signProx, as in theorem 2, and 1 for SPGM, as in theorem 1. */
const usual = { n: 10, K: 20, T: 1000 };
const panels = [
  { field: 'T', title: 'iterations T', values: [100, 200, 500, 1000, 2000, 5000, 10_000] },
  { field: 'n', title: 'coordinates n', values: [1, 2, 5, 10, 20, 50, 100] },
  { field: 'K', title: 'components K', values: [2, 5, 10, 20, 50, 100, 200] },
  { field: 'B', title: 'mini-batch B (T = 1000)', values: [50, 100, 200, 500, 1000, 2000, 5000] },
];
const algorithms = { SPGM: theorem1, signProx: theorem2 };

function leftSide(theorem, { n, K, T, B }) {
  const curvature = Array.from({ length: n }, (_, i) => 0.5 + (i % 10) / 10);
  const schedule = theorem.schedule(T, {
    lipschitz: Math.max(...curvature),
    coordinateLipschitz: Float64Array.from(curvature),
  });
  return kernelLeftSide(theorem, {
    problem: {
      smooth: { type: 'quadratic', curvature, center: curvature.map((a) => a / 2) },
      functions: Array.from({ length: K }, (_, k) => ({
        type: 'linear',
        coefficients: curvature.map((_, i) => (((k * 7 + i * 3) % 11) - 5) / 4),
      })),
      probabilities: Array.from({ length: K }, () => 1 / K),
    },
    start: curvature.map(() => 1),
    iterations: T,
    ...{ seed: '1', check: 'cost', version: 1, signOfZero: 'zero' },
    ...schedule,
    ...(B !== undefined && { miniBatch: B }),
  });
}

/** CPU milliseconds of one replicate: the least of a few rounds, because other work on the machine only ever adds. */
function cost(theorem, size) {
  const left = leftSide(theorem, size);
  let index = 0;
  const round = (count) => {
    const start = process.cpuUsage();
    for (let r = 0; r < count; r++) left(index++);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3 / count;
  };
  // Tables of counts are made when they are first met: most of them in the first half second.
  const end = process.cpuUsage().user + 5e5;
  while (process.cpuUsage().user < end) round(1);
  const count = Math.max(1, Math.round(20 / round(1)));
  return Math.min(...Array.from({ length: 7 }, () => round(count)));
}

function measure() {
  return panels.flatMap(({ field, values }) =>
    values.flatMap((value) =>
      Object.entries(algorithms)
        .filter(([name]) => field !== 'B' || name === 'signProx')
        .map(([algorithm, theorem]) => ({
          field,
          value,
          algorithm,
          milliseconds: cost(theorem, { ...usual, [field]: value }),
        })),
    ),
  );
}

const [width, height, gap] = [250, 210, 24];
const colours = { SPGM: chartColours.left.light, signProx: chartColours.bound.light };
const ticks = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** One panel: cost over the quantity that changes, both axes logarithmic. */
function panel({ field, title, values }, rows, [lowest, highest]) {
  const x = { scale: scaleLog([values[0] / 1.2, values.at(-1) * 1.2], [0, width]), ticks: values, title };
  const y = {
    scale: scaleLog([lowest, highest], [height, 0]),
    ticks: ticks.filter((tick) => tick >= lowest && tick <= highest),
    title: 'CPU time of one replicate, ms',
  };
  const marks = Object.entries(colours).flatMap(([algorithm, colour]) => {
    const places = rows
      .filter((row) => row.field === field && row.algorithm === algorithm)
      .map((row) => [x.scale(row.value), y.scale(row.milliseconds)]);
    const points = pointMarks(places, 'circle', 45, { fill: colour });
    return [lineMark(places, { colour, width: 2 }), points];
  });
  return plotSvg({ ...{ width, height, x, y, marks }, title: [] });
}

/** The four panels, two beside each other, below the names of the algorithms. */
function chart(rows) {
  const heights = rows.map((row) => row.milliseconds);
  const range = [Math.min(...heights) / 1.3, Math.max(...heights) * 1.3];
  const drawn = panels.map((one) => panel(one, rows, range));
  const sizes = drawn.map((svg) => / width="(\d+)" height="(\d+)"/.exec(svg).slice(1).map(Number));
  const [wide, tall] = [0, 1].map((side) => Math.max(...sizes.map((size) => size[side])) + gap);
  const names = Object.entries(colours).map(
    ([name, colour], k) =>
      `<circle cx="${gap + 110 * k}" cy="${gap}" r="5" fill="${colour}"/><text x="${gap + 12 + 110 * k}" y="${gap + 5}" font-size="13" fill="${chartColours.text.light}">${name}</text>`,
  );
  const placed = drawn.map((svg, k) =>
    svg.replace('<svg ', `<svg x="${gap / 2 + (k % 2) * wide}" y="${2 * gap + Math.floor(k / 2) * tall}" `),
  );
  const [all, high] = [2 * wide + gap, 2 * tall + 2 * gap];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${all}" height="${high}" viewBox="0 0 ${all} ${high}" font-family="${chartFont}">${dark}`,
    `<rect width="${all}" height="${high}" fill="${chartColours.background.light}"/>`,
    ...names,
    ...placed,
    '</svg>',
  ].join('\n');
}

/** Measures how the cost of a replicate grows, and draws bench/cost.svg. */
export function drawCost() {
  const rows = measure();
  console.log('\nCPU time of one replicate, ms');
  for (const { field, value, algorithm, milliseconds } of rows) {
    console.log(`  ${algorithm}, ${field} = ${value}: ${milliseconds.toPrecision(3)}`);
  }
  const file = join(here, 'cost.svg');
  writeFileSync(file, `${chart(rows)}\n`);
  console.log(`drawn in ${file}`);
}
