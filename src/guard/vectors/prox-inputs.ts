import { fromDouble, neighbour, toDouble } from '../../exact/arithmetic/rational.js';
import { coordinateFunction } from '../../exact/functions/functions.js';
import { proximalMap } from '../../exact/functions/piecewise-quadratic.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseOnce } from '../../reference/functions/index.js';
import { type Flag, steps, type VectorInput, type VectorInputs } from './vector-inputs.js';

/** Functions by file. Those with vector parameters fix the number of elements, the others take as many as there are points. */
const separable: Readonly<Record<string, readonly FunctionSpecification[]>> = {
  zero: [{ type: 'zero' }],
  linear: [{ type: 'linear', coefficients: [0.5, -1.25, 0, 3] }],
  'squared-l2': [
    { type: 'squared-l2', weight: 0.7 },
    { type: 'squared-l2', weight: 0 },
  ],
  quadratic: [
    { type: 'quadratic', curvature: 0.3, center: -1.5 },
    { type: 'quadratic', curvature: [0, 0.5, 2], center: [1, -0.1, 0.25] },
  ],
  l1: [{ type: 'l1', weight: 0.7 }],
  'weighted-l1': [{ type: 'weighted-l1', weights: [0.7, 0, 1.5] }],
  'elastic-net': [{ type: 'elastic-net', l1Weight: 0.5, l2Weight: 0.3 }],
  huber: [
    { type: 'huber', weight: 0.7, threshold: 0.5 },
    { type: 'huber', weight: 3, threshold: 0.1 },
  ],
  box: [
    { type: 'box', lower: -1, upper: 0.3 },
    { type: 'box', lower: [Number.NEGATIVE_INFINITY, 0.1], upper: [0.5, Number.POSITIVE_INFINITY] },
  ],
  nonnegative: [{ type: 'nonnegative' }],
  scaled: [{ type: 'scaled', factor: 0.3, inner: { type: 'l1', weight: 1.5 } }],
  translated: [{ type: 'translated', shift: [0.4, -2], inner: { type: 'huber', weight: 0.7, threshold: 0.5 } }],
  tilted: [{ type: 'tilted', slope: [0.25, -0.6], inner: { type: 'l1', weight: 0.7 } }],
  conjugate: [
    { type: 'conjugate', inner: { type: 'l1', weight: 0.7 } },
    { type: 'conjugate', inner: { type: 'huber', weight: 0.7, threshold: 0.5 } },
    { type: 'conjugate', inner: { type: 'box', lower: -1, upper: 0.3 } },
  ],
  'moreau-envelope': [
    { type: 'moreau-envelope', smoothing: 0.3, inner: { type: 'l1', weight: 0.7 } },
    { type: 'moreau-envelope', smoothing: 0.3, inner: { type: 'box', lower: -1, upper: 0.3 } },
  ],
  'separable-sum': [
    {
      type: 'separable-sum',
      blocks: [
        { length: 1, function: { type: 'l1', weight: 0.7 } },
        { length: 2, function: { type: 'box', lower: -1, upper: 0.3 } },
      ],
    },
  ],
};

type Places = Readonly<Record<'kink' | 'near a kink' | 'between' | 'zeros' | 'large' | 'tiny', readonly number[]>>;

/** Elements of y around the kinks of coordinate i, by what they are there for. */
function places(specification: FunctionSpecification, index: number, step: number): Places {
  const kinks = proximalMap(coordinateFunction(specification, index), fromDouble(step)).knots.map(toDouble);
  const ends = kinks.length === 0 ? [-1.5, 0.75] : [kinks[0]! - 1.5, ...kinks, kinks.at(-1)! + 0.75];
  const between = ends.slice(1).map((end, j) => (end + ends[j]!) / 2);
  return {
    kink: kinks,
    'near a kink': kinks.flatMap((kink) => [neighbour(kink, -1), neighbour(kink, 1)]),
    between,
    zeros: [0, -0, Number.MIN_VALUE],
    large: between.map((value) => value * 2 ** 30),
    tiny: between.map((value) => value * 2 ** -30),
  };
}

/** The number of elements that a specification with vector parameters asks for; undefined when it takes any. */
function dimensionOf(specification: FunctionSpecification): number | undefined {
  const blocks = specification['blocks'] as readonly { length: number }[] | undefined;
  if (blocks !== undefined) return blocks.reduce((total, { length }) => total + length, 0);
  return Object.values(specification).find(Array.isArray)?.length;
}

