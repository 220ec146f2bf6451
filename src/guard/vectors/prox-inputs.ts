import { fromDouble, neighbour, toDouble } from '../../exact/arithmetic/rational.js';
import { coordinateFunction } from '../../exact/functions/coordinate-function.js';
import { proximalMap } from '../../exact/functions/piecewise-quadratic.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { type FunctionDefinition, parseOnce, registry, type VectorsOf } from '../../reference/functions/index.js';
import { type Flag, steps, type VectorInput, type VectorInputs } from './vector-request.js';

type Places = Readonly<Record<'kink' | 'near a kink' | 'between' | 'zeros' | 'large' | 'tiny', readonly number[]>>;

/** Elements of y around the kinks of coordinate i, by their purpose. */
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

/** The number of elements that a specification with vector parameters requires; undefined if it allows any. */
function dimensionOf(specification: FunctionSpecification): number | undefined {
  const blocks = specification['blocks'] as readonly { length: number }[] | undefined;
  if (blocks !== undefined) return blocks.reduce((total, { length }) => total + length, 0);
  return Object.values(specification).find(Array.isArray)?.length;
}

/** The points for every step; fewer for functions with vector parameters, whose elements each have their own kinks. */
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

/** Like `separableInputs`, without jumps, where rounding would decide, except those at which both answers are right. */
function nonConvexInputs(specification: FunctionSpecification, { ties = [], tieStep = 1 }: VectorsOf): VectorInput[] {
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
  return [...away, ...ties.flatMap((tie) => [tie, -tie]).map((tie) => ask('jump', tieStep, [tie]))];
}

/** A projection does not depend on the step: two steps suffice to notice one that does. */
const stepsOfProjections = [0.1, 3] as const;

/** The questions about a function with given parameters. */
function inputsOf({ type, traits }: FunctionDefinition, vectors: VectorsOf): VectorInput[] {
  const specification: FunctionSpecification = { type, ...vectors.parameters };
  if (vectors.points === undefined) {
    return traits.convex === 'no' ? nonConvexInputs(specification, vectors) : separableInputs(specification);
  }
  const at = vectors.steps ?? (traits.indicator === 'yes' ? stepsOfProjections : steps);
  return vectors.points.flatMap(([flag, y]) =>
    at.map((step) => ({
      flags: [flag],
      request: { method: 'prox', function: specification, step, x: typeof y === 'function' ? y(step) : y } as const,
    })),
  );
}

/** prox_{γr}(y), equation (6): one file for each function whose prox is rational. */
export const proxInputs: readonly VectorInputs[] = [...registry.values()].flatMap(({ definition }) =>
  definition.vectors === undefined
    ? []
    : {
        name: `prox-${definition.type}`,
        source: { section: '1', equation: '(6)' },
        statement: 'prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u); x of the request is y',
        vectors: definition.vectors.flatMap((each) => inputsOf(definition, each)),
      },
);
