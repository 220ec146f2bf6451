import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { z } from 'zod';
import { type CommandTools, formatNumber, stableJson } from '../../src/library/report.js';
import { type CurveResult, type FigureCurve, type FigureProblem, fullCurve } from './figure-curve.js';
import { pngRendererMissing, svgToPng } from './figure-png.js';
import type { FigureRecord } from './figure-record.js';
import {
  bestSteps,
  candidateSteps,
  type FigureSteps,
  figureCurves,
  foldCurves,
  performanceOf,
  type Setting,
  searchCurves,
  settings,
  storedSteps,
} from './figure-runs.js';
import { figureSvg } from './figure-svg.js';
import { type Reading, readings } from './readings.js';

/** Options of `signprox figure`. */
export interface FigureOptions {
  readonly size: number;
  readonly measurements: number;
  readonly iterations: number;
  readonly seeds: number;
  readonly seed: string;
  readonly weight: number;
  readonly reading: Reading | 'both';
  readonly search?: true;
  readonly out: string;
  readonly workers: number;
}

const sigma = 0.1;
const sparseDensity = 0.1;
const task = new URL('figure-task.js', import.meta.url).href;

/** Figure 1 of the paper, from the measurements to the composed picture; the exit code. */
export async function drawFigures(options: FigureOptions, tools: CommandTools, signal: AbortSignal): Promise<number> {
  const problem: FigureProblem = {
    side: options.size,
    measurements: options.measurements,
    weight: options.weight,
    seed: options.seed,
  };
  await tools.requireWritable(options.out);
  await tools.makeDirectory(options.out);
  const full = fullCurve(problem);
  const wanted = options.reading === 'both' ? readings : [options.reading];
  const { steps, choice, infimum: searched } = await chooseSteps(options, problem, tools, signal);
  const seeds = Array.from({ length: options.seeds }, (_, index) => `${options.seed}.${index}`);
  const plans = wanted.map((reading) => ({
    ...{ problem, reading, sigma, iterations: options.iterations, seeds },
    steps: steps[reading],
  }));
  // Dense noise is the same under both readings: what two figures share is run once.
  const curves = unique([...(searched === undefined ? [full] : []), ...plans.flatMap(figureCurves)]);
  const results = await run(curves, 'curves', options, tools, signal);
  const infimum = searched ?? lowest(results.get(JSON.stringify(full))!);
  const drawn: boolean[] = [];
  for (const plan of plans) {
    const own = figureCurves(plan).map((curve) => results.get(JSON.stringify(curve))!);
    const record: FigureRecord = {
      ...plan,
      ...foldCurves(plan, own, infimum),
      density: sparseDensity,
      stepChoice: choice,
      infimum,
    };
    drawn.push(await writeFigure(record, options.out, tools));
  }
  if (drawn.includes(false)) process.stderr.write(`signprox: ${pngRendererMissing}\n`);
  return 0;
}

/** f* of the figure: the objective at the end of the full reconstruction. */
function lowest({ objectives }: CurveResult): number {
  return objectives.at(-1)!;
}

function unique(curves: readonly FigureCurve[]): FigureCurve[] {
  return [...new Map(curves.map((curve) => [JSON.stringify(curve), curve])).values()];
}

/** Refuses a size whose matrix H, which every worker thread builds for itself, does not fit into the memory there is. */
function requireMemory(
  { size, measurements, workers }: FigureOptions,
  curves: number,
  { usageError }: CommandTools,
): void {
  const threads = Math.max(1, Math.min(workers, curves));
  const bytes = 8 * measurements * size ** 2;
  const limit = process.constrainedMemory?.() || Infinity;
  const memory = Math.min(totalmem(), limit);
  if (threads * bytes < memory) return;
  const gigabytes = (count: number): string => `${formatNumber(count / 2 ** 30)} GiB`;
  throw usageError(
    `the matrix of ${measurements} × ${size}² numbers takes ${gigabytes(bytes)} in ${threads === 1 ? 'one thread' : `each of ${threads} worker threads`}, and this machine has ${gigabytes(memory)}: give a smaller --size or --measurements${bytes < memory ? ', or fewer --workers' : ''}`,
  );
}

