import seedrandom from 'seedrandom';
import { contains, radiusOf } from '../../../dist/src/guard/vectors/interval.js';
import { conventionsIn, intervalsBy } from '../../../dist/src/guard/vectors/optimiser-answers.js';
import { runUpdate } from '../../../dist/src/guard/vectors/run-update.js';
import { drawnQuestions } from './draw.mjs';

/** Times that each wrong form is to be killed beside each convention, in each format. */
const times = 3;

/** Questions of a subject at least, though fewer find every wrong form. */
const fewest = 5;

/** Questions that are drawn of each start. */
const candidates = 90;

/** Bytes of a question in a file beside its answers, of an entry of an answer by format, and of a file at most, shared by the formats. */
const fixedBytes = 1200;
const entryBytes = { f64: 44, f32: 25, f16: 18, bf16: 16, 'bf16-f32': 20 };
const mostBytes = 195_000;

/** What the first, second and third kill of the same is worth. */
const worth = [0, 1, 4, 16];

/** In these formats a run is carried on; in the others only where an error of x does not grow, and each step starts anew otherwise. */
const precise = ['f64', 'f32'];
const short = ['f16', 'bf16', 'bf16-f32'];

const takesSigns = ({ definition }) => definition.signs === true;

/** The point ahead is made of the x that the step before made. */
const canReset = ({ algorithm }) => algorithm !== 'fista';

const formatsOf = (memory, start) => {
  const isSteady = takesSigns(memory) || memory.algorithm === 'momentum-sgd' || !canReset(memory);
  if (start === 'reset') return isSteady ? [] : short;
  return isSteady ? [...precise, ...short] : precise;
};

/** Questions for few digits that are tried for what no other one finds. */
const plainCandidates = 150;

const isWithin = (intervals, iterates) =>
  intervals.every((row, t) => row.every((interval, i) => contains(interval, iterates[t][i])));

/** The middle of an interval, which stands for what an implementation with other conventions answers. */
const middle = (intervals) =>
  intervals.map((row) => row.map((each) => (each === 'any' ? Number.NaN : (Number(each[0]) + Number(each[1])) / 2)));

/** The smallest move of an entry that is not kept: γ, and with error feedback the mean size of a message. */
function leastMove({ algorithm }, { start, x, steps }, usual) {
  if (!algorithm.startsWith('error-feedback')) return Math.min(...steps);
  const iterates = [x, ...middle(usual)];
  const moves = iterates.slice(1).flatMap((own, t) => own.map((v, i) => v - (start === 'reset' ? x : iterates[t])[i]));
  return Math.min(...moves.map(Math.abs).filter((move) => move > 2 ** -30));
}

/**
 * What a question kills in a format, as numbers: form f beside convention c is f·C + c, and behind these come the pairs of conventions.
 * @returns {{ killed: Set<number>, size: number, width: number }}
 */
function killsOf(memory, question, format, conventions, forms) {
  const byText = new Map();
  const intervals = intervalsBy(memory, question, conventions, format).map((own) => {
    const text = JSON.stringify(own);
    if (!byText.has(text)) byText.set(text, own);
    return byText.get(text);
  });
  const distinct = [...byText.values()];
  const nothing = { killed: new Set(), size: 0, width: Number.POSITIVE_INFINITY };
  // Where a sign is open, or rounding may turn it, a whole step is unknown, and conventions have nothing to do with it.
  const known = (own, most) => own.flat().every((each) => radiusOf(each) < most);
  if (takesSigns(memory)) {
    const [usual] = intervalsBy(memory, question, conventions.slice(0, 1), 'f64');
    const least = leastMove(memory, question, usual) / 2;
    if (!known(usual, 2 ** -30) || !distinct.every((own) => known(own, least))) return nothing;
  }
  // Where most entries may be anything, nothing but NaN is found.
  const radii = intervals[0]
    .flat()
    .map(radiusOf)
    .sort((one, other) => one - other);
  const width = radii[Math.floor(radii.length / 2)];
  if (width === Number.POSITIVE_INFINITY) return nothing;
  const places = distinct.map((own) => intervals.flatMap((each, c) => (each === own ? [c] : [])));
  const [killed, count] = [new Set(), conventions.length];
  const add = (base, isKilled) =>
    distinct.forEach((own, k) => {
      if (isKilled(own)) for (const c of places[k]) killed.add(base + c);
    });
  forms.forEach(({ update }, f) => {
    const iterates = runUpdate(update, question, format);
    // NaN of a wrong form kills it, but the right answer must be known there.
    add(f * count, (own) => !isWithin(own, iterates));
  });
  distinct.forEach((other, k) => {
    const iterates = middle(other);
    if (iterates.flat().some(Number.isNaN)) return;
    for (const c of places[k]) add((forms.length + c) * count, (own) => own !== other && !isWithin(own, iterates));
  });
  return { killed, size: distinct.length * radii.length, width };
}

