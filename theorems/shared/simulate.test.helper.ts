/** Mean and standard error of left sides of independent runs. */
export function simulate(runs: number, left: (seed: string) => number): { mean: number; error: number } {
  const values = Array.from({ length: runs }, (_, i) => left(String(i)));
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
  return { mean, error: Math.sqrt(variance / runs) };
}