async function run(
  curves: readonly FigureCurve[],
  what: string,
  options: FigureOptions,
  tools: CommandTools,
  signal: AbortSignal,
): Promise<Map<string, CurveResult>> {
  requireMemory(options, curves.length, tools);
  const bar = process.stderr.isTTY
    ? new cliProgress.SingleBar({
        stream: process.stderr,
        format: `{bar} {value}/{total} ${what}`,
        barsize: 24,
        clearOnComplete: true,
      })
    : undefined;
  bar?.start(curves.length, 0);
  try {
    const results = await tools.runTasks<FigureCurve, CurveResult>(task, curves, {
      workers: options.workers,
      signal,
      onProgress: (finished, total) => {
        if (bar) bar.update(finished);
        else process.stderr.write(`${what}: ${finished}/${total}\n`);
      },
    });
    return new Map(curves.map((curve, index) => [JSON.stringify(curve), results[index]!]));
  } finally {
    bar?.stop();
  }
}

const stepsOfReading = z.object(Object.fromEntries(settings.map((setting) => [setting, z.number().positive()])));
const cacheSchema = z.object({ key: z.string(), total: stepsOfReading, entry: stepsOfReading, infimum: z.number() });

/** The stored steps of the paper's size, or those of a search that is cached beside the figure. */
async function chooseSteps(
  options: FigureOptions,
  problem: FigureProblem,
  tools: CommandTools,
  signal: AbortSignal,
): Promise<{ steps: Record<Reading, FigureSteps>; choice: string; infimum?: number }> {
  if (options.search !== true) {
    return {
      steps: storedSteps,
      choice: "stored: found by `signprox figure --search` at the paper's size, seed 1, T = 400",
    };
  }
  const choice = `search over γ = 0.4·2^(−j/2) (SPGM) and 0.008·2^(−j/2) (signProx) for the smallest mean normalised objective over the last tenth of ${options.iterations} ${options.iterations === 1 ? 'iteration' : 'iterations'}`;
  const key = JSON.stringify({ problem, sigma, sparseDensity, iterations: options.iterations });
  const path = join(options.out, 'steps.json');
  const cached = await readCache(path);
  if (cached?.key === key)
    return { steps: cached as unknown as Record<Reading, FigureSteps>, choice, infimum: cached.infimum };
  const full = fullCurve(problem);
  const candidates = searchCurves({
    problem,
    sigma,
    iterations: options.iterations,
    noiseSeed: `${options.seed}.search`,
  });
  const results = await run(
    unique([full, ...candidates.map(({ curve }) => curve)]),
    'step search',
    options,
    tools,
    signal,
  );
  const infimum = lowest(results.get(JSON.stringify(full))!);
  const stepsOf = (reading: Reading): FigureSteps => {
    const performances = Object.fromEntries(settings.map((setting) => [setting, [] as number[]])) as Record<
      Setting,
      number[]
    >;
    for (const { reading: own, setting, curve } of candidates) {
      if (own === reading)
        performances[setting].push(performanceOf(results.get(JSON.stringify(curve))!.objectives, infimum));
    }
    warnAtEnd(reading, performances);
    return bestSteps(performances);
  };
  const steps = { total: stepsOf('total'), entry: stepsOf('entry') };
  await tools.writeWhole(path, stableJson({ key, ...steps, infimum }));
  return { steps, choice, infimum };
}

/** A best step at the end of its grid may not be the best: said, not hidden. */
function warnAtEnd(reading: Reading, performances: Readonly<Record<Setting, readonly number[]>>): void {
  for (const setting of settings) {
    const best = performances[setting].indexOf(Math.min(...performances[setting]));
    if (best === 0 || best === candidateSteps(setting).length - 1) {
      process.stderr.write(`step search: ${setting} (${reading}) is best at the end of its grid\n`);
    }
  }
}

async function readCache(path: string): Promise<z.infer<typeof cacheSchema> | undefined> {
  try {
    const parsed = cacheSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.data;
  } catch {
    return undefined;
  }
}

/** Writes the figure of one reading and tells how it ends; false where nothing is installed that draws its PNG. */
async function writeFigure(
  record: FigureRecord,
  directory: string,
  { usageError, writeWhole }: CommandTools,
): Promise<boolean> {
  const base = join(directory, `figure-1-${record.reading}`);
  const svg = figureSvg(record);
  await writeWhole(`${base}.svg`, svg);
  await writeWhole(`${base}.json`, stableJson(record));
  const png = await svgToPng(svg).catch((error: Error) => {
    throw usageError(error.message);
  });
  if (png !== undefined) await writeWhole(`${base}.png`, png);
  const last = Object.entries(record.bands).map(
    ([setting, band]) => `${setting} ${(band.median as number[]).at(-1)!.toPrecision(3)}`,
  );
  const files = [`${base}.svg`, ...(png === undefined ? [] : ['.png']), '.json'].join(', ');
  process.stdout.write(`${files}: normalised objective at the end: ${last.join(', ')}\n`);
  return png !== undefined;
}
