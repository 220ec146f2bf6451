import type { Finding, RowFinding } from '../../../src/library/claims.js';
import { enclosingDoubles, maximum, one, type Rational, rational, toDouble } from '../../../src/library/exact.js';
import { boundEvidence, claimOf } from '../../../src/library/testing.js';
import { type Comparison, counterexampleClaim } from '../../shared/counterexample-claim.js';
import {
  type Adaptive,
  type Draws,
  drawnRegret,
  drawnRegretBelow,
  type Enclosed,
  type Game,
  play,
  type Regret,
  regretBound,
  threeRounds,
} from './regret.js';

/**
 * The regret of Adam and of AMSGrad (Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018, abstract and introduction read, in their
 * game on [−1, 1]) for losses f_t(x) = g_t x, |g_t| ≤ G, without momentum. Where √v_t/α_t does not decrease, as with the largest v so far,
 *
 *     R(T) = Σ f_t(x_t) − min_u Σ f_t(u) ≤ √T[D²/(2α)·(√v_T + ε) + αG/√(1 − β₂)],   α_t = α/√t, D = 2,
 *
 * so that R(T)/T → 0. Adam, whose v forgets, loses 2(C − 2)/3 in every round of a game of the slopes C, −1, −1. Proof in PROOFS.md.
 */
const source = { section: 'Reddi, Kale and Kumar 2018', equation: 'the regret of Adam and of AMSGrad, β₁ = 0' };

const half = rational(1n, 2n);

/** β₂ = 1/(1 + C²) and α = ½ < √(1 − β₂). */
const adam = (size: number): Adaptive => ({
  ...{ alpha: half, decay: rational(1n, BigInt(1 + size * size)), largest: false },
});

const iterations = { quick: [30, 900], standard: [30, 300, 900, 3000], deep: [30, 300, 900, 3000, 9000] };

/** R(T)/T, and the bounds of AMSGrad per round: with the largest v so far, as AMSGrad has it, and with the last one, to which v has fallen since. */
function perRound(game: Game, player: Adaptive, size: number, asked: readonly number[]): Comparison[] {
  const told = [
    ...(player.corrected ? ['bias corrected'] : []),
    ...(player.epsilon ? ['ε = 10⁻⁸'] : []),
    ...(player.largest ? ['the largest v'] : []),
  ];
  const instance = [game.name, ...told].join(', ');
  return play(game, player, asked).flatMap(({ iterations, regret, root, largestRoot }) => {
    const rounds = rational(BigInt(iterations));
    const against = (v: string, ofBound: Enclosed): Comparison => ({
      ...{ instance: `${instance}, over the ${v} v`, iterations, engine: 'paths' },
      step: toDouble(player.alpha) / Math.sqrt(iterations),
      left: regret.lower.div(rounds),
      upper: regret.upper.div(rounds),
      bound: regretBound(player, { iterations, root: ofBound }, rational(BigInt(size))).upper.div(rounds),
      constants: { slope: size, decay: toDouble(player.decay) },
    });
    return [against('largest', largestRoot), against('last', root)];
  });
}

/** Reddi's game for an Adam as papers state it, and as libraries have it. */
export const threeRoundGames = (depth: keyof typeof iterations, change: Partial<Adaptive> = {}): Comparison[] =>
  [3, 10].flatMap((size) =>
    [{}, { corrected: true, epsilon: rational(1n, 10n ** 8n) }].flatMap((form) =>
      perRound(threeRounds(size), { ...adam(size), ...form, ...change }, size, iterations[depth]),
    ),
  );

/** √T of the rows whose left side is the lower end that is proved, and T of the one over all draws. */
const drawn = {
  quick: { all: 8, roots: [10, 100] },
  standard: { all: 10, roots: [10, 100, 1000] },
  deep: { all: 13, roots: [10, 100, 1000, 10_000] },
};

/** C and p of random slopes of mean ½. */
const slopes: readonly Draws[] = [
  { size: 3, probability: rational(3n, 8n) },
  { size: 10, probability: rational(3n, 22n) },
];

