import test from 'ava';
import fc from 'fast-check';
import { neighbour, parseRational } from '../../exact/arithmetic/rational.js';
import { NotRationalError } from '../../exact/computation.js';
import { rationalFunctionTypes } from '../../exact/functions/coordinate-function.js';
import { exactCoordinate } from '../../exact/problem/rational-problem.js';
import { signProxStep } from '../../reference/algorithms/sign-prox.js';
import { spgmStep } from '../../reference/algorithms/spgm.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, registry } from '../../reference/functions/index.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { ProblemCase } from '../arbitraries/problem-case.js';
import type { ProxCase } from '../arbitraries/prox-case.js';
import {
  judgeAverage,
  judgeFloat,
  judgeProblem,
  judgeProximal,
  type ProblemResults,
  type ProximalResults,
} from './exact-judges.js';
import { worstOf } from './judgement.js';
import { problemInput } from './problem-case.test.helper.js';

function resultsOf({ specification, step, y }: ProxCase): ProximalResults {
  const target = parseFunction(specification);
  return {
    prox: target.prox(y, step),
    residual: target.residual(y, step),
    dividedResidual: target.dividedResidual(y, step),
    value: target.value(y),
  };
}

/** Wrappers have examples around functions that are not piecewise quadratic. */
function isRational(specification: FunctionSpecification): boolean {
  try {
    exactCoordinate(specification, 0);
    return true;
  } catch (error) {
    if (error instanceof NotRationalError) return false;
    throw error;
  }
}

/** No subnormal numbers: their rounding errors are absolute. */
const number = fc.double({ min: -5, max: 5, noNaN: true }).map((value) => (Math.abs(value) < 1e-100 ? 0 : value));

test('the whole rational vocabulary is within its roundings at arbitrary doubles', (t) => {
  const met = new Set<string>();
  for (const type of rationalFunctionTypes().filter((name) => name !== 'proximal-average')) {
    for (const example of registry.get(type)!.definition.examples) {
      const specification = { type, ...example };
      if (!isRational(specification)) continue;
      met.add(type);
      const dimension = parseFunction(specification).dimension ?? 2;
      const vector = fc.array(number, { minLength: dimension, maxLength: dimension });
      fc.assert(
        fc.property(vector, fc.double({ min: 0.01, max: 9, noNaN: true }), (entries, step) => {
          const input = { specification, step, y: Float64Array.from(entries) };
          const judgement = worstOf(judgeProximal(input, resultsOf(input)));
          if (!(judgement.ratio <= 1)) throw new Error(`${type}: ${judgement.explanation!()}`);
        }),
        { numRuns: 40 },
      );
    }
  }
  t.deepEqual([...met, 'proximal-average'], [...rationalFunctionTypes()]);
  for (const { definition } of registry.values()) t.not(definition.roundings?.why, '', definition.type);
});
const l1Case: ProxCase = { specification: { type: 'l1', weight: 0.75 }, step: 0.7, y: Float64Array.of(1.375, -0.25) };

test('planted errors of a few units in the last place are found', (t) => {
  const right = resultsOf(l1Case);
  t.true(worstOf(judgeProximal(l1Case, right)).ratio <= 1);
  const off = (vector: Float64Array, steps: number): Float64Array => {
    const moved = vector.slice();
    for (let j = 0; j < steps; j++) moved[0] = neighbour(moved[0]!, 1);
    return moved;
  };
  const { specification, step, y } = l1Case;
  const target = parseFunction(specification);
  const mutants: Record<string, Partial<ProximalResults>> = {
    'prox six ulps off': { prox: off(right.prox, 6) },
    'prox with another step': { prox: target.prox(y, neighbour(step, 1) * (1 + 2 ** -48)) },
    'divided residual four ulps off': { dividedResidual: off(right.dividedResidual, 4) },
    'residual twelve ulps off': { residual: off(right.residual, 12) },
    'value off': { value: right.value * (1 + 2 ** -48) },
    'no number': { prox: Float64Array.of(Number.NaN, 0) },
  };
  for (const [name, mutant] of Object.entries(mutants)) {
    const judgement = worstOf(judgeProximal(l1Case, { ...right, ...mutant }));
    t.true(judgement.ratio > 1, name);
    t.regex(judgement.explanation!(), /exactly/);
  }
});

