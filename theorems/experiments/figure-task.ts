import { runCurve } from './figure-curve.js';

/** The task of a worker thread: one curve. */
export default runCurve;