/** What is asked at every step; of functions with vector parameters, whose every element has a place of its own, a little less. */
const placesOfAny = ['kink', 'near a kink', 'between', 'zeros', 'large', 'tiny'] as const;
const placesOfFixed = ['kink', 'between', 'zeros'] as const;

function separableInputs(specification: FunctionSpecification): VectorInput[] {
  const dimension = dimensionOf(specification);
  const infinite: Flag[] = [specification['lower'], specification['upper']]
    .flat()
    .some((bound) => Math.abs(Number(bound)) === Number.POSITIVE_INFINITY)
    ? ['infinite bound']
    : [];
  const ask = (flag: Flag, step: number, x: readonly number[]): VectorInput => ({
    flags: [flag, ...(dimension === undefined ? [] : ['vector parameter' as const]), ...infinite],
    request: { method: 'prox', function: specification, step, x },
  });
  return steps.flatMap((step) => {
    if (dimension === undefined) {
      const at = places(specification, 0, step);
      return placesOfAny.filter((flag) => at[flag].length > 0).map((flag) => ask(flag, step, at[flag]));
    }
    const columns = Array.from({ length: dimension }, (_, i) => places(specification, i, step));
    return placesOfFixed.flatMap((flag) =>
      Array.from({ length: Math.max(...columns.map((at) => at[flag].length)) }, (_, j) =>
        ask(
          flag,
          step,
          columns.map((at) => (at[flag].length === 0 ? 0.5 : at[flag][j % at[flag].length]!)),
        ),
      ),
    );
  });
}

/** Functions that are not convex, and where two of their minimisers are exactly as good. */
const nonConvex: Readonly<Record<string, readonly (readonly [FunctionSpecification, ties: readonly number[]])[]>> = {
  mcp: [
    [{ type: 'mcp', weight: 0.7, concavity: 2 }, []],
    [{ type: 'mcp', weight: 1.5, concavity: 0.25 }, [0.75]],
  ],
  scad: [
    [{ type: 'scad', weight: 0.7, concavity: 3.7 }, []],
    [{ type: 'scad', weight: 0.5, concavity: 2.5 }, [1.625]],
  ],
};

/** The steps at which the ties are told above: where the threshold is a double. */
const tieSteps: Readonly<Record<string, number>> = { mcp: 1, scad: 3 };

/** As `separableInputs`, away from jumps, where rounding chooses, but for jumps at which both choices are right. */
function nonConvexInputs(specification: FunctionSpecification, ties: readonly number[]): VectorInput[] {
  const ask = (flag: Flag, step: number, x: readonly number[]): VectorInput => ({
    flags: [flag],
    request: { method: 'prox', function: specification, step, x },
  });
  const away = steps.flatMap((step) => {
    const kinks = [...new Set(parseOnce(specification).kinks!(step))].sort((a, b) => a - b);
    const ends = [kinks[0]! - 1.5, ...kinks, kinks.at(-1)! + 0.75];
    const between = ends.slice(1).map((end, j) => (end + ends[j]!) / 2);
    return [
      ask('between', step, between),
      ask('zeros', step, [0, -0, Number.MIN_VALUE]),
      ...[30, -30].map((exponent) =>
        ask(
          exponent > 0 ? 'large' : 'tiny',
          step,
          between.map((value) => value * 2 ** exponent),
        ),
      ),
    ];
  });
  return [
    ...away,
    ...ties.flatMap((tie) => [tie, -tie]).map((tie) => ask('jump', tieSteps[specification.type]!, [tie])),
  ];
}

/** Soft thresholding inside the threshold. */
const sparse: readonly VectorInput[] = steps.map((step) => ({
  flags: ['sparse'],
  request: {
    method: 'prox',
    function: { type: 'l1', weight: 0.7 },
    step,
    x: [0.6 * step, -0.5 * step, 2 ** -30],
  },
}));

function projectionInputs(
  specification: FunctionSpecification,
  points: readonly (readonly [flag: Flag, x: readonly number[]])[],
): VectorInput[] {
  return points.flatMap(([flag, x]) =>
    // The step has no influence on a projection: two suffice to see one that has.
    [0.1, 3].map((step) => ({ flags: [flag], request: { method: 'prox', function: specification, step, x } as const })),
  );
}

/** Points whose distance from 0 is rational. */
const ballInputs = projectionInputs({ type: 'l2-ball', radius: 2.5 }, [
  ['inside', [0.3, -0.4]],
  ['inside', [0, 0, 0]],
  ['inside', [-1.25]],
  ['boundary', [1.5, 2]],
  ['boundary', [-2.5]],
  ['outside', [3, -4]],
  ['outside', [2, -3, 6]],
  ['outside', [7.25]],
  ['large', [3 * 2 ** 30, 4 * 2 ** 30]],
  ['tie', [5, 5, 5, 5]],
]);

