import { registry } from '../../reference/functions/index.js';
import type { Parameter, Parameters } from '../../reference/functions/parameters/parameter.js';
import { smoothRegistry } from '../../reference/smooth/index.js';

/** Limits on the declared offer of an implementation: cases beyond them are not asked, and do not count as refused or missing. */
export interface Restrictions {
  /** Weights are positive, not 0. */
  readonly positiveWeights?: boolean;
  /** A mini-batch is one draw: B = 1. */
  readonly oneDraw?: boolean;
  /** Parameters that may be one number or one for each entry must be one number: all of them, or those of these names. */
  readonly isotropic?: boolean | readonly string[];
  /** The groups of a function are of one size. */
  readonly equalGroups?: boolean;
  /** By type that is built from functions: the types allowed inside it; all declared types if absent. */
  readonly inner?: Readonly<Record<string, readonly string[]>>;
  /** A run has the same γ in every iteration. */
  readonly constantStep?: boolean;
  /** Rows and columns that a matrix has at least, for algorithms of matrices. */
  readonly leastShape?: number;
  /** Hyperparameters of algorithms with memory that are 0 or false. */
  readonly withoutHyperparameters?: readonly string[];
  /** Hyperparameters of algorithms with memory that have one value; null if it is not known which. */
  readonly fixedHyperparameters?: Readonly<Record<string, number | boolean | null>>;
}

/** A term has parameters of the same kinds as a function of the same name. */
export const parametersOf = (type: string): Parameters =>
  (registry.get(type) ?? smoothRegistry.get(type))?.definition.parameters ?? {};

/** Whether a parameter of this name is a weight, or a vector of them. */
export const isWeight = (name: string): boolean => /(^w|W)eights?$/.test(name);

/** Whether a parameter of this name is one number, although it might be one for each entry. */
export function isOneNumber(name: string, { isotropic }: Restrictions): boolean {
  return isotropic === true || (Array.isArray(isotropic) && isotropic.includes(name));
}

/** Whether a function of the type is allowed inside one of the type `outer`. */
export function mayStandIn(outer: string, type: string, { inner = {} }: Restrictions): boolean {
  return !Object.hasOwn(inner, outer) || inner[outer]!.includes(type);
}

/** Whether every function and term in a value respects the restrictions, at any depth. */
export function isOffered(value: unknown, restrictions: Restrictions): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  const { type } = value as { readonly type?: unknown };
  const parameters = typeof type === 'string' ? parametersOf(type) : {};
  return Object.entries(value).every(
    ([name, entry]) =>
      (parameters[name] === undefined || isOfferedAs(type as string, name, parameters[name], entry, restrictions)) &&
      isOffered(entry, restrictions),
  );
}

function isOfferedAs(
  type: string,
  name: string,
  { kind }: Parameter,
  value: unknown,
  restrictions: Restrictions,
): boolean {
  switch (kind) {
    case 'number':
      return !(restrictions.positiveWeights === true && isWeight(name) && value === 0);
    case 'vector':
      return !(
        restrictions.positiveWeights === true &&
        isWeight(name) &&
        Array.from(value as ArrayLike<number>).includes(0)
      );
    case 'number-or-vector':
      return typeof value === 'number' || !isOneNumber(name, restrictions);
    case 'groups':
      return restrictions.equalGroups !== true || sizesOf(value).size === 1;
    default:
      return insidesOf(kind, value).every((inside) => mayStandIn(type, inside, restrictions));
  }
}

const sizesOf = (groups: unknown): ReadonlySet<unknown> =>
  new Set(Array.isArray(groups) ? groups.map((group: unknown) => (group as { length?: unknown } | null)?.length) : []);

/** Types of the functions that a parameter holds. */
function insidesOf(kind: Parameter['kind'], value: unknown): string[] {
  const held = kind === 'function' ? [value] : value;
  if (!Array.isArray(held)) return [];
  if (kind !== 'function' && kind !== 'functions' && kind !== 'blocks') return [];
  return held.flatMap((each: unknown) => {
    const { type } = ((kind === 'blocks' ? (each as { function?: unknown } | null)?.function : each) ?? {}) as {
      readonly type?: unknown;
    };
    return typeof type === 'string' ? [type] : [];
  });
}
