import { Resvg } from '@resvg/resvg-js';
import { encode } from 'fast-png';

/**
 * An SVG as PNG bytes, `scale` times as large.
 * @throws Error when the machine has no font: the renderer would leave out every text and say nothing.
 */
export function svgToPng(svg: string, scale = 2): Uint8Array {
  requireFont();
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font: { loadSystemFonts: true } }).render().asPng();
}

/** Draws one word and looks for a dark pixel. */
function requireFont(): void {
  const probe =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#fff"/><text x="2" y="15" font-size="14">font</text></svg>';
  const { pixels } = new Resvg(probe, { font: { loadSystemFonts: true } }).render();
  if (pixels.every((value) => value > 200)) {
    throw new Error(
      'no font is installed, so a PNG would have no text: install one (fonts-dejavu-core) or use the SVG',
    );
  }
}

/**
 * An image of numbers as a PNG: 0 is black, 1 is white, values beyond are clipped. Rows from the top. Every pixel becomes a square of
 * `zoom` pixels, because renderers that enlarge an image blur it.
 */
export function grayPng(pixels: ArrayLike<number>, width: number, height: number, zoom = 1): Uint8Array {
  if (pixels.length !== width * height) {
    throw new RangeError(`an image of ${width} × ${height} has ${width * height} pixels, got ${pixels.length}`);
  }
  const data = new Uint8Array(pixels.length * zoom * zoom);
  for (let row = 0; row < height * zoom; row++) {
    for (let column = 0; column < width * zoom; column++) {
      const value = pixels[Math.floor(row / zoom) * width + Math.floor(column / zoom)]!;
      data[row * width * zoom + column] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
  return encode({ width: width * zoom, height: height * zoom, data, channels: 1, depth: 8 });
}