/** Special values that a question has, and pairs of hyperparameters that are on or off: each is asked once in each format. */
function specialsOf({ hyperparameters, x, steps, gradients }) {
  const values = Object.entries(hyperparameters).map(([name, value]) => `${name} ${value}`);
  const ons = Object.entries(hyperparameters).map(([name, value]) => `${name} ${Number(value) === 0 ? 'off' : 'on'}`);
  const is = {
    'a step that changes': new Set(steps).size > 1,
    'a gradient of zeros': gradients.some((g) => g.every((value) => value === 0)),
    'zeros at first': gradients[0].every((value) => value === 0),
    'a zero in a gradient': gradients.some((g) => g.includes(0) && !g.every((value) => value === 0)),
    'a zero in x': x.includes(0),
  };
  return [
    ...Object.keys(is).filter((name) => is[name]),
    ...values,
    ...ons.flatMap((one, k) => ons.slice(k + 1).map((other) => `${one}, ${other}`)),
  ];
}

/**
 * Of the bags of a format those that, one after the other, hold most of what is not met often enough for what they cost: of `before` as long as one of these has something,
 * and for no more than the budget.
 */
export function cover(bags, costs, before, budget) {
  const left = new Map();
  for (const bag of bags) {
    for (const each of bag) {
      left.set(each, Math.min(times, (left.get(each) ?? 0) + 1));
    }
  }
  const chosen = new Set();
  let spent = 0;
  const scoreOf = (b) => {
    let score = 0;
    for (const each of bags[b]) score += worth[Math.max(0, left.get(each))];
    return score / costs[b];
  };
  const bestOf = (those) =>
    those
      .filter((b) => !chosen.has(b) && spent + costs[b] <= budget)
      .reduce((best, b) => (scoreOf(b) > (best === undefined ? 0 : scoreOf(best)) ? b : best), undefined);
  for (const those of [before, bags.map((_, b) => b)]) {
    for (let best = bestOf(those); best !== undefined; best = bestOf(those)) {
      chosen.add(best);
      spent += costs[best];
      for (const each of bags[best]) left.set(each, left.get(each) - 1);
    }
  }
  return [...chosen];
}

/** The changes of an algorithm that answer at all: what throws on the first question needs no vector. */
export function answeringOf(memory, mutants) {
  const [trial] = drawnQuestions(memory, 'carried', 1);
  return mutants.filter(({ update }) => {
    try {
      return runUpdate(update, trial, 'f64').every((x) => x.length === trial.x.length);
    } catch {
      return false;
    }
  });
}

/**
 * Chooses the questions to an algorithm, each with its formats, and tells what they kill.
 * @param {import('../../../dist/src/guard/vectors/subject.js').VectorSubject} memory
 * @param {{ name: string, update: Function }[]} mutants
 */
