/** A point with its score. */
export interface Scored {
  readonly point: Float64Array;
  readonly score: number;
}

/**
 * Random local search for a larger score: a perturbation of one or all coordinates is kept if it helps; its size doubles after a success and shrinks
 * after a failure. Scores that are not finite count as failures. It needs no derivatives, and kinks do no harm.
 */
export function climb(
  score: (point: Float64Array) => number,
  start: Scored,
  random: () => number,
  evaluations: number,
): Scored {
  let best = start;
  let radius = 1;
  for (let count = 0; count < evaluations; count++) {
    const single = random() < 0.5 ? Math.floor(random() * best.point.length) : undefined;
    const point = best.point.map((value, i) =>
      single === undefined || single === i ? value + radius * (2 * random() - 1) : value,
    );
    const value = score(point);
    if (value > best.score && Number.isFinite(value)) {
      best = { point, score: value };
      radius *= 2;
    } else radius *= 0.8;
  }
  return best;
}

/** A relative increase that exceeds rounding. */
const ridge = 1 + 2 ** -20;
/** Largest number of peaks of a scan to climb. */
const mostPeaks = 4;

/**
 * The starts for climbing: the highest points of a scan along a line that are above the previous point and not below the next,
 * highest first. Scores are at least 0.
 */
export function peaks(scanned: readonly Scored[]): Scored[] {
  const scoreAt = (k: number): number => scanned[k]?.score ?? 0;
  return scanned
    .filter(({ score }, k) => score > ridge * scoreAt(k - 1) && ridge * score > scoreAt(k + 1))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostPeaks);
}

/** Scales beyond those of a search, up to 2¹⁰⁰⁰: values that level off there have a limit. */
const fartherScales = Array.from({ length: 40 }, (_, j) => 2 ** (64 + 24 * j));

/**
 * True if values measured at growing scales grow without limit, and continue to grow at the further scales at which `measure` is then called, up to
 * the end of the range of doubles.
 */
export function growsFarOut(values: readonly number[], measure: (scale: number) => number): boolean {
  return growsWithoutEnd(values) && growsWithoutEnd([...values, ...fartherScales.map(measure)]);
}

/**
 * True when a sequence measured at geometric scales keeps growing: each of its last five finite values is more than twice the one
 * before, so that nothing suggests a limit. Sequences end at the first value that is not finite.
 */
export function growsWithoutEnd(values: readonly number[]): boolean {
  const end = values.findIndex((value) => !Number.isFinite(value));
  const tail = (end < 0 ? values : values.slice(0, end)).slice(-6);
  return tail.length === 6 && tail.every((value, i) => i === 0 || value > 2 * tail[i - 1]!) && tail[0]! >= 0;
}
