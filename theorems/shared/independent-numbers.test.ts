import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commandRunner, ends } from '../../src/cli/command-runner.test.helper.js';
import { testWith } from '../../src/guard/programs.test.helper.js';
import { theorem1Instances, theorem2Instances } from './instances.js';

/** A second program, in another language and from the paper's formulas: what a hostile reader would write first. */
const program = fileURLToPath(new URL('../../../fixtures/independent/recompute.py', import.meta.url));

const command = commandRunner();

interface Recomputed {
  readonly step: number;
  readonly miniBatch: number;
  readonly L: readonly number[];
  readonly sigma: readonly number[];
  readonly startObjective: number;
  readonly infimum: number;
  readonly bound: number;
  readonly left: number | null;
}

interface Printed extends Omit<Recomputed, 'L' | 'sigma' | 'startObjective' | 'infimum' | 'left'> {
  readonly iterations: number;
  readonly leftInterval: readonly [number, number];
  readonly constants: {
    readonly L?: number;
    readonly coordinateL?: readonly number[];
    readonly sigma: number | readonly number[];
    readonly startObjective: number;
    readonly infimumInterval: readonly [number, number];
  };
}

/** A certified supremum or infimum is enclosed to within this, relatively. */
const enclosed = 1e-4;
const rounding = 1e-12;

const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= rounding * Math.max(1, Math.abs(one), Math.abs(other));
/** Whether `printed` is an upper end of what was searched for. */
const isUpperEnd = (printed: number, found: number): boolean =>
  printed >= found - rounding * Math.max(1, found) && printed <= found * (1 + enclosed) + rounding;

const asked = [
  ...theorem1Instances.map((instance) => ({ ...instance, theorem: 1, iterations: [1, 4, 8] })),
  ...theorem2Instances.map((instance) => ({ ...instance, theorem: 2, iterations: [1, 4, 16] })),
];

/** The numbers of every instance by the program, in the order of the instances and their T. */
function recomputed(): Recomputed[] {
  const input = asked.flatMap(({ problem, start, theorem, iterations }) =>
    iterations.map((T) => JSON.stringify({ problem, start, theorem, iterations: T })),
  );
  const { status, stdout, stderr } = spawnSync('python3', [program], { input: input.join('\n'), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recomputed);
}

const norm = (values: readonly number[]): number => Math.hypot(...values);

testWith('python3', '--version')(
  'every number of both theorems on their instances agrees with an independent program',
  async (t) => {
    const own = recomputed();
    let compared = 0;
    for (const [k, { name, problem, start, theorem, iterations }] of asked.entries()) {
      const options = [
        '--theorem',
        `${theorem}`,
        '--iterations',
        iterations.join(','),
        '--start',
        JSON.stringify(start),
      ];
      const { stdout } = await ends(
        t,
        command(process.cwd(), [...['bounds', '--problem', JSON.stringify(problem), ...options, '--format', 'json']]),
      );
      const { rows } = JSON.parse(stdout) as { readonly rows: readonly Printed[] };
      t.deepEqual(
        rows.map((row) => row.iterations),
        iterations,
      );
      for (const [j, row] of rows.entries()) {
        const right = own[3 * k + j]!;
        const about = `${name}, theorem ${theorem}, T = ${row.iterations}`;
        const { constants, leftInterval } = row;
        t.true(near(row.step, right.step) && row.miniBatch === right.miniBatch, `${about}: γ or B`);
        t.deepEqual(
          constants.coordinateL ?? constants.L,
          theorem === 1 ? Math.max(...right.L) : right.L,
          `${about}: L`,
        );
        const sigma = [constants.sigma].flat();
        const searched = theorem === 1 ? [norm(right.sigma)] : right.sigma;
        t.true(
          sigma.every((value, i) => isUpperEnd(value, searched[i]!)),
          `${about}: σ = ${sigma}, found ${searched}`,
        );
        t.true(near(constants.startObjective, right.startObjective), `${about}: f(x⁰)`);
        const [low, high] = constants.infimumInterval;
        t.true(
          low <= right.infimum + rounding && high >= right.infimum - 1e-9,
          `${about}: f* = ${right.infimum} in [${low}, ${high}]`,
        );
        t.true(isUpperEnd(row.bound, right.bound), `${about}: b = ${row.bound}, found ${right.bound}`);
        if (right.left === null) continue;
        const [from, to] = leftInterval;
        t.true(
          from <= right.left + rounding && to >= right.left - rounding,
          `${about}: left ${right.left} in [${from}, ${to}]`,
        );
        compared++;
      }
    }
    t.is(compared, 3 * asked.length, 'every left side is compared');
  },
);
