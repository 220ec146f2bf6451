/**
 * Other people's implementations: a JavaScript module in this process or in one of its own, or any program that speaks the protocol,
 * judged by all claims into a run record, from which every report is made.
 *
 * @module signprox/guard
 */
export type { SubjectVerdict } from '../claims/subject-verdicts.js';
export { loadModule } from '../guard/load-module.js';
export {
  type ImplementationModule,
  type ModuleDescription,
  ModuleLoadError,
  wrapModule,
} from '../guard/module-implementation.js';
export { openModule } from '../guard/module-process.js';
export { openProcess, type ProcessImplementation, type ProcessOptions } from '../guard/process-implementation.js';
export type { AdapterFailure } from '../guard/supervisor/failures.js';
export type { Arrangement } from '../report/formats/format-names.js';
export { type FormatName, formatNames } from '../report/formats/format-names.js';
export { formatReport } from '../report/formats/formats.js';
export { htmlReport } from '../report/html/html-report.js';
export type { Outcome } from '../report/record/outcome.js';
export { type ClaimRecord, type KnownCell, parseRunRecord, type RunRecord } from '../report/record/run-record.js';
export { type SubjectRecord, type SubjectsRecord, subjectsOf } from '../report/record/subjects.js';
export type { TableOptions } from '../report/wording/screen.js';
export { type JudgeOptions, judge } from './judge.js';
