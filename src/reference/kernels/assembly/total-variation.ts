// AssemblyScript. The iteration of `total-variation-iteration.ts` on the same bordered arrays, two pixels of a row to a vector.
// Addresses are bytes.

/**
 * `count` iterations on images of rows × columns pixels, columns even. Six arrays of (rows + 2)·(columns + 1) doubles lie one
 * after the other from `base`: q downwards and to the right, its extrapolation downwards and to the right, image, centered data.
 * Returns the momentum.
 */
export function advanceTotalVariation(
  rows: i32,
  columns: i32,
  base: usize,
  isotropic: bool,
  radius: f64,
  startMomentum: f64,
  count: i32,
): f64 {
  const width = (columns as usize) << 3;
  const stride = width + 8;
  const size = stride * ((rows + 2) as usize);
  const down = base;
  const right = down + size;
  const aheadDown = right + size;
  const aheadRight = aheadDown + size;
  const image = aheadRight + size;
  const centered = image + size;
  const first = stride + 8;
  const last = first + stride * ((rows - 1) as usize);
  const one = f64x2.splat(1);
  const eighth = f64x2.splat(0.125);
  const outer = f64x2.splat(radius);
  const inner = f64x2.splat(-radius);
  let momentum = startMomentum;
  for (let iteration = 0; iteration < count; iteration++) {
    for (let row = first; row <= last; row += stride) {
      const end = row + width;
      for (let i = row; i < end; i += 16) {
        const here = f64x2.sub(f64x2.neg(v128.load(aheadDown + i)), v128.load(aheadRight + i));
        const above = f64x2.add(here, v128.load(aheadDown + i - stride));
        const pull = f64x2.add(above, v128.load(aheadRight + i - 8));
        v128.store(image + i, f64x2.sub(v128.load(centered + i), pull));
      }
      store<f64>(image + end, load<f64>(image + end - 8));
    }
    memory.copy(image + last + stride, image + last, width);
    const next: f64 = (1 + sqrt<f64>(1 + 4 * momentum * momentum)) / 2;
    const push = f64x2.splat((momentum - 1) / next);
    let uphill = f64x2.splat(0);
    for (let row = first; row <= last; row += stride) {
      const end = row + width;
      for (let i = row; i < end; i += 16) {
        const u = v128.load(image + i);
        const aheadD = v128.load(aheadDown + i);
        const aheadR = v128.load(aheadRight + i);
        let d = f64x2.add(aheadD, f64x2.mul(f64x2.sub(v128.load(image + i + stride), u), eighth));
        let r = f64x2.add(aheadR, f64x2.mul(f64x2.sub(v128.load(image + i + 8), u), eighth));
        if (isotropic) {
          const length = f64x2.sqrt(f64x2.add(f64x2.mul(d, d), f64x2.mul(r, r)));
          const outside = f64x2.gt(length, outer);
          if (v128.any_true(outside)) {
            const shrink = v128.bitselect(f64x2.div(outer, length), one, outside);
            d = f64x2.mul(d, shrink);
            r = f64x2.mul(r, shrink);
          }
        } else {
          d = f64x2.pmax(f64x2.pmin(d, outer), inner);
          r = f64x2.pmax(f64x2.pmin(r, outer), inner);
        }
        const dChange = f64x2.sub(d, v128.load(down + i));
        const rChange = f64x2.sub(r, v128.load(right + i));
        const rise = f64x2.add(f64x2.mul(f64x2.sub(aheadD, d), dChange), f64x2.mul(f64x2.sub(aheadR, r), rChange));
        uphill = f64x2.add(uphill, rise);
        v128.store(down + i, d);
        v128.store(right + i, r);
        v128.store(aheadDown + i, f64x2.add(d, f64x2.mul(push, dChange)));
        v128.store(aheadRight + i, f64x2.add(r, f64x2.mul(push, rChange)));
      }
    }
    if (f64x2.extract_lane(uphill, 0) + f64x2.extract_lane(uphill, 1) <= 0) {
      momentum = next;
    } else {
      memory.copy(aheadDown, down, size);
      memory.copy(aheadRight, right, size);
      momentum = 1;
    }
  }
  return momentum;
}
