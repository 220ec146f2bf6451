/** Sizes whose squares, and sums of many of them, neither overflow nor vanish. */
const [SMALLEST, LARGEST] = [2 ** -256, 2 ** 256];

/** Largest exponent by which one multiplication scales: its inverse is a normal number too. */
const LARGEST_EXPONENT = 1000;

/** The power of two that brings the largest of the numbers to an ordinary size; 1 for numbers that have one, for zeros, and for what is not finite. */
export function ordinaryScale(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]!));
  if (largest === 0 || !Number.isFinite(largest) || (largest >= SMALLEST && largest <= LARGEST)) return 1;
  const exponent = Math.floor(Math.log2(largest));
  return 2 ** -Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
}
