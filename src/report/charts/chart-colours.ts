/**
 * Colours of the charts on paper white. An SVG file carries them as attributes; the page adds the partner of each on a dark
 * background through attribute selectors, because a style rule overrides a presentation attribute.
 */
export const chartColours = {
  left: { light: '#1558b0', dark: '#8ab8ff' },
  bound: { light: '#b3400a', dark: '#ffa36b' },
  sharp: { light: '#1d7a4c', dark: '#6fd6a0' },
  reference: { light: '#767b85', dark: '#9aa0ab' },
  fifth: { light: '#7b3fa0', dark: '#c9a0f0' },
  sixth: { light: '#0b7285', dark: '#5bc8d8' },
  violated: { light: '#c00d3c', dark: '#ff7a93' },
  text: { light: '#23262d', dark: '#e4e6ea' },
  grid: { light: '#e3e5ea', dark: '#343944' },
  background: { light: '#fffffe', dark: '#1b1e25' },
} as const;

/** Style rules that give every chart inside `scope` the colours of the page's scheme. */
export function chartRules(scope: string): string {
  return Object.values(chartColours)
    .flatMap(({ light, dark }) => [
      // The colour of all texts stands on the drawing itself, which they inherit it from.
      `${scope} :is(svg,svg *)[fill="${light}"]{fill:light-dark(${light},${dark})}`,
      `${scope} svg [stroke="${light}"]{stroke:light-dark(${light},${dark})}`,
    ])
    .join('\n');
}
