export default {
  describe: () => ({
    name: 'mine',
    version: '1.0.0',
    language: 'javascript',
    dtype: 'f64',
    methods: ['prox'],
    functions: ['l1'],
    smooth: [],
    algorithms: [],
  }),
  // r(u) = weight ‖u‖₁, prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u)
  prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)),
};
