import type { ExecutionContext } from 'ava';
import test from 'ava';
import { wrapperTypes } from '../../src/claims/arbitraries/function-specification.js';
import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import type { Implementation, RunRequest, StepRequest } from '../../src/claims/implementation/implementation.js';
import { definedMutants, type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { judgeSubjects } from '../../src/claims/subject-verdicts.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { properties } from '../index.js';

/** Functions that are right beside the wrong one. */
const beside = ['l1', 'quadratic', 'box'];

/** Claims about each thing that can be asked; the one that is named for the mutant comes first. */
const claimsFor = ({ killedBy }: FunctionMutant, asked: readonly string[]) =>
  properties
    .filter(({ id }) => id === killedBy || asked.includes(id))
    .sort((one, other) => Number(other.id === killedBy) - Number(one.id === killedBy));
const proxes = ['eq6-prox', 'eq7-proximal-gradient-mapping', 'algorithm-2-sign-prox'];
const everything = [...proxes, 'function-values', 'function-gradients', 'eq10-mini-batch', 'algorithm-1-spgm'];

/** A library that is right but for one function: wrappers, operators and both algorithms are built of what it has. */
function libraryWith(mutant: FunctionMutant): Implementation {
  const functions = [...new Set([mutant.type, ...beside, ...wrapperTypes])];
  const planted = plantDefect(mutant, functions);
  const component = async (problem: ProblemSpecification, k: number, step: number, x: Float64Array) => {
    const slope = await reference.gradient(problem.smooth, x);
    return planted.prox(
      problem.functions[k]!,
      step,
      x.map((value, i) => value - step * slope[i]!),
    );
  };
  const weighted = async (problem: ProblemSpecification, weights: readonly number[], step: number, x: Float64Array) => {
    const sum = new Float64Array(x.length);
    for (const [k, weight] of weights.entries()) {
      if (weight === 0) continue;
      (await component(problem, k, step, x)).forEach((value, i) => {
        sum[i]! += weight * value;
      });
    }
    return sum;
  };
  const miniBatch = (problem: ProblemSpecification, indices: readonly number[], step: number, x: Float64Array) =>
    weighted(
      problem,
      problem.functions.map((_, k) => indices.filter((index) => index === k).length / indices.length),
      step,
      x,
    );
  const advance = async ({ algorithm, problem, step, x, indices }: StepRequest) => {
    const image = await miniBatch(problem, indices, step, x);
    return algorithm === 'spgm' ? image : x.map((value, i) => value - step * Math.sign(value - image[i]!));
  };
  return {
    ...planted,
    description: {
      ...planted.description,
      methods: ['prox', 'value', 'gradient', 'proximal-gradient', 'mini-batch', 'gradient-mapping', 'step', 'run'],
      smooth: ['zero', 'least-squares'],
      algorithms: ['spgm', 'sign-prox'],
    },
    gradient: async (term, x) =>
      functions.includes(term.type) ? planted.gradient(term, x) : reference.gradient(term, x),
    proximalGradient: component,
    miniBatch,
    gradientMapping: async (problem, step, x) => {
      const mean = await weighted(problem, problem.probabilities, step, x);
      return x.map((value, i) => (value - mean[i]!) / step);
    },
    step: advance,
    async run({ algorithm, problem, step, x, indices }: RunRequest) {
      const trajectory: Float64Array[] = [];
      for (const batch of indices) {
        trajectory.push(await advance({ algorithm, problem, step, x: trajectory.at(-1) ?? x, indices: batch }));
      }
      return { x: trajectory.at(-1) ?? x.slice(), trajectory };
    },
  };
}

/** What only the residual forms or the functions of a library in this process show cannot be asked. */
const unasked = ['calculus-residuals', 'calculus-in-place', 'inputs-unchanged'];
const wrong = definedMutants().filter(({ type, killedBy }) => !isBuiltOfFunctions(type) && !unasked.includes(killedBy));

/**
 * What is named as wrong is kept out of every other question, so that two wrong proxes of a type leave the same ones: everything is asked beside the
 * first of them, and proxes and what is built of them beside the others.
 */
const isFirstOfItsKind = (mutant: FunctionMutant): boolean => {
  const kindOf = (one: FunctionMutant): string => `${'prox' in one ? 'prox' : 'values'} of ${one.type}`;
  return wrong.find((one) => kindOf(one) === kindOf(mutant)) === mutant;
};

async function aloneIsBlamed(t: ExecutionContext, mutant: FunctionMutant): Promise<void> {
  const claims = claimsFor(mutant, isFirstOfItsKind(mutant) ? everything : proxes);
  const checked = await runClaims(claims, libraryWith(mutant), { ...quickBudget(), asFound: true });
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    'f64',
  );
  const blamed = subjects.filter(({ verdict }) => !['right', 'thin', 'follows'].includes(verdict));
  const told = blamed.map(({ subject, verdict, counterexample }) => `${subject} ${verdict}: ${counterexample}`);
  t.is(blamed.length, 1, told.join('\n'));
  t.true(blamed[0]!.subject.endsWith(` of ${mutant.type}`), told.join('\n'));
  for (const { of } of subjects) if (of !== undefined) t.deepEqual(of, [blamed[0]!.subject]);
  t.log(told[0]!);
}

for (const mutant of wrong) test.serial(`${mutant.name} alone is blamed`, aloneIsBlamed, mutant);

test('there are forty of them', (t) => t.true(wrong.length >= 40, `${wrong.length}`));
