import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction, SmoothnessConstants } from '../definition/proximable-function.js';
import { type Block, blocks as blocksParameter } from '../parameters/blocks.js';

/** A block, the index of its first coordinate, and private copies of its part of the argument and of a result. */
interface Part extends Block {
  readonly offset: number;
  readonly input: Float64Array;
  readonly output: Float64Array;
}

function partsOf(blocks: readonly Block[]): readonly Part[] {
  let offset = 0;
  return blocks.map(({ length, function: fn }) => {
    const part: Part = {
      length,
      function: fn,
      offset,
      input: new Float64Array(length),
      output: new Float64Array(length),
    };
    offset += length;
    return part;
  });
}

/** The part of u that belongs to the block, copied: a view would be an allocation a call. */
function inputOf(part: Part, u: Float64Array): Float64Array {
  for (let i = 0; i < part.length; i++) part.input[i] = u[part.offset + i]!;
  return part.input;
}

function partAt(parts: readonly Part[], index: number): Part {
  return parts.findLast((part) => part.offset <= index)!;
}

function constantsOf(parts: readonly Part[]): SmoothnessConstants | undefined {
  const constants = parts.map((part) => part.function.smooth);
  if (!constants.every((constant) => constant !== undefined)) return undefined;
  return {
    lipschitz: Math.max(...constants.map((constant) => constant.lipschitz)),
    ...(constants.every((constant) => constant.coordinateLipschitz !== undefined) && {
      coordinateLipschitz(index: number) {
        const part = partAt(parts, index);
        return part.function.smooth!.coordinateLipschitz!(index - part.offset);
      },
    }),
  };
}

/** Σ r_j*(p_j). */
function conjugateOf(parts: readonly Part[]): ConjugateFunction {
  const conjugates = parts.map((part) => part.function.conjugate!());
  const sum = (p: Float64Array, term: 'value' | 'finiteValue'): number =>
    parts.reduce((total, part, j) => total + (conjugates[j]![term] ?? conjugates[j]!.value)(inputOf(part, p)), 0);
  return {
    value: (p) => sum(p, 'value'),
    ...(conjugates.some((conjugate) => conjugate.violation !== undefined) && {
      violation: (p: Float64Array) =>
        parts.reduce((norm, part, j) => Math.hypot(norm, conjugates[j]!.violation?.(inputOf(part, p)) ?? 0), 0),
      finiteValue: (p: Float64Array) => sum(p, 'finiteValue'),
    }),
  };
}

/**
 * Σ_j r_j(u_j) over consecutive blocks u_j of u. Prox, residual, gradient and conjugate act block by block; L = max L_j.
 *
 * @example
 * const blocks = [{ length: 1, function: l1({ weight: 1 }) }, { length: 2, function: zero({}) }];
 * assert.deepEqual([...separableSum({ blocks }).prox(Float64Array.of(3, 3, 3), 1)], [2, 3, 3]);
 */
export const separableSum = defineFunction({
  type: 'separable-sum',
  formula: 'sum over blocks of function(the next length coordinates of u)',
  parameters: { blocks: blocksParameter },
  traits: {
    convex: 'inherited',
    separable: 'inherited',
    smooth: 'inherited',
    conjugate: 'inherited',
    indicator: 'inherited',
  },
  examples: [
    {
      blocks: [
        { length: 2, function: { type: 'l1', weight: 0.75 } },
        { length: 1, function: { type: 'quadratic', curvature: 2, center: 0.5 } },
        { length: 1, function: { type: 'nonnegative' } },
      ],
    },
    {
      blocks: [
        { length: 3, function: { type: 'simplex', total: 1 } },
        { length: 2, function: { type: 'linear', coefficients: [0.5, -1] } },
      ],
    },
    {
      blocks: [
        { length: 1, function: { type: 'huber', weight: 2, threshold: 0.5 } },
        { length: 2, function: { type: 'quadratic', curvature: [1, 3], center: 0 } },
      ],
    },
  ],
  vectors: [
    {
      parameters: {
        blocks: [
          { length: 1, function: { type: 'l1', weight: 0.7 } },
          { length: 2, function: { type: 'box', lower: -1, upper: 0.3 } },
        ],
      },
    },
  ],
  mutants: {
    'first-block-everywhere': {
      description: 'blocks after the first are returned as they are',
      prox({ blocks }, step, y) {
        const first = blocks[0]!;
        return [...first.function.prox(y.slice(0, first.length), step), ...y.slice(first.length)];
      },
    },
    'equal-blocks': {
      description: 'from the third block on, blocks begin where they would if all had the length of the first',
      prox({ blocks }, step, y) {
        const u = y.slice();
        let start = 0;
        blocks.forEach((block, j) => {
          const from = j < 2 ? start : Math.min(j * blocks[0]!.length, y.length - block.length);
          block.function.prox(y.slice(from, from + block.length), step).forEach((v, i) => {
            u[from + i] = v;
          });
          start += block.length;
        });
        return u;
      },
    },
  },
  create({ blocks }, identity): ProximableFunction {
    const parts = partsOf(blocks);
    const dimension = parts.reduce((total, part) => total + part.length, 0);
    const functions = parts.map((part) => part.function);
    const smooth = constantsOf(parts);
    const accuracy = Math.max(0, ...functions.map((fn) => fn.accuracy ?? 0));

    function apply(
      operator: 'prox' | 'residual' | 'dividedResidual',
      y: Float64Array,
      step: number,
      out: Float64Array,
    ): void {
      for (let j = 0; j < parts.length; j++) {
        const part = parts[j]!;
        out.set(part.function[operator](inputOf(part, y), step, part.output), part.offset);
      }
    }

    return checkedFunction({
      convex: functions.every((fn) => fn.convex),
      ...identity,
      dimension,
      ...(accuracy > 0 && { accuracy }),
      ...(smooth !== undefined && { smooth }),
      value(u) {
        let sum = 0;
        for (const part of parts) sum += part.function.value(inputOf(part, u));
        return sum;
      },
      ...(functions.some((fn) => fn.violation !== undefined) && {
        violation: (u: Float64Array) =>
          parts.reduce((norm, part) => Math.hypot(norm, part.function.violation?.(inputOf(part, u)) ?? 0), 0),
        finiteValue: (u: Float64Array) =>
          parts.reduce((sum, part) => {
            const fn = part.function;
            return sum + (fn.finiteValue ?? fn.value).call(fn, inputOf(part, u));
          }, 0),
      }),
      ...(functions.every((fn) => fn.gradient !== undefined) && {
        gradient(u: Float64Array, out: Float64Array) {
          for (const part of parts) out.set(part.function.gradient!(inputOf(part, u), part.output), part.offset);
        },
      }),
      prox: (y, step, out) => apply('prox', y, step, out),
      residual: (y, step, out) => apply('residual', y, step, out),
      dividedResidual: (y, step, out) => apply('dividedResidual', y, step, out),
      ...(functions.every((fn) => fn.conjugate !== undefined) && { conjugate: () => conjugateOf(parts) }),
      ...(functions.every((fn) => fn.coordinate !== undefined) && {
        coordinate(index: number) {
          const part = partAt(parts, index);
          return part.function.coordinate!(index - part.offset);
        },
      }),
    });
  },
});
