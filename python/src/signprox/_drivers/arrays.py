"""The arrays of a library, which functions are given and return."""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Iterator, Sequence
from typing import Any

from signprox._drivers.base import DTYPES, Misbehaved, NotAsked, version_of
from signprox._vectors import LEVELS


class Arrays:
    """How a library makes an array of a list of floats, and a list of it again."""

    def __init__(self, library: str) -> None:
        self.library = library
        self.module = None if library == "list" else importlib.import_module("jax.numpy" if library == "jax" else library)
        self.formats: Sequence[str] = {"list": ("f64", *LEVELS), "numpy": ("f64", "f32", "f16", *LEVELS)}.get(library, tuple(DTYPES))
        if library == "jax" and not importlib.import_module("jax").config.jax_enable_x64:
            self.formats = [format for format in self.formats if DTYPES[format] != "float64"]

    @property
    def told(self) -> str:
        return "plain lists" if self.library == "list" else version_of(self.library)

    @property
    def imports(self) -> list[str]:
        return {"list": [], "jax": ["import jax.numpy as jnp"]}.get(self.library, [f"import {self.library}"])

    def make(self, values: Any, format: str, shape: Sequence[int] | None = None, complex: bool = False) -> Any:
        """An array of nested lists of numbers."""
        module = self.module
        if module is None:
            return [row[:] if isinstance(row, list) else row for row in values]
        name = DTYPES[format] if not complex else {"float64": "complex128", "float32": "complex64"}.get(DTYPES[format])
        if name is None:
            raise NotAsked(f"of complex numbers, which {self.library} does not have in {format}")
        dtype = getattr(module, name)
        array = module.tensor(values, dtype=dtype) if self.library == "torch" else module.array(values, dtype=dtype)
        return array if shape is None else array.reshape(tuple(shape))

    def text(self, values: Any, format: str, shape: Sequence[int] | None = None) -> str:
        if self.module is None:
            return repr(values)
        made = {"torch": "torch.tensor", "jax": "jnp.array"}.get(self.library, f"{self.library}.array")
        name = f"{made.partition('.')[0]}.{DTYPES[format]}"
        return f"{made}({values}, dtype={name}){'' if shape is None else f'.reshape{tuple(shape)}'}"

    def shown(self, value: Any, format: str) -> str:
        """A value as it is written in a program: an array of this library, or what else an argument is."""
        if not hasattr(value, "tolist"):
            return repr(value)
        dtype = str(value.dtype).rpartition(".")[2]
        return self.text(value.tolist(), format).replace(f".{DTYPES[format]})", f".{dtype})")

    def read(self, found: Any, shape: Sequence[int], complex: bool = False) -> list[float]:
        """The numbers of what the object returned, which must have the shape."""
        if found is None:
            raise Misbehaved(f"it returned None, right is an array of shape {list(shape)}")
        if hasattr(found, "detach"):
            found = found.detach().double() if not complex else found.detach()
        own_shape = getattr(found, "shape", None)
        # bfloat16 is a dtype that NumPy and lists read through float alone.
        values = found.tolist() if hasattr(found, "tolist") else found
        flat = list(flattened(values))
        if (own_shape is not None and tuple(own_shape) != tuple(shape)) or len(flat) != math.prod(shape):
            raise Misbehaved(f"it returned the shape {list(own_shape) if own_shape is not None else [len(flat)]}, right is {list(shape)}")
        if complex:
            return [float(part) for value in flat for part in (value.real, value.imag)]
        try:
            return [float(value) for value in flat]
        except (TypeError, ValueError) as error:
            raise Misbehaved(f"it returned {flat[:4]}, right are {len(flat)} real numbers") from error


def flattened(values: Any) -> Iterator[Any]:
    if isinstance(values, (list, tuple)):
        for value in values:
            yield from flattened(value)
    else:
        yield values
