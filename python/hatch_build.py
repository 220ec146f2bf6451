"""Packs the vectors, which stand once in the checkout, beside the module."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Vectors(BuildHookInterface):
    def initialize(self, version, build_data):
        folder = Path(self.root).parent / "fixtures/vectors/v1"
        # A wheel that is made from an sdist finds them beside the module already.
        if folder.is_dir():
            build_data["force_include"][str(folder)] = "signprox/v1" if self.target_name == "wheel" else "src/signprox/v1"
