const SMALLEST_SAFE = 1e-280;
const LARGEST_SAFE = 1e280;

/** ‖u‖₂ without overflow or underflow of the squares; 0 for the empty vector. */
export function euclideanNorm(u: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < u.length; i++) squares += u[i]! * u[i]!;
  if (squares > SMALLEST_SAFE && squares < LARGEST_SAFE) return Math.sqrt(squares);
  let largest = 0;
  for (let i = 0; i < u.length; i++) largest = Math.max(largest, Math.abs(u[i]!));
  if (largest === 0 || largest === Infinity || Number.isNaN(largest)) return largest;
  squares = 0;
  for (let i = 0; i < u.length; i++) squares += (u[i]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}
