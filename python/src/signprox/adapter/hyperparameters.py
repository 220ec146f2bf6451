"""Which hyperparameters each algorithm with memory has, and what they may be."""

# For each hyperparameter a test, the allowed range in words, and whether it may be left out.
RATE = (lambda v: 0 <= v < 1, "a number >= 0 and < 1", False)
DECAY = (lambda v: 0 <= v < float("inf"), "a finite number >= 0", True)
FLAG = (lambda v: isinstance(v, bool), "true or false", True)
SIZE = (lambda v: 0 < v < float("inf"), "a finite number > 0", False)
AMOUNT = (lambda v: 0 <= v < float("inf"), "a finite number >= 0", False)
BETAS = {"beta1": RATE, "beta2": RATE, "epsilon": SIZE, "weightDecay": DECAY}
HYPERPARAMETERS = {
    "momentum-sgd": {
        "momentum": RATE,
        "dampening": (lambda v: 0 <= v <= 1, "a number >= 0 and <= 1", True),
        "nesterov": FLAG,
        "weightDecay": DECAY,
        "decoupled": FLAG,
    },
    "signum": {"momentum": RATE, "weightDecay": DECAY, "decoupled": FLAG},
    "lion": {"beta1": RATE, "beta2": RATE, "weightDecay": DECAY},
    "rprop": {
        "etaMinus": (lambda v: 0 < v < 1, "a number > 0 and < 1", False),
        "etaPlus": (lambda v: 1 < v < float("inf"), "a finite number > 1", False),
        "smallestStep": SIZE,
        "largestStep": SIZE,
    },
    "adam": {**BETAS, "amsgrad": FLAG},
    "adamw": {**BETAS, "amsgrad": FLAG},
    "adamax": BETAS,
    "nadam": {**BETAS, "momentumDecay": AMOUNT, "decoupled": FLAG},
    "radam": {**BETAS, "decoupled": FLAG},
    "rmsprop": {"alpha": RATE, "epsilon": SIZE, "momentum": RATE, "centered": FLAG, "weightDecay": DECAY},
    "adagrad": {"epsilon": SIZE, "stepDecay": DECAY, "initialSum": DECAY, "weightDecay": DECAY},
    "adadelta": {"rho": RATE, "epsilon": SIZE, "weightDecay": DECAY},
    "adafactor": {
        "beta2Decay": (lambda v: -float("inf") < v <= 0, "a finite number <= 0", False),
        "epsilon1": SIZE,
        "epsilon2": SIZE,
        "clipping": (lambda v: 1 <= v < float("inf"), "a finite number >= 1", False),
        "weightDecay": DECAY,
    },
    "muon": {"momentum": RATE, "nesterov": FLAG, "epsilon": SIZE, "weightDecay": DECAY},
    "asgd": {"lambda": AMOUNT, "alpha": AMOUNT, "weightDecay": DECAY},
    "error-feedback-sign-sgd": {},
    "error-feedback-sign-prox": {},
    "sign-prox-momentum": {"momentum": RATE},
    "smoothed-sign-prox": {"smoothing": SIZE},
    "fista": {},
    "prox-svrg": {
        "epoch": (lambda v: isinstance(v, int) and v >= 1, "an integer >= 1", False),
        "regularizer": (lambda v: isinstance(v, dict), "a function", False),
    },
}
# Those that take a prox, or gradients at more points than x, are asked about a problem; every other is given its gradients.
ON_PROBLEMS = ["error-feedback-sign-prox", "sign-prox-momentum", "smoothed-sign-prox", "fista", "prox-svrg"]
GIVEN_GRADIENTS = [name for name in HYPERPARAMETERS if name not in ON_PROBLEMS]


def wrong_hyperparameter(algorithm, given):
    """What is wrong with the hyperparameters, in one line, or None."""
    known = HYPERPARAMETERS.get(algorithm)
    if known is None:
        return None
    for name in given:
        if name not in known:
            return f"{algorithm} has no hyperparameter {name!r}"
    for name, (test, allowed, optional) in known.items():
        if not optional and name not in given or name in given and not test(given[name]):
            return f"{algorithm}: {name} = {given.get(name)} must be {allowed}"
    if algorithm == "momentum-sgd" and given.get("nesterov") and (given["momentum"] == 0 or given.get("dampening", 0) != 0):
        return "nesterov needs momentum > 0 and dampening 0"
    if given.get("smallestStep", 0) > given.get("largestStep", 0):
        return "smallestStep must be at most largestStep"
    return None
