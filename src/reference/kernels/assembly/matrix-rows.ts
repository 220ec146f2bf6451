// AssemblyScript. Sixteen rows of a row-major matrix of doubles, two doubles to a vector; every sum is taken in the order of
// `addRowsAsDefined`, so the two agree bit for bit. Addresses are bytes.

/**
 * products[k] ← a_k · x for k = 0 … 15. The lanes of a vector are two rows, not two columns: each row's sum runs through its columns
 * one by one. Sixteen rows are read at once because more streams keep more of memory on its way; 24 are too many.
 */
export function productsOfRows(rows: usize, columns: i32, x: usize, products: usize): void {
  const stride = (columns as usize) << 3;
  const pairs = ((columns & ~1) as usize) << 3;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let i: usize = 0; i < pairs; i += 16) {
    const left = v128.load64_splat(x + i);
    const right = v128.load64_splat(x + i, 8);
    let row = rows + i;
    s0 = addPair(s0, row, stride, left, right);
    row += stride << 1;
    s1 = addPair(s1, row, stride, left, right);
    row += stride << 1;
    s2 = addPair(s2, row, stride, left, right);
    row += stride << 1;
    s3 = addPair(s3, row, stride, left, right);
    row += stride << 1;
    s4 = addPair(s4, row, stride, left, right);
    row += stride << 1;
    s5 = addPair(s5, row, stride, left, right);
    row += stride << 1;
    s6 = addPair(s6, row, stride, left, right);
    row += stride << 1;
    s7 = addPair(s7, row, stride, left, right);
  }
  v128.store(products, s0);
  v128.store(products, s1, 16);
  v128.store(products, s2, 32);
  v128.store(products, s3, 48);
  v128.store(products, s4, 64);
  v128.store(products, s5, 80);
  v128.store(products, s6, 96);
  v128.store(products, s7, 112);
  if (pairs < stride) {
    const xi = load<f64>(x + pairs);
    let row = rows + pairs;
    for (let k: usize = 0; k < 128; k += 8) {
      store<f64>(products + k, load<f64>(products + k) + load<f64>(row) * xi);
      row += stride;
    }
  }
}

/** Two columns of the row at an address and of the one after it. */
function addPair(sum: v128, row: usize, stride: usize, left: v128, right: v128): v128 {
  const upper = v128.load(row);
  const lower = v128.load(row + stride);
  const first = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), left));
  return f64x2.add(first, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), right));
}

/** out ← out + Σ_k factors[k] a_k over the sixteen rows, four at a time. */
export function addRows(rows: usize, columns: i32, factors: usize, out: usize): void {
  const group = (columns as usize) << 5;
  for (let k: usize = 0; k < 4; k++) addFourRows(rows + k * group, columns, factors + (k << 5), out);
}

function addFourRows(r0: usize, columns: i32, factors: usize, out: usize): void {
  const stride = (columns as usize) << 3;
  const r1 = r0 + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  const f0 = v128.load64_splat(factors);
  const f1 = v128.load64_splat(factors, 8);
  const f2 = v128.load64_splat(factors, 16);
  const f3 = v128.load64_splat(factors, 24);
  const pairs = ((columns & ~1) as usize) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    const s01 = f64x2.add(f64x2.mul(f0, v128.load(r0 + i)), f64x2.mul(f1, v128.load(r1 + i)));
    const s23 = f64x2.add(f64x2.mul(f2, v128.load(r2 + i)), f64x2.mul(f3, v128.load(r3 + i)));
    v128.store(out + i, f64x2.add(v128.load(out + i), f64x2.add(s01, s23)));
  }
  if (pairs < stride) {
    const i = pairs;
    const s01 = load<f64>(factors) * load<f64>(r0 + i) + load<f64>(factors, 8) * load<f64>(r1 + i);
    const s23 = load<f64>(factors, 16) * load<f64>(r2 + i) + load<f64>(factors, 24) * load<f64>(r3 + i);
    store<f64>(out + i, load<f64>(out + i) + (s01 + s23));
  }
}
