import type { Resvg } from '@resvg/resvg-js';
import { encode } from 'fast-png';

/** The message when the package that draws PNGs is not installed. */
export const pngRendererMissing =
  'no PNG was drawn: it needs the optional package @resvg/resvg-js, which npm install @resvg/resvg-js adds';

/**
 * An SVG as PNG bytes, `scale` times as large; undefined if the optional package that draws it is not installed.
 * @throws Error when the machine has no font: the renderer would silently omit every text.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Uint8Array | undefined> {
  const Renderer = await loadRenderer();
  if (Renderer === undefined) return undefined;
  requireFont(Renderer);
  return new Renderer(svg, { fitTo: { mode: 'zoom', value: scale }, font: { loadSystemFonts: true } }).render().asPng();
}

/** A broken installation of the package is an error; a missing one is not. */
async function loadRenderer(): Promise<typeof Resvg | undefined> {
  try {
    return (await import('@resvg/resvg-js')).Resvg;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Draws one word and looks for a dark pixel. */
function requireFont(Renderer: typeof Resvg): void {
  const probe =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#fff"/><text x="2" y="15" font-size="14">font</text></svg>';
  const { pixels } = new Renderer(probe, { font: { loadSystemFonts: true } }).render();
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