test('values outside of a domain must be infinite', (t) => {
  const input = { specification: { type: 'nonnegative' }, step: 1, y: Float64Array.of(-1) };
  const right = resultsOf(input);
  t.is(worstOf(judgeProximal(input, right)).ratio, 0);
  const finite = worstOf(judgeProximal(input, { ...right, value: 0 }));
  t.is(finite.ratio, Number.POSITIVE_INFINITY);
  t.regex(finite.explanation!(), /outside the domain/);
});

test('if rounding decides on which side of the end of a domain an argument is, either value is right, and no other', (t) => {
  const inner = { type: 'box', lower: -1, upper: 1 };
  const judge = (specification: FunctionSpecification, y: number[], value: number): number => {
    const input = { specification, step: 1, y: Float64Array.from(y) };
    return worstOf(judgeProximal(input, { ...resultsOf(input), value })).ratio;
  };
  const infinite = Number.POSITIVE_INFINITY;
  // 2⁻⁶⁰ + 1 rounds to the end of the box; 3·fl(1/3) is below it and rounds to it.
  for (const [specification, y] of [
    [{ type: 'translated', shift: [-1], inner }, 2 ** -60],
    [{ type: 'precomposed', factor: 3, inner }, 1 / 3],
  ] as const) {
    t.true(judge(specification, [y], 0) <= 1);
    t.true(judge(specification, [y], infinite) <= 1);
    for (const wrong of [2 ** -40, Number.NaN, -infinite]) t.true(!(judge(specification, [y], wrong) <= 1), `${wrong}`);
  }
  const translated = { type: 'translated', shift: [-1, -1], inner };
  t.is(judge(translated, [2 ** -60, 2 ** -40], 0), infinite, 'another entry lies outside');
  t.true(judge(translated, [2 ** -60, -0.5], infinite) <= 1);
  t.is(judge({ ...translated, shift: [-1] }, [2 ** -40], 0), infinite);
  t.is(judge({ ...translated, shift: [-1] }, [-(2 ** -40)], infinite), infinite);
});

test('a right float has ratio 0, for any bound', (t) => {
  t.is(judgeFloat('x', 0.5, parseRational('1/2'), 0).ratio, 0);
  t.true(judgeFloat('x', neighbour(0.5, 1), parseRational('1/2'), 2 ** -54).ratio > 1);
  t.true(judgeFloat('x', 1 / 3, parseRational('1/3'), 2 ** -54).ratio <= 1);
});

function problemResults({ problem, step, x, indices }: ProblemCase): ProblemResults {
  const atStep = parseProblem(problem).at(step);
  return {
    gradient: atStep.problem.smooth.gradient(x),
    components: problem.functions.map((_, k) => atStep.proximalGradient(k, x)),
    mean: atStep.mean(x),
    miniBatch: atStep.miniBatch(indices, x),
    gradientMapping: atStep.gradientMapping(x),
    stochasticMapping: atStep.stochasticGradientMapping(indices, x),
    spgm: [spgmStep(atStep, x, indices), spgmStep(atStep, x, indices, { form: 'residual' })],
    signProx: signProxStep(atStep, x, indices),
  };
}

