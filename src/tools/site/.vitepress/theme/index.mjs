// The default theme with the fonts of the system: formulas stand in the same font as the text around them.

import theme from 'vitepress/theme-without-fonts';
import { defineAsyncComponent, defineComponent, h, onMounted, ref } from 'vue';
import './style.css';

const Playground = defineAsyncComponent(() => import('./playground/playground.vue'));

/** The tag <Playground>: what is inside stands where no script runs, on code hosts too. */
const playgroundInBrowser = defineComponent((_, { slots }) => {
  const isInBrowser = ref(false);
  onMounted(() => {
    isInBrowser.value = true;
  });
  return () => (isInBrowser.value ? h(Playground) : slots.default?.());
});

export default { extends: theme, enhanceApp: ({ app }) => app.component('Playground', playgroundInBrowser) };
