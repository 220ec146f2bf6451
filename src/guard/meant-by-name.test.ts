import test from 'ava';
import { meantByName } from './meant-by-name.js';

test('an object is judged as what its name says, whoever wrote it and however it is carried out', (t) => {
  const names: Readonly<Record<string, string>> = {
    ...{
      'm:MyAdamW': 'adamw',
      'm:Adam': 'adam',
      'm:SGD': 'momentum-sgd',
      'm:RMSprop': 'rmsprop',
      'm:FusedAdam': 'adam',
    },
    ...{ 'm:Signum': 'signum', 'm:SignSGD': 'sign-sgd', 'm:MySignProx': 'sign-prox', 'optax:lion': 'lion' },
    ...{ 'm:AdaGrad': 'adagrad', 'm:RAdam': 'radam', 'a.b:NAdamOptimizer': 'nadam', './x.mjs:myAdamax': 'adamax' },
    ...{ 'm:prox_l1': 'l1', 'm:proxL1': 'l1', 'm:soft_threshold': 'l1', 'm:softThresholding': 'l1', 'm:shrink': 'l1' },
    ...{ 'm:project_l1_ball': 'l1-ball', 'm:project_onto_simplex': 'simplex', 'm:SVT': 'nuclear-norm' },
    ...{
      'm:prox_total_variation_1d': 'total-variation-1d',
      'm:Losses.huber': 'huber',
      'm:prox_sum_largest': 'sum-largest',
    },
  };
  for (const [object, as] of Object.entries(names)) t.deepEqual(meantByName(object), { as, beside: [] }, object);
});

test('a word that may make it a variant is told, and a name that says nothing is none', (t) => {
  for (const [object, as, ...beside] of [
    ['m:StableAdamW', 'adamw', 'stable'],
    ['m:AdamP', 'adam', 'p'],
    ['m:ScheduleFreeAdamW', 'adamw', 'schedule', 'free'],
    ['m:QHAdam', 'adam', 'qh'],
    ['m:prox_l1_squared', 'l1', 'squared'],
  ] as const)
    t.deepEqual(meantByName(object), { as, beside }, object);
  for (const object of ['m:Optimizer', 'm:step', 'm:AdaBelief', 'm:Adam8bit', 'm:Million', 'm:constructor'])
    t.is(meantByName(object), undefined, object);
  // An optimiser of TensorFlow.js is no function, and a function of NumPy arrays no optimiser.
  t.is(meantByName('m:huber', 'algorithms'), undefined);
  t.is(meantByName('m:adam', 'functions'), undefined);
});
