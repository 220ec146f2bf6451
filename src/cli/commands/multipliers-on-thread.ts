import { plural } from '../../claims/text.js';
import { rational, toDouble } from '../../exact/arithmetic/rational.js';
import { multipliersCoq } from '../../report/coq/multipliers-coq.js';
import type { Fact } from '../../report/document.js';
import { exitCodes } from '../../report/record/outcome.js';
import { formatNumber, formatOutwards } from '../../report/wording/format-number.js';
import { printableJson } from '../../report/wording/sanitize.js';
import { screenText, tableOptions, type Verdict } from '../../report/wording/screen.js';
import { type Certified, certify, type Multipliers, readMultipliers } from '../../theory/proofs/search/certify.js';
import { TheoremError } from '../../theory/theorem/theorem-fields.js';
import { UsageError } from '../options/usage-error.js';
import { readGiven } from '../problems/json-file.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';

/** Options of `signprox prove --multipliers`. */
export interface MultipliersOptions {
  readonly multipliers: string;
  readonly format: 'table' | 'json' | 'markdown' | 'coq';
  /** Seconds. */
  readonly budget: number;
}

/** `signprox prove --multipliers`: exact multipliers, or why there are none near the given ones. */
export async function run(
  { multipliers, format, budget }: MultipliersOptions,
  { say, stdout }: CommandContext,
): Promise<CommandResult> {
  const { json, origin } = await readGiven('--multipliers', multipliers, 'a JSON file of inequalities and multipliers');
  const end = performance.now() + 1000 * budget;
  const found = certify(read(json, origin), (text) => {
    say(text);
    if (performance.now() > end)
      throw new UsageError(`${origin}: the budget of ${budget} s is spent; give a larger --budget`);
  });
  const exitCode = found.answer === 'proved' ? exitCodes.ok : exitCodes.claimFailed;
  const { bound, ...rest } = found;
  const verdict = verdictOf(found, origin);
  if (format === 'coq') {
    if (found.certificate === undefined) throw new UsageError(`there is no proof for Coq: ${verdict.text}`);
    const title = `${origin}: the multipliers of ${found.source} as fractions.`;
    return { stdout: multipliersCoq(title, found.certificate), exitCode };
  }
  const screen = { verdict, blocks: [{ facts: factsOf(found) }], more: [], exitCode };
  const record = {
    verdict: verdict.text,
    ...rest,
    ...(bound && { bound: { ...bound, value: bound.value.toFraction() } }),
  };
  return {
    stdout:
      format === 'json'
        ? `${printableJson(JSON.stringify(record, undefined, 2))}\n`
        : screenText(screen, tableOptions(stdout, process.env)),
    exitCode,
  };
}

function read(json: unknown, origin: string): Multipliers {
  try {
    return readMultipliers(json);
  } catch (error) {
    if (error instanceof TheoremError) throw new UsageError(`${origin}: ${error.message}`);
    throw error;
  }
}

/** Characters of a fraction that is shown. */
const longest = 16;
const places = 10n ** 10n;

/** A bound as a reader wants it: the fraction, or in place of a long one a decimal that is not below it. */
function boundText({ value }: NonNullable<Certified['bound']>): string {
  const fraction = value.toFraction();
  if (fraction.length <= longest) return fraction;
  const { s, n, d } = value.mul(rational(places));
  const [whole, isWhole] = [(s * n) / d, n % d === 0n];
  return String(toDouble(rational(!isWhole && s > 0n ? whole + 1n : whole, places)));
}

function verdictOf({ answer, bound, source }: Certified, origin: string): Verdict {
  if (answer === 'none') return { mark: 'bad', text: `${origin}: no exact proof is near the multipliers of ${source}` };
  const said = bound === undefined ? 'every claim is proved' : `${bound.name} = ${boundText(bound)} is proved`;
  return { mark: 'good', text: `${origin}: ${said}, from the inequalities of the file` };
}

function factsOf({ bound, claims, moved, read: numbers, left, parameters }: Certified): Fact[] {
  const count = claims.reduce((total, { inequalities }) => total + inequalities, 0);
  const used = claims.reduce((total, claim) => total + claim.used, 0);
  const named = Object.keys(parameters).length;
  const [{ statement }] = claims as readonly [Certified['claims'][number]];
  const isShown = claims.length === 1 && statement !== '' && statement.length < 200;
  const { fractions, rounded, farthest } = numbers;
  return [
    ...(isShown ? [['proved', statement] as const] : []),
    ...(bound === undefined
      ? []
      : [
          [
            'the file',
            `${bound.given}; the proved bound is ${formatNumber(Math.abs(toDouble(bound.value) - bound.given))} ${toDouble(bound.value) < bound.given ? 'below' : 'above'} it`,
          ] as const,
        ]),
    ...(moved === undefined
      ? []
      : [
          [
            'checked',
            `an identity of polynomials in rationals, multipliers ≥ 0 and squares, for ${plural(claims.length, 'claim')}; ${used} of ${plural(count, 'inequality', 'inequalities')} used, each multiplier a fraction at most ${formatOutwards(moved, 'up')} from that of the file`,
          ] as const,
        ]),
    ...(named > 0 && moved !== undefined
      ? [
          [
            'numbers',
            `${plural(named, 'other parameter')} of the file are fractions too; --format json shows them`,
          ] as const,
        ]
      : []),
    [
      'read',
      fractions === 0
        ? 'the numbers of the inequalities are integers'
        : rounded === 0
          ? 'the numbers of the inequalities are read as they are'
          : `${plural(rounded, 'number')} of the inequalities are read as fractions that are at most ${formatOutwards(farthest, 'up')} away`,
    ],
    ['not judged', 'that the inequalities hold for the functions and the method: the file says so'],
    ...(moved === undefined
      ? [
          [
            'left over',
            `a value has the factor ${formatNumber(left.values)} at most, and the least eigenvalue is ${formatNumber(left.eigenvalue)}: both would be 0 or above`,
          ] as const,
        ]
      : []),
  ];
}
