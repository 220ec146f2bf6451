/** @type {readonly import('../table.mjs').Group[]} */
export const problem = [
  {
    file: 'src/reference/problem/operators.ts',
    caughtBy: ['src/reference/problem/problem.test'],
    changes: [
      ['the forward step goes up', 'y[i] = x[i]! - step * gradient[i]!', 'y[i] = x[i]! + step * gradient[i]!'],
      ['images of another point are kept', 'evaluated.fill(0);', ''],
      ['the mini-batch is not divided', 'return divide(result, indices.length);', 'return result;'],
      [
        'counts are divided by the components',
        'return divide(result, draws);\n    },\n    gradientMapping',
        'return divide(result, components);\n    },\n    gradientMapping',
      ],
      [
        'the mapping forgets the gradient of d',
        "weightedSum('dividedResidual', probabilities, result);\n      return addGradient(result);",
        "weightedSum('dividedResidual', probabilities, result);\n      return result;",
      ],
      [
        'the stochastic mapping forgets the gradient of d',
        'return addGradient(divide(result, indices.length));',
        'return divide(result, indices.length);',
      ],
      [
        'the gradient is divided with the batch',
        'return addGradient(divide(result, draws));',
        'return divide(addGradient(result), draws);',
      ],
      ['the objective forgets r', 'return smooth.value(x) + average().value(x);', 'return smooth.value(x);'],
      [
        'the mean takes the first component alone',
        'for (let k = 0; k < components; k++) {\n      const weight',
        'for (let k = 0; k < 1; k++) {\n      const weight',
      ],
      ['a component that does not exist is asked', 'checkComponent(component, components);', ''],
      ['the step is not checked', 'checkStep(step);', ''],
      ['constants of one dimension are those of all', 'constants.get(dimension) ??', '[...constants.values()][0] ??'],
    ],
  },
  {
    file: 'src/reference/problem/create-problem.ts',
    caughtBy: ['src/reference/problem/problem.test'],
    changes: [
      ['functions that are not convex are accepted', 'if (!convex) throw', 'if (false) throw'],
      [
        'fewer probabilities than functions are accepted',
        'if (probabilities.length !== functions.length) {',
        'if (false) {',
      ],
      ['dimensions may differ', 'dimension !== undefined && component.dimension !== dimension', 'false'],
      ['L is that of d alone', 'lipschitz: Math.max(...certified)', 'lipschitz: certified[0]!'],
      ['a function without L has none to fear', 'if (certified.length < constants.length) return {};', ''],
      [
        'coupled problems have constants by coordinate',
        '...(separable &&\n      perCoordinate.length',
        '...(true &&\n      perCoordinate.length',
      ],
      ['the larger of two majorants is taken', 'total(own) < total(plain)', 'total(own) > total(plain)'],
      ['a coupled d is separable', 'separable: smooth.coordinate !== undefined && ', 'separable: '],
    ],
  },
  {
    file: 'src/reference/problem/arguments.ts',
    caughtBy: ['src/reference/problem/problem.test'],
    changes: [
      ['a step of 0 is accepted', 'if (step > 0 && step', 'if (step >= 0 && step'],
      ['an infinite step is accepted', ' && step < Number.POSITIVE_INFINITY', ''],
      [
        'the component after the last is accepted',
        'component >= 0 && component < components) return',
        'component >= 0 && component <= components) return',
      ],
      ['x of another length is accepted', 'fixed !== undefined && x.length !== fixed', 'false'],
      ['counts of nothing are accepted', 'if (draws === 0) throw', 'if (draws < 0) throw'],
      ['negative counts are accepted', 'Number.isInteger(count) && count >= 0', 'Number.isInteger(count)'],
      ['an empty batch is accepted', 'if (indices.length === 0) throw', 'if (indices.length < 0) throw'],
    ],
  },
];