/** E Σ g_t(x_t + 1)/T for Adam, and the bound that would hold if v did not forget, whose √v_T is C at most. */
export const drawnGames = (depth: keyof typeof drawn, change: Partial<Adaptive> = {}): Comparison[] =>
  slopes.flatMap((draws) => {
    const { size, probability } = draws;
    const player = { ...adam(size), ...change };
    const largest = rational(BigInt(size));
    const row = (T: number, left: Rational): Comparison => ({
      instance: `Cx with probability ${probability.toFraction()}, else −x, C = ${size}`,
      ...{ iterations: T, step: toDouble(player.alpha) / Math.sqrt(T), upper: 'unknown' },
      left: left.div(rational(BigInt(T))),
      bound: regretBound(player, { iterations: T, root: { lower: largest, upper: largest } }, largest).upper.div(
        rational(BigInt(T)),
      ),
      constants: { slope: size, decay: toDouble(player.decay) },
    });
    const { all, roots } = drawn[depth];
    return [
      row(all, drawnRegret(draws, player, all).lower),
      ...roots.map((root) => row(root * root, drawnRegretBelow(draws, player, root))),
    ];
  });

export const counterexampleAdamStochasticClaim = counterexampleClaim({
  id: 'counterexample-adam-stochastic',
  version: 1,
  source,
  statement:
    'E Σ g_t(x_t + 1) ≤ √T[2C/α + αC/√(1 − β₂)] for Adam, β₁ = 0, α_t = α/√t, on independent losses g_t x on [−1, 1] with |g_t| ≤ C and E g_t > 0',
  method:
    'all draws of up to 13 rounds in intervals with rational ends; for large T the lower end δ[2T − s(1 + ln T)√T/(2q)] that is proved',
  refutes: 'needed',
  counterexampleTo: ['amsgrad-regret'],
  counterexamples: [
    'g_t = C with probability p and −1 otherwise, E g_t = ½, β₂ = 1/(1 + C²), α = ½: x_t tends to the worst point 1 in the mean, so that the average regret tends to 1',
  ],
  compare: ({ depth }) => drawnGames(depth),
});

/** β₁ and β₂ of the map, at C = 4. */
const momenta = [rational(0n), half, rational(9n, 10n)];
const decays = [rational(1n, 17n), half, rational(9n, 10n), rational(99n, 100n), rational(999n, 1000n)];
const rounds = { quick: 300, standard: 1500, deep: 6000 };

export const counterexampleAdamClaim = counterexampleClaim({
  id: 'counterexample-adam',
  version: 2,
  source,
  statement:
    'R(T) ≤ √T[2(√v + ε)/α + αG/√(1 − β₂)] for Adam, β₁ = 0, α_t = α/√t, on losses g_t x on [−1, 1] with |g_t| ≤ G, v the largest of v_1 … v_T, or v_T',
  method:
    'the game Cx, −x, −x with β₂ = 1/(1 + C²) and α = ½, in intervals with rational ends, for C = 3 and 10, with and without ε and bias correction; a map of β₁ and β₂ at C = 4',
  refutes: 'needed',
  counterexampleTo: ['amsgrad-regret'],
  counterexamples: [
    'f_t = Cx, −x, −x, …, β₂ = 1/(1 + C²), α = ½: x = 1 in every third round, R(T) ≥ (2/3)(C − 2)T against a multiple of √T',
    'the same with ε = 10⁻⁸ and both bias corrections',
  ],
  compare: ({ depth }) => threeRoundGames(depth),
});

/** R(T)/T at the end of the same game for values of β₁ and β₂: where it falls with T, Adam finds the better end. */
export const adamMapClaim = claimOf({ largest: false }, ({ largest }) => ({
  id: 'adam-regret-map',
  version: 1,
  source,
  statement:
    'on Cx, −x, −x with C = 4, α = ½, the average regret of Adam stays above 1 for β₂ = 1/17, and falls below 1/4 for β₂ ≥ 9/10 and β₁ ≤ √β₂',
  method: 'the game in intervals with rational ends, with ε = 10⁻⁸ and both bias corrections',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const T = rounds[depth];
    const measured: Record<string, number> = {};
    const wrong: string[] = [];
    for (const momentum of momenta) {
      for (const decay of decays) {
        const player = {
          ...{ alpha: half, momentum, decay, epsilon: rational(1n, 10n ** 8n), corrected: true, largest },
        };
        const [{ regret }] = play(threeRounds(4), player, [T]) as [Regret];
        const name = `β₁ = ${momentum.toFraction()}, β₂ = ${decay.toFraction()}`;
        const [lower, upper] = [regret.lower, regret.upper].map((end) => end.div(rational(BigInt(T)))) as [
          Rational,
          Rational,
        ];
        measured[`R(T)/T, ${name}`] = toDouble(lower);
        const isShort = decay.equals(decays[0]!);
        const isLong = decay.gte(rational(9n, 10n)) && momentum.mul(momentum).lte(decay);
        if (isShort && momentum.equals(momenta[0]!) && !lower.gt(one))
          wrong.push(`${name}: R(T)/T = ${toDouble(lower)}`);
        if (isLong && !upper.lt(rational(1n, 4n))) wrong.push(`${name}: R(T)/T = ${toDouble(upper)}`);
      }
    }
    return {
      verdict: wrong.length > 0 ? 'violated' : 'proved-exactly',
      reason:
        wrong.length > 0
          ? wrong.join('; ')
          : `as stated at T = ${T} for ${momenta.length * decays.length} pairs of β₁ and β₂`,
      cases: momenta.length * decays.length,
      measured,
    };
  },
}));

