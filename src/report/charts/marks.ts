import {
  type Area,
  area,
  type Line,
  line,
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
} from 'd3-shape';

/** A place in a plot, in pixels from its upper left corner. */
export type Place = readonly [x: number, y: number];

/** A number of pixels in an SVG, rounded to hundredths: smaller differences are invisible. */
export function pixels(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** How a line is drawn. */
export interface Stroke {
  readonly colour: string;
  /** In pixels. */
  readonly width: number;
  /** Lengths of dashes and gaps in pixels; default: no gaps. */
  readonly dash?: readonly number[];
}

function strokeText({ colour, width, dash }: Stroke): string {
  return `stroke="${colour}" stroke-width="${width}"${dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`}`;
}

const through: Line<Place> = line<Place>().digits(2);

/** A line through places; nothing for fewer than two. */
export function lineMark(places: readonly Place[], stroke: Stroke): string {
  return places.length < 2 ? '' : `<path d="${through([...places])}" ${strokeText(stroke)} fill="none"/>`;
}

/** A short horizontal stroke at every place, in one path: a page has thousands of them. */
export function dashMarks(places: readonly Place[], length: number, stroke: Stroke): string {
  if (places.length === 0) return '';
  const strokes = places.map(([x, y]) => `M${pixels(x - length / 2)},${pixels(y)}h${pixels(length)}`);
  return `<path d="${strokes.join('')}" ${strokeText(stroke)}/>`;
}

/** A straight line from one place to another. */
export function ruleMark([x1, y1]: Place, [x2, y2]: Place, stroke: Stroke): string {
  return `<line x1="${pixels(x1)}" x2="${pixels(x2)}" y1="${pixels(y1)}" y2="${pixels(y2)}" ${strokeText(stroke)}/>`;
}

/** One column of a band, in pixels. */
export interface BandPlace {
  readonly x: number;
  readonly lower: number;
  readonly upper: number;
}

const between: Area<BandPlace> = area<BandPlace>()
  .digits(2)
  .x((place) => place.x)
  .y0((place) => place.lower)
  .y1((place) => place.upper);

/** The area between the lower and the upper end of every column, faint, so that a line can be drawn over it. */
export function bandMark(places: readonly BandPlace[], colour: string): string {
  return `<path d="${between([...places])}" fill="${colour}" opacity="0.2"/>`;
}

const triangleDown: SymbolType = {
  draw(context, size) {
    const third = Math.sqrt(size / (3 * Math.sqrt(3)));
    context.moveTo(0, 2 * third);
    context.lineTo(Math.sqrt(3) * third, -third);
    context.lineTo(-Math.sqrt(3) * third, -third);
    context.closePath();
  },
};

/** The names of the shapes. They are written out, as the declarations of the package must not need those of d3. */
export type Shape = 'circle' | 'cross' | 'diamond' | 'square' | 'triangle-up' | 'triangle-down';

const shapes: Readonly<Record<Shape, SymbolType>> = {
  circle: symbolCircle,
  cross: symbolCross,
  diamond: symbolDiamond,
  square: symbolSquare,
  'triangle-up': symbolTriangle,
  'triangle-down': triangleDown,
};

/** A shape of `size` square pixels around the origin, as the data of a path. */
export function shapePath(shape: Shape, size: number): string {
  return symbol(shapes[shape], size).digits(2)()!;
}

/** A shape at every place. */
export function pointMarks(
  places: readonly Place[],
  shape: Shape,
  size: number,
  paint: { fill?: string; stroke?: Stroke },
): string {
  if (places.length === 0) return '';
  const fill = paint.fill === undefined ? '' : ` fill="${paint.fill}"`;
  const stroke = paint.stroke === undefined ? '' : ` ${strokeText(paint.stroke)}`;
  const points = places.map(pointOf(shape, size));
  return `<g${stroke}${fill}>${points.join('')}</g>`;
}

/** A page has a thousand circles: SVG has an element for them that is half as long as their path. */
function pointOf(shape: Shape, size: number): (place: Place) => string {
  if (shape === 'circle') {
    const radius = pixels(Math.sqrt(size / Math.PI));
    return ([x, y]) => `<circle cx="${pixels(x)}" cy="${pixels(y)}" r="${radius}"/>`;
  }
  const path = shapePath(shape, size);
  return ([x, y]) => `<path transform="translate(${pixels(x)},${pixels(y)})" d="${path}"/>`;
}
