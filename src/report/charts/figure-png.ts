import { Resvg } from '@resvg/resvg-js';

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
