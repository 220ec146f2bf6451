import type { Block, Words } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { notAsked } from '../view/subjects.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';

/** The run, the implementation, the environment, and the command to run it again. */
export function runFacts(record: RunRecord): Block {
  const { command, seed, depth, implementation, suite, environment, timing } = record;
  const { name, version, language, dtype, conventions, accuracy = {} } = implementation;
  const declared = Object.entries(accuracy).map(([type, value]) => `${type} ${formatNumber(value)}`);
  const facts: readonly (readonly [string, Words | undefined])[] = [
    ['command', { code: command }],
    ['seed', [{ code: seed }, `, depth ${depth}`]],
    ['implementation', `${name} ${version}, ${language}, ${dtype}, sgn(0): ${conventions.signOfZero}`],
    ['declared accuracy', declared.join(', ') || undefined],
    ['not asked, as it declares', notAsked(implementation)],
    ['suite', `${suite.name} ${suite.version} on Node ${environment.node}, ${environment.platform}`],
    ['started', timing?.startedAt],
    ['time', timing && formatSeconds(timing.seconds)],
  ];
  return { facts: facts.filter(([, value]) => value !== undefined) };
}
