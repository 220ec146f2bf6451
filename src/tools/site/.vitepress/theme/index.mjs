// The default theme with the fonts of the system: formulas stand in the same font as the text around them.

import { useData } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { defineAsyncComponent, defineComponent, h, nextTick, onMounted, ref, watch } from 'vue';
import './style.css';

const Playground = defineAsyncComponent(() => import('./playground/playground.vue'));

/** The tag <CodeJudge>: what is inside stands where no script runs, on code hosts too. A tag with the name of its page would be the page itself. */
const playgroundInBrowser = defineComponent((_, { slots }) => {
  const isInBrowser = ref(false);
  onMounted(() => {
    isInBrowser.value = true;
  });
  return () => (isInBrowser.value ? h(Playground) : slots.default?.());
});

/** What may be wider than the page, and scrolls then. */
const wide = '.vp-doc :is(p, ul, ol, table, pre, .of-its-own, div[class*="language-"])';

/** What scrolls can be reached by keys. */
function reachWithKeys() {
  for (const element of document.querySelectorAll(wide)) {
    const scrolls = element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== 'visible';
    if (scrolls) element.tabIndex = 0;
    else if (element.tagName !== 'PRE') element.removeAttribute('tabindex');
  }
}

export default {
  extends: theme,
  enhanceApp: ({ app }) => app.component('CodeJudge', playgroundInBrowser),
  setup() {
    const { page } = useData();
    const later = () => nextTick(() => requestAnimationFrame(reachWithKeys));
    onMounted(() => {
      // Its name is what it shows, the key too.
      document.querySelector('.DocSearch-Button')?.removeAttribute('aria-label');
      later();
      addEventListener('resize', reachWithKeys);
    });
    watch(() => page.value.relativePath, later, { flush: 'post' });
  },
};
