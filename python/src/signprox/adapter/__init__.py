"""The guard's protocol 2.0 for Python: fill in what you have and call `serve`. Standard library only, Python 3.8 or later.

    from signprox.adapter import serve

    def prox(F, step, y):
        t = step * F["weight"]
        return [max(v - t, 0.0) + min(v + t, 0.0) for v in y]

    serve(name="mine", functions={"l1": {"prox": prox}})

Only that is declared, and the suite leaves the rest alone. Then: signprox guard -- python3 mine.py. The command puts this package on PYTHONPATH,
so that it need not be installed.

Iterations of your own are offered with the data terms d that they can handle:

    def spgm(problem, step, x, indices):
        ...  # the next x; problem["functions"][k] are the r_k, problem["smooth"] is d

    serve(name="mine", functions={"l1": {"prox": prox}}, smooth={"zero": {}}, steps={"spgm": spgm})

An iteration with memory is given a gradient, its hyperparameters and what it returned as state the last time, None at first:

    def lion(gradient, step, x, hyperparameters, state):
        ...  # the next x and state, of which JSON can be made

Those that take a prox, or gradients at other points than x, have problem, step, x, indices in place of the first three.

With shapes=["matrix", "batch"] it may also be called with shape=[m, n], and with batch=True and one number more in front.

Vectors arrive as lists of floats; what you return may be a list, a tuple or a numpy array. stdout belongs to the
protocol (`print` is sent to stderr). What your functions raise is an answer with the exception and the line of your
code; its traceback is on stderr.
"""

from signprox.adapter.base import Adapter, AdapterError, serve

__all__ = ["Adapter", "AdapterError", "serve"]
