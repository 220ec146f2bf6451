"""Runs examples of PEPit and AutoLyap: reads [[module, arguments], …] as JSON from standard input and prints [value, seconds, file] for each.

The file is what `signprox prove --multipliers` reads: the inequalities of the program that was solved, and its multipliers.
"""

import importlib
import inspect
import json
import sys
import time

import cvxpy
import numpy as np
from autolyap import IterationDependent, IterationIndependent, SolverOptions, algorithms, problemclass
from PEPit import PEP
from PEPit.tools.expressions_to_matrices import expression_to_matrices

solved = []


def kept(solve):
    def solving(self, *words, **named):
        value = solve(self, *words, **named)
        solved.append((self, value))
        return value

    return solving


PEP.solve = kept(PEP.solve)
cvxpy.Problem.solve = kept(cvxpy.Problem.solve)


def form(expression):
    gram, values, constant = expression_to_matrices(expression)
    return {"constant": float(constant), "values": values.tolist(), "gram": gram.tolist()}


def of_pepit(problem, tau):
    inequalities = [
        {"name": c.get_name(), "kind": c.equality_or_inequality, "multiplier": float(c.eval_dual()), **form(c.expression)}
        for c in problem._list_of_constraints_sent_to_wrapper
    ]
    matrices = [
        {"multiplier": m.eval_dual().tolist(), "entries": [[form(e) for e in row] for row in m.matrix_of_expressions]}
        for m in problem._list_of_psd_sent_to_wrapper
    ]
    goal = [form(problem.objective), {"times": "tau", "constant": -1}]
    claim = {"goal": goal, "inequalities": inequalities, "matrices": matrices}
    return {"source": "PEPit", "minimise": "tau", "parameters": {"tau": float(tau)}, "claims": [claim]}


def of_autolyap(problem):
    """Every matrix that must be semidefinite is a claim, with the equation between values that follows it."""
    minimised = problem.objective.variables()
    found = {variable.id: variable.value for variable in problem.variables()}
    names = {v.id: f"λ{k}" if v.shape == () else f"Q{k}" for k, v in enumerate(problem.variables())}
    names.update({variable.id: "c_K" for variable in minimised})
    parts = [
        (v, at, names[v.id] + "".join(f"_{k}" for k in at))
        for v in problem.variables()
        for at in np.ndindex(v.shape)
        if list(at) == sorted(at)
    ]
    is_multiplier = {v.id: v.shape == () and v.id not in [m.id for m in minimised] for v in problem.variables()}
    claims = []
    for constraint in problem.constraints:
        expression = constraint.args[0]
        part = "gram" if expression.ndim == 2 else "values"
        if part == "gram":
            claims.append(({}, {}))
        goal, inequalities = claims[-1]
        for variable in problem.variables():
            variable.value = np.zeros(variable.shape)
        constant = np.array(expression.value)
        goal.setdefault("", {})[part] = (0 - constant).tolist()
        inside = {variable.id for variable in expression.variables()}
        for variable, at, name in parts:
            if variable.id not in inside:
                continue
            unit = np.zeros(variable.shape)
            unit[at] = unit[at[::-1]] = 1
            variable.value = unit
            change = expression.value - constant
            variable.value = np.zeros(variable.shape)
            if is_multiplier[variable.id]:
                kind = "inequality" if variable.is_nonneg() else "equality"
                known = {"name": name, "kind": kind, "multiplier": float(found[variable.id])}
                inequalities.setdefault(name, known)[part] = change.tolist()
            else:
                goal.setdefault(name, {"times": name})[part] = (0 - change).tolist()
    parameters = {name: float(found[v.id][at]) for v, at, name in parts if not is_multiplier[v.id]}
    listed = [{"goal": [*goal.values()], "inequalities": [*inequalities.values()]} for goal, inequalities in claims]
    return {"source": "AutoLyap", **({"minimise": "c_K"} if minimised else {}), "parameters": parameters, "claims": listed}


def run_pepit(module, arguments):
    example = importlib.import_module(f"PEPit.examples.{module}")
    (run,) = [v for name, v in vars(example).items() if name.startswith("wc_") and v.__module__ == example.__name__]
    known = {name: value for name, value in arguments.items() if name in inspect.signature(run).parameters}
    value, _ = run(**known, verbose=-1)
    return value, of_pepit(*next(entry for entry in reversed(solved) if isinstance(entry[0], PEP)))


def run_autolyap(problem, algorithm, rate=None, steps=None, start="distance_to_solution", end="distance_to_solution"):
    made = lambda module, words: getattr(module, words[0])(*words[1:])
    inclusion = problemclass.InclusionProblem([[made(problemclass, c) for c in component] for component in problem])
    method = made(algorithms, algorithm)
    options = {"solver_options": SolverOptions(backend="cvxpy", cvxpy_solver="CLARABEL"), "verbosity": 0}
    if steps is None:
        both = getattr(IterationIndependent.LinearConvergence, f"get_parameters_{end}")(method)
        P, p, T, t = both if len(both) == 4 else (both[0], None, both[1], None)
        result = IterationIndependent.search_lyapunov(inclusion, method, P, T, p, t, rho=rate, **options)
        value = rate
    else:
        ends = [getattr(IterationDependent, f"get_parameters_{name}")(method, k) for name, k in ((start, 0), (end, steps))]
        (Q_0, q_0), (Q_K, q_K) = [found if isinstance(found, tuple) else (found, None) for found in ends]
        result = IterationDependent.search_lyapunov(inclusion, method, steps, Q_0, Q_K, q_0, q_K, **options)
        value = result["c_K"]
    if result["status"] != "feasible":
        raise ValueError(result["status"])
    return value, of_autolyap(solved[-1][0])


if __name__ == "__main__":
    for module, arguments in json.load(sys.stdin):
        start = time.process_time()
        value, file = run_autolyap(**arguments) if module == "autolyap" else run_pepit(module, arguments)
        print(json.dumps([float(value), time.process_time() - start, file]), flush=True)
