/** @type {readonly import('../table.mjs').Group[]} */
export const properties = [
  {
    file: 'properties/prox/eq6-prox.ts',
    caughtBy: ['properties/mutants/resolution.test'],
    changes: [
      [
        'stationarity is not judged',
        'if (target.gradient !== undefined) judgements.push(judgeStationarity(claimed));',
        '',
      ],
      [
        'the precision is ten thousand roundings',
        'const precision = Math.max(stated, target.accuracy ?? 0);',
        'const precision = 1e6 * Math.max(stated, target.accuracy ?? 0);',
      ],
    ],
  },
  {
    file: 'properties/calculus/eq9-proximal-average.ts',
    caughtBy: ['properties/calculus/eq9-proximal-average.test'],
    changes: [
      [
        'a Jacobian is symmetric when it is antisymmetric',
        'Math.abs(columns[i]![j]! - columns[j]![i]!)',
        'Math.abs(columns[i]![j]! + columns[j]![i]!)',
      ],
      ['no case has an entry off the diagonal', "'linear', 'semi-orthogonal']", "'linear']"],
      ['a Jacobian may be off by its own size', '64 * bound * h * h', '2 ** 22 * bound * h * h'],
    ],
  },
  {
    file: 'properties/prox/prox-gradual-underflow.ts',
    caughtBy: ['properties/prox/prox-gradual-underflow.test'],
    changes: [
      [
        'a result of 0 is right',
        '(2 * Math.abs(prox[i]! - right)) / Math.abs(right)',
        '(0.5 * Math.abs(prox[i]! - right)) / Math.abs(right)',
      ],
      ['a declared accuracy does not excuse', ' && !Object.hasOwn(accuracy, type)', ''],
      ['single precision is asked in the range of double', 'cases(smallestNormal[dtype])', 'cases(smallestNormal.f64)'],
    ],
  },
  {
    file: 'properties/prox/is-differentiable.ts',
    caughtBy: ['properties/prox/is-differentiable.test'],
    changes: [
      ['the bend of a kink passes', 'furthest.bend - 16 * near.bend', 'furthest.bend - 4 * near.bend'],
      [
        'any third derivative passes',
        `
        Math.abs(further.slope - near.slope) <= ((4 + 1) * curvature * width ** 2) / 6 &&
        Math.abs(furthest.slope - near.slope) <= ((16 + 1) * curvature * width ** 2) / 6`,
        ' true',
      ],
    ],
  },
  {
    file: 'properties/prox/function-values.ts',
    caughtBy: ['properties/prox/rare-places.test'],
    changes: [
      [
        'a jump behind a matrix is between no doubles',
        ' - jumpOfRounding(specification, y, roundings * precision)',
        '',
      ],
      [
        'a jump is seen from afar',
        'jumpOfRounding(specification, y, roundings * precision)',
        'jumpOfRounding(specification, y, 0.1)',
      ],
    ],
  },
  {
    file: 'properties/algorithms/run-iterates.ts',
    caughtBy: ['properties/algorithms/run-iterates.test'],
    slow: true,
    changes: [
      [
        'the end of a run is not compared',
        "judgements.push(judgeSame('the end of the run', end, iterates.at(-1)!));",
        '',
      ],
      ['iterates may be missing', 'if (iterates.length !== count) {', 'if (false) {'],
      [
        'each iterate is judged from the start',
        'requestAt(algorithm, input, t, iterates[t - 1] ?? input.x)',
        'requestAt(algorithm, input, t, input.x)',
      ],
    ],
  },
  {
    file: 'properties/algorithms/sample-probabilities.ts',
    caughtBy: ['properties/algorithms/sample-probabilities.test'],
    slow: true,
    changes: [
      [
        'counts that no draws have are counted',
        'if (outcome < 0) impossible = Array.from(counts).join();',
        'if (outcome < 0) impossible = undefined;',
      ],
      [
        'a coarse table is not found out',
        'if (logE >= -Math.log(alphaPerRun(laws))) {\n    const counts = keys',
        'if (logE >= Infinity) {\n    const counts = keys',
      ],
      [
        'fewer rare draws',
        'standard: { calls: 512, perCall: 64, bits: 8 }',
        'standard: { calls: 16, perCall: 64, bits: 8 }',
      ],
    ],
  },
  {
    file: 'properties/second-implementation/exact-forms.ts',
    caughtBy: ['properties/second-implementation/exact-forms.test'],
    changes: [
      ['vectors of any length are equal', 'left.length === right.length && left.every', 'left.every'],
      [
        'forms are compared with themselves',
        "judgeEqual('Ĝ(x)', exact.literalMapping(batch, point), mapping)",
        "judgeEqual('Ĝ(x)', mapping, mapping)",
      ],
    ],
  },
  {
    file: 'properties/second-implementation/exact-agreement.ts',
    caughtBy: ['properties/second-implementation/exact-agreement.test'],
    changes: [
      [
        'proximal averages are not judged',
        'judge: (input) => worstOf(judgeAverage(input))',
        'judge: () => ({ ratio: 0 })',
      ],
    ],
  },
  {
    file: 'properties/contract/rejects-bad-parameters.ts',
    caughtBy: ['properties/contract/rejects-bad-parameters.test'],
    changes: [
      ['any refusal is right', 'refusal !== undefined && codes.includes(refusal)', 'refusal !== undefined'],
      ['who refuses everything passes', 'await mustAnswer(call(implementation, method, valid, remembering));', ''],
      [
        'a result is a refusal',
        'refusal !== undefined && codes.includes(refusal)',
        'refusal === undefined || codes.includes(refusal)',
      ],
    ],
  },
];