export function chosenQuestions(memory, mutants) {
  const { update, errors } = memory.definition;
  const named = Object.entries(errors).map(([name, wrong]) => ({ name, update: wrong(update) }));
  const conventions = conventionsIn(memory);
  const count = conventions.length;
  const forms = [...named, ...mutants];
  const asked = [];
  for (const start of ['carried', 'reset']) {
    const own = formatsOf(memory, start);
    if (own.length === 0) continue;
    for (const question of drawnQuestions(memory, start, candidates)) {
      const kills = new Map(own.map((format) => [format, killsOf(memory, question, format, conventions, forms)]));
      asked.push({ question, kills });
    }
  }
  // What none of them finds is looked for with others.
  const isMet = (format, element) => asked.some(({ kills }) => kills.get(format)?.killed.has(element));
  const lost = new Map(
    short.map((format) => [
      format,
      Array.from({ length: named.length * count }, (_, each) => each).filter((each) => !isMet(format, each)),
    ]),
  );
  for (const start of canReset(memory) ? ['carried', 'reset'] : ['carried']) {
    for (const question of drawnQuestions(memory, start, plainCandidates, true)) {
      const kills = new Map();
      for (const [format, elements] of lost) {
        const those = new Set(elements.map((each) => Math.floor(each / count)));
        if (those.size === 0) continue;
        const [usual] = intervalsBy(memory, question, conventions.slice(0, 1), format);
        if (![...those].some((f) => !isWithin(usual, runUpdate(named[f].update, question, format)))) continue;
        const found = killsOf(memory, question, format, conventions, forms);
        if (!elements.some((each) => found.killed.has(each))) continue;
        kills.set(format, found);
        lost.set(
          format,
          elements.filter((each) => !found.killed.has(each)),
        );
      }
      if (kills.size > 0) asked.push({ question, kills });
    }
  }
  const everyone = asked.map((_, b) => b);
  /** By format the questions that are chosen: those with the fewest digits come first, because they need most. */
  const chosenIn = new Map();
  const killsIn = (b, format) => asked[b].kills.get(format);
  const own = [...new Set(asked.flatMap(({ kills }) => [...kills.keys()]))];
  for (const format of ['bf16', 'f16', 'bf16-f32', 'f32', 'f64'].filter((each) => own.includes(each))) {
    const those = everyone.filter((b) => killsIn(b, format) !== undefined);
    const specials = (b) => (killsIn(b, format).killed.size > 0 ? specialsOf(asked[b].question) : []);
    const bags = everyone.map((b) => (those.includes(b) ? [...killsIn(b, format).killed, ...specials(b)] : []));
    const before = new Set([...chosenIn.values()].flat());
    // A question that is asked already costs its answers alone.
    const costs = everyone.map(
      (b) => (before.has(b) ? 0 : fixedBytes) + 40 + entryBytes[format] * (killsIn(b, format)?.size ?? 0),
    );
    const share = (entryBytes[format] * mostBytes) / own.reduce((sum, each) => sum + entryBytes[each], 0);
    chosenIn.set(format, cover(bags, costs, [...before], share));
  }
  const asking = () => new Set([...chosenIn.values()].flat());
  for (const b of everyone) {
    if (asking().size >= fewest) break;
    if (asking().has(b)) continue;
    for (const [format, those] of chosenIn) if (killsIn(b, format)?.killed.size > 0) those.push(b);
  }
  const chosen = [...asking()].sort((one, other) => one - other);
  const questions = chosen.map((b) => ({
    question: asked[b].question,
    formats: [...chosenIn].flatMap(([format, those]) => (those.includes(b) ? [format] : [])),
  }));
  const killedBy = (those, format, element) => those.filter((b) => killsIn(b, format)?.killed.has(element)).length;
  const report = {};
  const shares = { killed: [], random: [] };
  const random = seedrandom(`random choice of ${memory.algorithm}`);
  for (const format of [...precise, ...short]) {
    const those = everyone.filter((b) => killsIn(b, format) !== undefined);
    const own = chosenIn.get(format) ?? [];
    if (own.length === 0) continue;
    const fewestOf = (f, from) => Math.min(...conventions.map((_, c) => killedBy(from, format, f * count + c)));
    const byForm = forms.map((_, f) => fewestOf(f, own));
    const pairs = { told: 0, possible: 0, of: (count * (count - 1)) / 2 };
    for (let c = 0; c < count; c++) {
      for (let d = 0; d < c; d++) {
        const both = [(forms.length + c) * count + d, (forms.length + d) * count + c];
        pairs.told += both.every((each) => killedBy(own, format, each) > 0) ? 1 : 0;
        pairs.possible += both.every((each) => killedBy(those, format, each) > 0) ? 1 : 0;
      }
    }
    const met = (from) => new Set(from.flatMap((b) => [...killsIn(b, format).killed])).size;
    shares.killed.push(met(own) / met(those));
    for (let k = 0; k < 5; k++) {
      const drawn = those.map((b) => [random(), b]).sort(([one], [other]) => one - other);
      shares.random.push(met(drawn.slice(0, own.length).map(([, b]) => b)) / met(those));
    }
    const widths = own.map((b) => killsIn(b, format).width).sort((one, other) => one - other);
    report[format] = {
      questions: widths.length,
      width: Number((widths[Math.floor(widths.length / 2)] ?? Number.NaN).toPrecision(2)),
      wrong: Object.fromEntries(named.map(({ name }, f) => [name, byForm[f]])),
      operators: {
        killed: byForm.slice(named.length).filter((times_) => times_ > 0).length,
        of: mutants.length,
        left: mutants.flatMap(({ name }, m) => (byForm[named.length + m] > 0 ? [] : [name])),
      },
      conventions: pairs,
    };
  }
  const mean = (values) => Number((values.reduce((sum, each) => sum + each, 0) / values.length).toFixed(4));
  return {
    questions,
    report: {
      questions: chosen.length,
      conventions: count,
      killed: mean(shares.killed),
      killedByRandomChoice: mean(shares.random),
      formats: report,
    },
  };
}
