"""Runs examples of PEPit: reads [[module, arguments], …] as JSON from standard input and prints [value, seconds] for each."""

import importlib
import json
import sys
import time

for module, arguments in json.load(sys.stdin):
    example = importlib.import_module(f"PEPit.examples.{module}")
    (run,) = [value for name, value in vars(example).items() if name.startswith("wc_") and value.__module__ == example.__name__]
    start = time.process_time()
    value, _ = run(**arguments, verbose=-1)
    print(json.dumps([float(value), time.process_time() - start]), flush=True)
