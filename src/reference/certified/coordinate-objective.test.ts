import test from 'ava';
import { parseFunction } from '../functions/index.js';
import { parseSmooth } from '../smooth/index.js';
import { coordinateProblem, objectiveAt } from './coordinate-objective.js';
import { l1, zero } from './specifications.test.helper.js';

test('what a function declares of its accuracy is part of the error of f and of its slope', (t) => {
  const declared = 2 ** -10;
  const errors = [undefined, declared].map((accuracy) => {
    const component = { ...parseFunction(l1(2)), ...(accuracy !== undefined && { accuracy }) };
    const problem = coordinateProblem(parseSmooth(zero), [{ function: component, probability: 1 }], 1)!;
    return objectiveAt(problem, 5);
  });
  const [exact, inaccurate] = errors;
  // f(3) = 6 with the slope 2: an error of 2⁻¹⁰ of each.
  t.true(inaccurate!.valueError >= declared * 6 && inaccurate!.slopeError >= declared * 2);
  t.true(exact!.valueError < 1e-12 && exact!.slopeError < 1e-12);
});
