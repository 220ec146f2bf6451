/**
 * Formulas set by the build. A part is a box, so that a line ends within it only where it is wider than the line; no line ends between the last part
 * and the comma after it. The text of a formula stands beside it unseen, in the line: of a box outside of it a copy would make a line.
 */
export const formulaStyle = `
.part { display: inline-block } .lead, .part { white-space: normal } .formula { white-space: nowrap } .formula math { font-size: 1.1em }
.spoken { display: inline-block; width: 1px; height: 1px; margin-right: -1px; overflow: hidden; clip-path: inset(50%) }
`;
