import type { Certificate, Stage } from '../../claims/certificate.js';
import { parseExpression } from '../../theory/proofs/certificates/expression.js';
import { subtract } from '../../theory/proofs/certificates/polynomial.js';
import { classPremise, factPremise, inequalitiesOf } from './coq-premises.js';
import type { Theorem } from './coq-theorem.js';
import { helpers, hypothesesOf, runLemmas } from './run-lemmas.js';
import { applied, putter } from './run-story.js';

/** Numbers of steps, as stages are named by them. */
const counts = [
  'one step',
  ...'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'
    .split(' ')
    .map((word) => `${word} steps`),
];

/** Theorems about T steps at once, one for each T. */
export function fixedText(
  { stages }: Certificate,
  proved: ReadonlyMap<string, Theorem>,
  name: string,
): string | undefined {
  const runs = stages.flatMap((stage) => {
    const T = counts.indexOf(stage.name.replace(/^a run of /, '')) + 1;
    return T === 0 ? [] : [{ stage, T }];
  });
  const convex = runs.some(({ stage }) => 'x' in stage.symbols);
  // Bounds of f(x⁰) − f* may need no minimiser, and others of the same theorem one.
  if (runs.length === 0 || runs.some(({ stage }) => 'x' in stage.symbols !== convex)) return undefined;
  const theorems = runs.map(({ stage, T }) => fixedTheorem(stage, `${name}_at_${T}`, convex, proved));
  if (theorems.some((text) => text === undefined)) return undefined;
  return [helpers, hypothesesOf(convex), runLemmas(convex), ...theorems, 'End Stated.'].join('\n\n');
}

/** What is subtracted in a goal of T steps. */
const summand = / − 1\/(\d+) \((?:L‖h([₀-₉]+)‖²|f([₀-₉]+) − f\*)\)/g;