/** The slope always points away from where the player is: R(T) counts every round. */
const opposing: Game = {
  name: 'the slope has the sign of x',
  slope: (_, { lower, upper }) => rational(lower.add(upper).s < 0n ? -1n : 1n),
};
const steady: Game = { name: 'x in every round', slope: () => one };
/** Ever steeper, so that v is largest at the end. */
const growing: Game = {
  name: 'slopes 1, 2, 4, 1, 2, 4, …, of changing sign',
  slope: (t) => rational((t % 2 === 0 ? -1n : 1n) * BigInt(2 ** (t % 3))),
};
const games: readonly (readonly [Game, size: number])[] = [
  [threeRounds(3), 3],
  [threeRounds(10), 10],
  [opposing, 1],
  [steady, 1],
  [growing, 4],
];

/** The players of the bound: short and long memories, small and large steps, with and without ε and bias correction. */
const players = (largest: boolean): readonly Adaptive[] =>
  [rational(1n, 101n), rational(9n, 10n), rational(999n, 1000n)].flatMap((decay) =>
    [rational(1n, 16n), half, rational(8n)].flatMap((alpha) => [
      { alpha, decay, largest },
      { alpha, decay, largest, corrected: true, epsilon: rational(1n, 10n ** 8n) },
    ]),
  );

const asked = { quick: [4, 64], standard: [4, 64, 512], deep: [4, 64, 512, 4096] };
/** R(T)/bound that some game must reach: a bound to which nothing comes near could hide an error. */
const reached = 0.3;

export const amsgradRegretClaim = claimOf({ start: 1, noise: 1, largest: true }, ({ start, noise, largest }) => ({
  id: 'amsgrad-regret',
  version: 1,
  source,
  statement:
    'R(T) ≤ √T[2(√v_T + ε)/α + αG/√(1 − β₂)] for AMSGrad, β₁ = 0, α_t = α/√t, on losses g_t x on [−1, 1] with |g_t| ≤ G',
  method:
    'five games, one of which opposes the player, three β₂ and three α, with and without ε and bias correction, in intervals with rational ends',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    let ratio = rational(0n);
    const factors = { start: rational(BigInt(start * 64), 64n), noise: rational(BigInt(noise * 64), 64n) };
    const rows = games.flatMap(([game, size]) =>
      players(largest).flatMap((player) =>
        play(game, player, asked[depth]).map((found): RowFinding => {
          const bound = regretBound(player, found, rational(BigInt(size)), factors).lower;
          const isAbove = found.regret.lower.gt(bound);
          const verdict = isAbove ? 'violated' : found.regret.upper.gt(bound) ? 'inconclusive' : 'holds';
          ratio = maximum(ratio, found.regret.lower.div(bound));
          return {
            instance: `${game.name}, α = ${player.alpha.toFraction()}, β₂ = ${player.decay.toFraction()}${player.corrected ? ', bias corrected' : ''}`,
            ...{ iterations: found.iterations, miniBatch: 1, engine: 'deterministic', replicates: 1 },
            step: toDouble(player.alpha) / Math.sqrt(found.iterations),
            constants: { slope: size },
            left: toDouble(found.regret.lower),
            leftInterval: [enclosingDoubles(found.regret.lower)[0], enclosingDoubles(found.regret.upper)[1]],
            bound: toDouble(bound),
            verdict,
            reason: 'the regret and the bound are enclosed by rationals',
          };
        }),
      ),
    );
    const worst = (['violated', 'inconclusive'] as const).find((verdict) =>
      rows.some((row) => row.verdict === verdict),
    );
    const verdict = worst ?? (toDouble(ratio) >= reached ? 'holds' : 'violated');
    return boundEvidence(rows, verdict, `R(T)/bound ≤ ${toDouble(ratio).toFixed(4)} on ${rows.length} rows`);
  },
}));
