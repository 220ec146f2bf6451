// The default theme with the fonts of the system: formulas stand in the same font as the text around them.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
