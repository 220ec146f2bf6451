import { algorithmNames } from '../reference/algorithms/algorithm.js';
import { statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
import { registry } from '../reference/functions/index.js';

/** Other names that the field has for functions of the vocabulary, without case and hyphens. */
const functionsAlsoCalled: Readonly<Record<string, string>> = {
  ...{ lasso: 'l1', softthreshold: 'l1', softthresholding: 'l1', shrink: 'l1', softshrink: 'l1' },
  ...{ hardthreshold: 'l0', hardthresholding: 'l0', hardshrink: 'l0' },
  ...{ ridge: 'squared-l2', tikhonov: 'squared-l2', relu: 'nonnegative', nonneg: 'nonnegative' },
  ...{ grouplasso: 'group-l2', slope: 'sorted-l1', tv: 'total-variation-1d', fusedlasso: 'total-variation-1d' },
  ...{ tracenorm: 'nuclear-norm', nuclear: 'nuclear-norm', svt: 'nuclear-norm', hardtanh: 'box' },
  ...{ singularvaluethreshold: 'nuclear-norm', singularvaluethresholding: 'nuclear-norm' },
};

/** A class or function `SGD` has momentum in every library; without the argument it is judged at momentum 0. */
const algorithmsAlsoCalled: Readonly<Record<string, string>> = {
  ...{ sgd: 'momentum-sgd', momentum: 'momentum-sgd', gradientdescent: 'gradient-descent' },
  ...{ signprox: 'sign-prox', signmomentum: 'signum', adamaxw: 'adamax' },
};

/** A name without its case and hyphens: `totalVariation2d` is total-variation-2d, which is no name of JavaScript. */
export const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * Words that say who wrote something, or how it is carried out, and not what it computes. With any other word a name may be that of a
 * variant, as StableAdamW is one of AdamW.
 */
const harmless: ReadonlySet<string> = new Set(
  [
    'a an the my our own user custom new old plain basic simple naive manual mine toy tiny test example demo reference ref impl implementation',
    'good right wrong bad broken buggy fixed fast faster fused foreach loop cpu gpu cuda jit compiled eager numpy np torch jax keras mlx py js',
    'prox proximal operator op projection project proj onto of to for with function norm indicator optimizer optimiser opt algorithm method step',
    'v v1 v2 v3',
  ].flatMap((line) => line.split(' ')),
);

/** The words of a name: `MyAdamW` is my, adam, w; `prox_l1` is prox, l1. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** What a name says: the algorithm or function, and the words beside it that may make it a variant. */
export interface Meant {
  readonly as: string;
  readonly beside: readonly string[];
}

function table(names: readonly string[], also: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map([...names.map((name) => [bare(name), name] as const), ...Object.entries(also)]);
}

const algorithms = table([...algorithmNames, ...statefulAlgorithmNames], algorithmsAlsoCalled);
const functions = table([...registry.keys()], functionsAlsoCalled);

/** The longest run of words that is a name of the table, and what is left. */
function longest(words: readonly string[], names: ReadonlyMap<string, string>): Meant | undefined {
  for (let length = words.length; length > 0; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const as = names.get(words.slice(start, start + length).join(''));
      if (as === undefined) continue;
      const beside = words.toSpliced(start, length).filter((word) => !harmless.has(word));
      return { as, beside };
    }
  }
  return undefined;
}

/**
 * The algorithm or the function that an object such as `my_module:MyAdamW` implements, as its name has it. An algorithm comes first, except
 * where the name says that it is a prox or a projection.
 *
 * @param kinds what it can be at all
 */
export function meantByName(object: string, kinds: 'any' | 'functions' | 'algorithms' = 'any'): Meant | undefined {
  const name = /[^:.]*$/.exec(object)![0];
  const words = wordsOf(name);
  const ofAlgorithm = kinds === 'functions' ? undefined : longest(words, algorithms);
  const ofFunction = kinds === 'algorithms' ? undefined : longest(words, functions);
  const isProx = words.some((word) => /^prox|^proj/.test(word));
  return isProx ? (ofFunction ?? ofAlgorithm) : (ofAlgorithm ?? ofFunction);
}

/** The function of the vocabulary that has this name in the field. */
export const functionAlsoCalled = (name: string): string | undefined => functionsAlsoCalled[bare(name)];