/** The bound at one T, about points that are defined one after the other; undefined for runs that are written otherwise. */
function fixedTheorem(
  stage: Stage,
  name: string,
  convex: boolean,
  proved: ReadonlyMap<string, Theorem>,
): string | undefined {
  const [, gap, distance, left] = /^(\S+) \(f₀ − f\*\)(?: \+ (\S+) L‖x‖²)?( − .*)$/.exec(stage.goal) ?? [];
  if (left === undefined) return undefined;
  const points = pointsOf(stage);
  if (points === undefined) return undefined;
  const [from, least] = convex ? ['x_star', 'f x_star'] : ['x₀', 'f_min'];
  const terms: Record<string, string> = { L: 'L', f_min: `(${least})`, m: '(m / L)', x: '(x₀ - x_star)%vector' };
  for (const k of points.names) {
    terms[`h${k}`] = `((1 / L) • grad x${k})%vector`;
    terms[`f${k}`] = `(f x${k})`;
  }
  const put = putter(stage, terms);
  for (const { values } of Object.values(stage.functions!))
    for (const [point, value] of Object.entries(values))
      if (point.startsWith('z'))
        terms[value.replace('−', '')] ??= `(f (${from} + (${put(stage.points![point]!)}))%vector)`;
  if (!proved.get(stage.name)!.symbols.every((symbol) => symbol in terms)) return undefined;
  const smallest = left === ' − m';
  const better = Object.keys(stage.facts ?? {}).flatMap((fact) => /^m is .* x([₀-₉]+)$/.exec(fact)?.[1] ?? []);
  const parts = [...left.matchAll(summand)];
  const squares = smallest || parts.some(([, , gradient]) => gradient !== undefined);
  const items = parts.map(([, , gradient, value]) =>
    gradient === undefined ? `f x${value} - ${least}` : `‖ grad x${gradient} ‖²`,
  );
  if (!smallest && (parts.length === 0 || parts.map(([text]) => text).join('') !== left)) return undefined;
  const [sum] = [
    items.length === 1
      ? items[0]!
      : `(${items.map((item) => (squares ? item : `(${item})`)).join(' + ')}) / ${items.length}`,
  ];
  const number = (text: string) => (text === '1' ? '' : `${text.replace('/', ' / ')} * `);
  const most = [
    ...(gap === '0' ? [] : [`${number(gap!)}${squares ? 'L * ' : ''}(f x₀ - ${least})`]),
    ...(distance === undefined || distance === '0'
      ? []
      : [`${number(distance)}${squares ? 'L ^ 2' : 'L'} * ‖ x₀ - x_star ‖²`]),
  ].join(' + ');
  const premises = new Map(
    inequalitiesOf(stage).flatMap((inequality): (readonly [string, string])[] => {
      if (inequality.kind === 'fact') {
        const at = /^m is .* x([₀-₉]+)$/.exec(inequality.name)?.[1];
        return [[factPremise(inequality.name), at === undefined ? '(below _)' : `(at_most_summand _ _ m_below${at})`]];
      }
      if (!('from' in inequality)) return [];
      const { kind, of, from: start } = inequality;
      const lemma = start === 'x*' ? `${kind}_from_minimum _ _ _ _` : `${kind}_of_${of} _ _ _ _ _ _`;
      return [[classPremise(inequality), `(${lemma})`]];
    }),
  );
  const later = points.names.slice(1);
  return `(** The bound at one T, for the points of a run. *)
Theorem ${name} (${points.names.map((k) => `x${k}`).join(' ')} : vector)${smallest ? ' (m : R)' : ''} :
${points.equations.map((equation) => `  ${equation} ->\n`).join('')}${better.map((k) => `  m <= ‖ grad x${k} ‖² ->\n`).join('')}  ${smallest ? 'm' : sum} <= ${most === '' ? '0' : most}.
Proof.
  intros ${[...later.map((k) => `x${k}_is`), ...better.map((k) => `m_below${k}`)].join(' ')}.
${later.map((k) => `  pose proof (fun i => f_equal (fun v : vector => v i) x${k}_is) as at${k}. cbv beta in at${k}. autounfold with points in at${k}.\n`).join('')}  assert (goal : 0 <= ${put(stage.goal)}).
  { refine (${applied(stage, terms, (premise) => premises.get(premise) ?? premise, { proved })}); clear${later.map((k) => ` x${k}_is`).join('')}; by_definition. }
${
  squares
    ? `  rewrite ?square_over_L in goal.
  match type of goal with 0 <= ?sum => match goal with |- ?left <= ?most =>
    assert (isolated : L * sum = most - left) by (autorewrite with inner; field; lra);
    assert (0 <= L * sum) by (apply Rmult_le_pos; lra); lra end end.`
    : '  lra.'
}
Qed.`;
}

/** The points x₀, x₁, … of a stage by their subscripts, and what each of them is by those before it; undefined if one is unknown. */
function pointsOf({
  points = {},
  vectors = [],
}: Stage): { readonly names: readonly string[]; readonly equations: readonly string[] } | undefined {
  const names = ['₀'];
  const equations: string[] = [];
  let before = parseExpression(vectors.includes('x') ? 'x' : '0h₀');
  if (points['x₀'] !== undefined && subtract(parseExpression(points['x₀']), before).size > 0) return undefined;
  for (const [, k] of Object.keys(points).flatMap((name) => [/^x([₀-₉]+)$/.exec(name) ?? []])) {
    if (k === undefined || k === '₀') continue;
    const here = parseExpression(points[`x${k}`]!);
    const moved = [...subtract(here, before).values()].map(({ powers, coefficient }) => ({
      of: powers[0]![0],
      coefficient,
    }));
    if (moved.some(({ of }) => !names.some((known) => of === `h${known}`))) return undefined;
    const text = moved.map(({ of, coefficient }) => {
      const size = coefficient.abs().toFraction().replace('/', ' / ');
      return ` ${coefficient.toFraction().startsWith('-') ? '-' : '+'} (${size} / L) • grad x${of.slice(1)}`;
    });
    equations.push(`x${k} = ${text.length === 0 ? `x${names.at(-1)}` : `(x${names.at(-1)}${text.join('')})%vector`}`);
    names.push(k);
    before = here;
  }
  return { names, equations };
}
