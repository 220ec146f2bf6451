// AssemblyScript. Eight rows of a row-major matrix of doubles at a time, two doubles to a vector; every sum is taken in the order
// of `Matrix.sweep`, so the two agree bit for bit. Addresses are bytes.

/**
 * products[k] ← a_k · x for k = 0 … 7. The lanes of a vector are two rows, not two columns: each row's sum runs through its columns
 * one by one.
 */
export function productsOfEightRows(rows: usize, columns: i32, x: usize, products: usize): void {
  const stride = (columns as usize) << 3;
  const r1 = rows + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  const r4 = r3 + stride;
  const r5 = r4 + stride;
  const r6 = r5 + stride;
  const r7 = r6 + stride;
  let s01 = f64x2.splat(0);
  let s23 = s01;
  let s45 = s01;
  let s67 = s01;
  const pairs = ((columns & ~1) as usize) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    const left = v128.load64_splat(x + i);
    const right = v128.load64_splat(x + i + 8);
    s01 = addPair(s01, v128.load(rows + i), v128.load(r1 + i), left, right);
    s23 = addPair(s23, v128.load(r2 + i), v128.load(r3 + i), left, right);
    s45 = addPair(s45, v128.load(r4 + i), v128.load(r5 + i), left, right);
    s67 = addPair(s67, v128.load(r6 + i), v128.load(r7 + i), left, right);
  }
  if (pairs < stride) {
    const xi = v128.load64_splat(x + pairs);
    s01 = addOne(s01, rows + pairs, r1 + pairs, xi);
    s23 = addOne(s23, r2 + pairs, r3 + pairs, xi);
    s45 = addOne(s45, r4 + pairs, r5 + pairs, xi);
    s67 = addOne(s67, r6 + pairs, r7 + pairs, xi);
  }
  v128.store(products, s01);
  v128.store(products, s23, 16);
  v128.store(products, s45, 32);
  v128.store(products, s67, 48);
}

function addPair(sum: v128, upper: v128, lower: v128, left: v128, right: v128): v128 {
  const first = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), left));
  return f64x2.add(first, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), right));
}

function addOne(sum: v128, upper: usize, lower: usize, xi: v128): v128 {
  return f64x2.add(sum, f64x2.mul(f64x2.replace_lane(v128.load64_splat(upper), 1, load<f64>(lower)), xi));
}

/** out ← out + Σ_k factors[k] a_k over the eight rows, summed as a tree. */
export function addEightRows(rows: usize, columns: i32, factors: usize, out: usize): void {
  const stride = (columns as usize) << 3;
  const r1 = rows + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  const r4 = r3 + stride;
  const r5 = r4 + stride;
  const r6 = r5 + stride;
  const r7 = r6 + stride;
  const f0 = v128.load64_splat(factors);
  const f1 = v128.load64_splat(factors, 8);
  const f2 = v128.load64_splat(factors, 16);
  const f3 = v128.load64_splat(factors, 24);
  const f4 = v128.load64_splat(factors, 32);
  const f5 = v128.load64_splat(factors, 40);
  const f6 = v128.load64_splat(factors, 48);
  const f7 = v128.load64_splat(factors, 56);
  const pairs = ((columns & ~1) as usize) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    const s01 = f64x2.add(f64x2.mul(f0, v128.load(rows + i)), f64x2.mul(f1, v128.load(r1 + i)));
    const s23 = f64x2.add(f64x2.mul(f2, v128.load(r2 + i)), f64x2.mul(f3, v128.load(r3 + i)));
    const s45 = f64x2.add(f64x2.mul(f4, v128.load(r4 + i)), f64x2.mul(f5, v128.load(r5 + i)));
    const s67 = f64x2.add(f64x2.mul(f6, v128.load(r6 + i)), f64x2.mul(f7, v128.load(r7 + i)));
    const sum = f64x2.add(f64x2.add(s01, s23), f64x2.add(s45, s67));
    v128.store(out + i, f64x2.add(v128.load(out + i), sum));
  }
  if (pairs < stride) {
    const i = pairs;
    const s01 = load<f64>(factors) * load<f64>(rows + i) + load<f64>(factors, 8) * load<f64>(r1 + i);
    const s23 = load<f64>(factors, 16) * load<f64>(r2 + i) + load<f64>(factors, 24) * load<f64>(r3 + i);
    const s45 = load<f64>(factors, 32) * load<f64>(r4 + i) + load<f64>(factors, 40) * load<f64>(r5 + i);
    const s67 = load<f64>(factors, 48) * load<f64>(r6 + i) + load<f64>(factors, 56) * load<f64>(r7 + i);
    store<f64>(out + i, load<f64>(out + i) + (s01 + s23 + (s45 + s67)));
  }
}
