import type { FunctionSpecification } from '../functions/index.js';
import type { SmoothSpecification } from '../smooth/index.js';

export const zero: SmoothSpecification = { type: 'zero' };
export const l1 = (weight: number) => ({ type: 'l1', weight });
export const linear = (...coefficients: number[]) => ({ type: 'linear', coefficients });
export const quadratic = (curvature: number, center: number) => ({ type: 'quadratic', curvature, center });
export const huber = (weight: number, threshold: number) => ({ type: 'huber', weight, threshold });
export const logCosh = (weight: number, scale: number) => ({ type: 'log-cosh', weight, scale });
export const elasticNet = (l1Weight: number, l2Weight: number) => ({ type: 'elastic-net', l1Weight, l2Weight });
export const box = (lower: number, upper: number) => ({ type: 'box', lower, upper });
export const geman = (weight: number, scale: number) => ({ type: 'geman-mcclure', weight, scale });
export const cosine = (weight: number) => ({ type: 'cosine', weight });

export const scaled = (factor: number, inner: FunctionSpecification) => ({ type: 'scaled', factor, inner });
export const translated = (shift: number, inner: FunctionSpecification) => ({
  type: 'translated',
  shift: [shift],
  inner,
});
export const tilted = (slope: number, inner: FunctionSpecification) => ({ type: 'tilted', slope: [slope], inner });

export type Functions = readonly FunctionSpecification[];
export const steps = [0.1, 0.7, 1, 3];
