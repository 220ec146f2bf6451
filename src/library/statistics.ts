/**
 * Decides E[X] ≤ b from a stream of independent observations of X ≥ 0, with a stated error at any stopping time and a stated power.
 *
 * @module signprox/statistics
 */
export type { BoundCheck } from '../statistics/bound-check.js';
export { falseAlarmBudget, type Spending, slotAlpha } from '../statistics/budget.js';
export { type Decision, decideBound, type LeftSides, type ReplicateSource } from '../statistics/decision.js';
export {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  violationProcess,
} from '../statistics/e-process.js';
export { intervalError, type KnownLaw, meanInterval } from '../statistics/mean-interval.js';
export {
  detectableMean,
  type PlanSituation,
  plannedReplicates,
  type Side,
  undecidedProbability,
} from '../statistics/plan.js';
