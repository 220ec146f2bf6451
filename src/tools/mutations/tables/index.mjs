import { algorithms } from './algorithms.mjs';
import { certifiedInfima } from './certified/infima.mjs';
import { certifiedSuprema } from './certified/suprema.mjs';
import { claimBounds } from './claims/bounds.mjs';
import { claimJudges } from './claims/judges.mjs';
import { claimProofs } from './claims/proofs.mjs';
import { claimProperties } from './claims/properties.mjs';
import { claimRuns } from './claims/runs.mjs';
import { claimTheorems } from './claims/theorems.mjs';
import { cli } from './cli.mjs';
import { exactArithmetic } from './exact/arithmetic.mjs';
import { exactEngines } from './exact/engines.mjs';
import { exactFunctions } from './exact/functions.mjs';
import { exactProblem } from './exact/problem.mjs';
import { executors } from './executors.mjs';
import { calculus } from './functions/calculus.mjs';
import { complex } from './functions/complex.mjs';
import { losses } from './functions/losses.mjs';
import { norms } from './functions/norms.mjs';
import { penalties } from './functions/penalties.mjs';
import { sets } from './functions/sets.mjs';
import { guard } from './guard.mjs';
import { problem } from './problem.mjs';
import { properties } from './properties.mjs';
import { reportCoq } from './report/coq.mjs';
import { reportFormats } from './report/formats.mjs';
import { reportHtml } from './report/html.mjs';
import { reportRecord } from './report/record.mjs';
import { reportTypesetting } from './report/typesetting.mjs';
import { reportWording } from './report/wording.mjs';
import { sampling } from './sampling.mjs';
import { smooth } from './smooth.mjs';
import { statistics } from './statistics.mjs';
import { theorems } from './theorems.mjs';

/** @type {readonly import('../table.mjs').Group[]} */
export const groups = [
  algorithms,
  certifiedInfima,
  certifiedSuprema,
  claimBounds,
  claimJudges,
  claimProofs,
  claimProperties,
  claimRuns,
  claimTheorems,
  cli,
  exactArithmetic,
  exactEngines,
  exactFunctions,
  exactProblem,
  calculus,
  complex,
  losses,
  norms,
  penalties,
  sets,
  executors,
  guard,
  problem,
  properties,
  reportCoq,
  reportFormats,
  reportHtml,
  reportTypesetting,
  reportRecord,
  reportWording,
  sampling,
  smooth,
  statistics,
  theorems,
].flat();