const simplexInputs = [1, 0.7].flatMap((total) =>
  projectionInputs({ type: 'simplex', total }, [
    ['inside', [total / 2, total / 4, total / 4]],
    ['boundary', [0, total, 0]],
    ['outside', [0.5, -1, 2, 0.25]],
    ['outside', [-1, -2, -3]],
    ['outside', [-4]],
    ['tie', [0.3, 0.3, 0.3]],
    ['tie', [1.5, -0.25, 1.5]],
    ['zeros', [0, -0, 0]],
    ['large', [2 ** 30, 2 ** 30 - 0.25, -(2 ** 30)]],
  ]),
);

/** Points of a function that couples the entries, at every step. */
function coupledInputs(
  specification: FunctionSpecification,
  points: readonly (readonly [flag: Flag, x: readonly number[]])[],
): VectorInput[] {
  return points.flatMap(([flag, x]) =>
    steps.map((step) => ({ flags: [flag], request: { method: 'prox', function: specification, step, x } as const })),
  );
}

const sortedInputs = coupledInputs({ type: 'sorted-l1', weights: [2, 0.7, 0.7, 0] }, [
  ['between', [3, -9, 0.5, 6]],
  ['between', [-0.5, 0.25, 2, -1]],
  ['tie', [2.5, -2.5, 2.5, 0.1]],
  ['tie', [-0.3, 0.3, 0.3, 0.3]],
  ['zeros', [0, -0, 0, 0]],
  ['large', [2 ** 30, -(2 ** 30), 2 ** 29, 1]],
  ['tiny', [2 ** -30, -(2 ** -31), 0, 2 ** -30]],
]);

/** Points with a norm that is rational after soft thresholding: α is 0, or a group has one entry that is left. */
const sparseGroupInputs = [
  ...coupledInputs({ type: 'sparse-group', l1Weight: 0, groupWeight: 0.7, groups: [[0, 2], [1]] }, [
    ['between', [3, -2, 4]],
    ['tie', [0, 0.25, 0.25]],
  ]),
  ...coupledInputs({ type: 'sparse-group', l1Weight: 0.5, groupWeight: 0.7, groups: [[2], [0], [1]] }, [
    ['between', [3, -2, 0.625]],
    ['sparse', [2 ** -30, -(2 ** -31), 0]],
    ['large', [2 ** 30, -(2 ** 29), 1]],
  ]),
  ...[0.5, 1, 3].map((step): VectorInput => {
    // soft(y, γ/2) is (3, −4) in the first group and 1 in the second.
    const x = [3 + step / 2, 1 + step / 2, -4 - step / 2, step / 4];
    const specification = { type: 'sparse-group', l1Weight: 0.5, groupWeight: 0.75, groups: [[0, 2, 3], [1]] };
    return { flags: ['between'], request: { method: 'prox', function: specification, step, x } };
  }),
];

/** Points whose groups have rational norms; a group of weight 0 is free. */
const weightedGroupInputs = coupledInputs(
  { type: 'weighted-group-l2', groupWeights: [0.7, 0, 2], groups: [[0, 3], [2], [1, 4]] },
  [
    ['between', [3, -5, 0.25, 4, 12]],
    ['between', [-12, 0.75, -2, 5, -1]],
    ['tie', [-3, 3, 3, -4, 4]],
    ['sparse', [2 ** -30, 0, 0, 0, -(2 ** -31)]],
    ['zeros', [0, -0, 0, 0, 0]],
    ['large', [3 * 2 ** 30, 1, -1, 4 * 2 ** 30, 0]],
  ],
);