test('an error of three times the roundings of a formula is found in every operator of a problem', (t) => {
  const right = problemResults(problemInput);
  // No formula takes more than eleven roundings of numbers up to 1: what is off by 32 of them is wrong, in either entry.
  const off = 2 ** -48;
  for (const i of [0, 1]) {
    const moved = (vector: Float64Array): Float64Array => vector.with(i, vector[i]! + off);
    const [literal, residual] = right.spgm;
    const mutants: Record<string, Partial<ProblemResults>> = {
      P_1: { components: [moved(right.components[0]!), right.components[1]!] },
      P_2: { components: [right.components[0]!, moved(right.components[1]!)] },
      P: { mean: moved(right.mean) },
      P̂: { miniBatch: moved(right.miniBatch) },
      G: { gradientMapping: moved(right.gradientMapping) },
      Ĝ: { stochasticMapping: moved(right.stochasticMapping) },
      'SPGM, literal': { spgm: [moved(literal), residual] },
      'SPGM, residual': { spgm: [literal, moved(residual)] },
    };
    for (const [name, mutant] of Object.entries(mutants)) {
      t.true(worstOf(judgeProblem(problemInput, { ...right, ...mutant })).ratio > 1, `${name}, entry ${i + 1}`);
    }
  }
  // ∇d takes nine roundings of 0.76 and of 0.12.
  for (const [i, units] of [32, 4].entries()) {
    const gradient = right.gradient.with(i, right.gradient[i]! + units * 2 ** -53);
    t.true(worstOf(judgeProblem(problemInput, { ...right, gradient })).ratio > 1, `∇d, entry ${i + 1}`);
  }
});

test('any sign is right where Ĝ is within rounding of 0', (t) => {
  const tie: ProblemCase = {
    problem: {
      smooth: { type: 'zero' },
      functions: [
        { type: 'linear', coefficients: [1] },
        { type: 'linear', coefficients: [-1] },
      ],
      probabilities: [0.5, 0.5],
    },
    step: 0.5,
    x: Float64Array.of(1),
    indices: [0, 1],
  };
  const right = problemResults(tie);
  for (const to of [0.5, 1, 1.5]) {
    t.true(worstOf(judgeProblem(tie, { ...right, signProx: Float64Array.of(to) })).ratio <= 1);
  }
  t.is(worstOf(judgeProblem(tie, { ...right, signProx: Float64Array.of(2) })).ratio, Number.POSITIVE_INFINITY);
  // Ĝ = 2⁻⁴⁹, 16 roundings of 1, of which the mean of two slopes takes five: its sign is certain.
  const functions = [1, -1 + 2 ** -48].map((slope) => ({ type: 'linear', coefficients: [slope] }));
  const certain = { ...tie, problem: { ...tie.problem, functions } };
  const moved = problemResults(certain);
  t.is(worstOf(judgeProblem(certain, moved)).ratio, 0);
  const stayed = worstOf(judgeProblem(certain, { ...moved, signProx: Float64Array.of(1) }));
  t.is(stayed.ratio, Number.POSITIVE_INFINITY);
});

test('a proximal average with exchanged weights is wrong', (t) => {
  const functions = [
    { type: 'l1', weight: 1 },
    { type: 'quadratic', curvature: 2, center: 1 },
  ];
  const average = (probabilities: number[]) => ({ type: 'proximal-average', functions, probabilities, step: 0.7 });
  const right = { specification: average([0.25, 0.75]), sigma: 3, y: 2.5 };
  t.true(worstOf(judgeAverage(right)).ratio <= 1);
  // Each of the three comparisons is one: a rounded value has a part of the allowed error.
  for (const k of [0, 1, 2])
    t.true(
      [0.3, 0.7, 2.3, 9.1].some((y) => judgeAverage({ ...right, y })[k]!.ratio > 0),
      `${k}`,
    );
  const target = parseFunction(average([0.75, 0.25]));
  const wrong = target.prox(Float64Array.of(2.5), 3)[0]!;
  const exact = exactCoordinate(right.specification, 0).prox(2.5, 3);
  t.true(judgeFloat('prox', wrong, exact, 16 * 2 ** -53 * 10).ratio > 1);
});
