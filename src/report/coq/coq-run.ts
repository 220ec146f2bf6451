import type { Certificate } from '../../claims/certificate.js';
import type { StatedValues } from '../../theory/proofs/search/stated-values.js';
import { fixedText } from './coq-fixed.js';
import { statedText, writtenOf } from './coq-stated.js';
import { stepsText } from './coq-steps.js';
import type { Theorem } from './coq-theorem.js';
import { convexLemmas, descentText, helpers, hypothesesOf, noiseText } from './run-lemmas.js';
import { storyOf } from './run-story.js';

/** What the last theorem of a file is called, and the forms of what it says of every T: the first that Coq's notation has is taken. */
export interface Stated {
  readonly name: string;
  readonly values: readonly StatedValues[];
}

/**
 * The theorem about T steps, and the theorem of the file if its bound is one of the stages, which `of` then names; undefined for other forms of a
 * proof.
 */
export function runText(
  certificate: Certificate,
  proved: ReadonlyMap<string, Theorem>,
  stated: Stated,
): { readonly text: string; readonly of?: string } | undefined {
  const story = storyOf(certificate, proved);
  const name = nameOf(stated.name, proved);
  if (story === undefined) {
    const fixed = fixedText(certificate, proved, name);
    return fixed === undefined ? undefined : { text: fixed };
  }
  const { noisy, bound } = story;
  const [found] = bound === undefined ? [] : stated.values.flatMap((values) => writtenOf(values, noisy) ?? []);
  const divided = found?.B === undefined ? '' : ' / B';
  const text = [
    helpers,
    hypothesesOf(story.kind !== 'gradient'),
    noisy ? noiseText(divided) : descentText,
    stepsText(story, divided),
    ...(found === undefined ? [] : [statedText(story, bound!, name, found)]),
    'End Stated.',
  ].join('\n\n');
  return { text, ...(found && { of: bound!.name }) };
}

/** A theorem by the id of its file, with another name than any in the file for Coq. */
function nameOf(id: string, proved: ReadonlyMap<string, Theorem>): string {
  const name = id.replaceAll(/[^\p{L}\p{N}]/gu, '_').replace(/^(?=[\p{N}_])/u, 'theorem_');
  const taken = [...[...proved.values()].map(({ text }) => text), helpers, convexLemmas].join('\n');
  return name.includes('_') && !new RegExp(`\\b${name}\\b`).test(taken) ? name : `theorem_${name}`;
}
