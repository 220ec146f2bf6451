import { canWrap, wrapperTypes } from '../claims/arbitraries/function-specification.js';
import { averageType } from '../claims/arbitraries/prox-case.js';
import { isWeight, parametersOf, type Restrictions } from '../claims/implementation/restrictions.js';
import { isStateful } from '../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../reference/algorithms/stateful/registry.js';
import { registry } from '../reference/functions/index.js';

/** What restrictions are about. */
export interface Declared {
  readonly methods: readonly string[];
  readonly functions: readonly string[];
  readonly smooth: readonly string[];
  readonly algorithms: readonly string[];
  readonly restrictions?: Restrictions | undefined;
}

/** A restriction that nothing declared could fall under, and why: misspelt, or about what the adapter does not offer. */
export interface Unmatched {
  readonly path: readonly string[];
  readonly message: string;
}

const withBatches = ['mini-batch', 'step', 'run'];

const leaveOut = 'leave the restriction out, or declare what it is about';

export function unmatchedRestrictions(declared: Declared): Unmatched[] {
  const { methods, functions, smooth, restrictions = {} } = declared;
  const { positiveWeights, oneDraw, isotropic, equalGroups, inner = {} } = restrictions;
  const parameters = [...functions, ...smooth].flatMap((type) => Object.entries(parametersOf(type)));
  const names = (kind: string): string[] => parameters.flatMap(([name, own]) => (own.kind === kind ? [name] : []));
  const eitherWay = names('number-or-vector');
  const unmatched = (path: readonly string[], why: string): Unmatched => ({ path, message: `${why}: ${leaveOut}` });
  return [
    ...(positiveWeights === true && ![...names('number'), ...names('vector')].some(isWeight)
      ? [unmatched(['positiveWeights'], 'no function that is declared has a weight')]
      : []),
    ...(oneDraw === true && !methods.some((method) => withBatches.includes(method))
      ? [unmatched(['oneDraw'], `none of ${withBatches.join(', ')} is declared`)]
      : []),
    ...(isotropic === true && eitherWay.length === 0
      ? [unmatched(['isotropic'], 'nothing that is declared has a parameter of one number for each entry')]
      : []),
    ...(Array.isArray(isotropic) ? (isotropic as readonly string[]) : [])
      .filter((name) => !eitherWay.includes(name))
      .map((name) => {
        const others = eitherWay.length === 0 ? '' : `, only ${[...new Set(eitherWay)].join(', ')} may be`;
        return unmatched(['isotropic'], `"${name}" is not one number for each entry of anything declared${others}`);
      }),
    ...(equalGroups === true && names('groups').length === 0
      ? [unmatched(['equalGroups'], 'no function that is declared has groups')]
      : []),
    ...Object.entries(inner).flatMap(([outer, types]) =>
      unmatchedInsides(outer, types, functions).map((why) => unmatched(['inner', outer], why)),
    ),
    ...unmatchedHyperparameters(declared).map((why) => unmatched(['withoutHyperparameters'], why)),
  ];
}

function unmatchedHyperparameters({ algorithms, restrictions = {} }: Declared): string[] {
  const hyperparameters = algorithms
    .filter(isStateful)
    .flatMap((algorithm) => Object.entries(statefulAlgorithms[algorithm].parameters));
  const optional = hyperparameters.flatMap(([name, own]) => (own.optional ? [name] : []));
  return (restrictions.withoutHyperparameters ?? [])
    .filter((name) => !optional.includes(name))
    .map((name) => `"${name}" is not a hyperparameter that a declared algorithm may leave out`);
}

function unmatchedInsides(outer: string, types: readonly string[], functions: readonly string[]): string[] {
  if (!functions.includes(outer)) return ['no such function is declared'];
  const isWrapper = wrapperTypes.includes(outer);
  if (!isWrapper && outer !== averageType) return ['it is built of no other functions'];
  const missing = types.filter((type) => !functions.includes(type)).map((type) => `"${type}" is not declared`);
  if (missing.length > 0) return missing;
  const isBasic = (type: string): boolean => registry.has(type) && ![...wrapperTypes, averageType].includes(type);
  return types.some((type) => isBasic(type) && (!isWrapper || canWrap(outer, type)))
    ? []
    : ['names no function that can be inside it and is not a wrapper itself'];
}