/** Complex numbers with rational moduli, as pairs of their parts; the last one of an odd length is real. */
const complexInputs: Readonly<Record<string, readonly VectorInput[]>> = {
  'complex-l1': coupledInputs({ type: 'complex-l1', weight: 0.7 }, [
    ['between', [3, -4, -5, 12, 0.25]],
    ['between', [0, 0.5, -2, 0]],
    ['sparse', [3 * 2 ** -30, 2 ** -28, 0, -(2 ** -31)]],
    ['tie', [-3, 4, 4, -3, 5]],
    ['zeros', [0, -0, 0, 0]],
    ['large', [3 * 2 ** 30, -(2 ** 32), 1]],
  ]),
  'complex-group-l2': [
    ...coupledInputs(
      {
        type: 'complex-group-l2',
        weight: 0.7,
        groups: [
          [0, 1, 4],
          [3, 2],
        ],
      },
      [
        ['between', [2, -3, 0.375, -0.5, 6]],
        ['zeros', [0, -0, 3, 4, 0]],
      ],
    ),
    ...coupledInputs(
      {
        type: 'complex-group-l2',
        weight: 1.5,
        groups: [
          [2, 3],
          [4, 5, 0, 1],
        ],
      },
      [
        ['between', [1, -1, -8, 6, 1, 1]],
        ['tie', [5, 5, 0, -5, 5, -5]],
      ],
    ),
  ],
  'complex-l1-ball': projectionInputs({ type: 'complex-l1-ball', radius: 2.5 }, [
    ['inside', [0.375, -0.5, 0, 1]],
    ['boundary', [1.5, 2]],
    ['outside', [3, -4, 0, 6, -4.5]],
    ['outside', [-5, 12, 0.5, 0]],
    ['tie', [3, 4, -4, 3]],
    ['zeros', [0, -0, 0]],
  ]),
  'complex-linf-ball': projectionInputs({ type: 'complex-linf-ball', radius: 2.5 }, [
    ['inside', [0.375, -0.5, 2, 1.5]],
    ['boundary', [1.5, 2, -2.5]],
    ['outside', [3, -4, 2.25, 3]],
    ['outside', [-5, 12, 0, 2, 7.25]],
    ['zeros', [0, -0, 0]],
    ['large', [3 * 2 ** 30, 2 ** 32]],
  ]),
  'real-part-box': [
    ...projectionInputs({ type: 'real-part-box', lower: -1, upper: 0.3 }, [
      ['inside', [0.25, -7, -1, 7]],
      ['outside', [2, 3, -4, 5, 0.5]],
    ]),
    ...projectionInputs({ type: 'real-part-box', lower: 0, upper: Number.POSITIVE_INFINITY }, [
      ['infinite bound', [-3, -4, 5, -6, -1]],
    ]),
  ],
};

const behind = (rows: number, data: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  type: 'semi-orthogonal',
  matrix: { rows, columns: data.length / rows, data },
  inner,
});

/** A rotation, a wide W at points of which the image has a rational norm, and a jump behind sums and differences. */
const transformedInputs = [
  ...coupledInputs(behind(2, [0.75, -1, 1, 0.75], { type: 'l1', weight: 0.7 }), [
    ['between', [3, -2]],
    ['between', [-0.5, 6]],
    ['zeros', [0, -0]],
    ['large', [2 ** 30, -(2 ** 29)]],
    ['tiny', [2 ** -30, -(2 ** -31)]],
  ]),
  ...coupledInputs(behind(2, [0.5, -1, -1, 1, -0.5, 1], { type: 'l2', weight: 1.5 }), [
    ['between', [3.5, -7, 2]],
    ['between', [-0.15625, -0.8125, 0.3125]],
    ['zeros', [-2, -2, 1]],
    ['large', [5.5 * 2 ** 30, -5 * 2 ** 30, 2 ** 30]],
  ]),
  ...coupledInputs(behind(1, [3, -4], { type: 'box', lower: -1, upper: 0.3 }), [
    ['inside', [0.5, 0.375]],
    ['outside', [2, 1]],
  ]),
  {
    flags: ['jump'],
    request: {
      method: 'prox',
      function: behind(2, [1, 1, 1, -1], { type: 'l0', weight: 0.25 }),
      ...{ step: 1, x: [3, -2] },
    },
  } satisfies VectorInput,
];

/** prox_{γr}(y), equation (6): one file for each function whose prox is rational. */
export const proxInputs: readonly VectorInputs[] = [
  ...Object.entries(separable).map(([type, specifications]): [string, VectorInput[]] => [
    type,
    [...specifications.flatMap(separableInputs), ...(type === 'l1' ? sparse : [])],
  ]),
  ...Object.entries(nonConvex).map(([type, specifications]): [string, VectorInput[]] => [
    type,
    specifications.flatMap(([specification, ties]) => nonConvexInputs(specification, ties)),
  ]),
  ['l2-ball', ballInputs] as const,
  ['simplex', simplexInputs] as const,
  ['sorted-l1', sortedInputs] as const,
  ['sparse-group', sparseGroupInputs] as const,
  ['weighted-group-l2', weightedGroupInputs] as const,
  ...Object.entries(complexInputs),
  ['semi-orthogonal', transformedInputs] as const,
].map(([type, vectors]) => ({
  name: `prox-${type}`,
  source: { section: '1', equation: '(6)' },
  statement: 'prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u); x of the request is y',
  vectors,
}));
