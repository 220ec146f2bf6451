"""Judges one object of a user's module, for `signprox guard my_module:MyAdamW`. Arguments: `optimiser`, `prox` or `any`, and the JSON object that
`named_object` describes. The command starts this folder, by its path: a module named signprox in the current folder does not stand in its way."""

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from signprox.adapter import any_of, named_object, numpy_prox, optimiser

if __name__ == "__main__":
    named_object.serve({"optimiser": optimiser.make, "prox": numpy_prox.make, "any": any_of.make}[sys.argv[1]], sys.argv[2])
