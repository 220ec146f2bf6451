"""Packs what stands elsewhere: the vectors, and for a release the command, which `npm run release` puts into the folder SIGNPROX_JAVASCRIPT."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Elsewhere(BuildHookInterface):
    def initialize(self, version, build_data):
        inside = "signprox" if self.target_name == "wheel" else "src/signprox"
        vectors = Path(self.root).parent / "fixtures/vectors/v1"
        # A wheel that is made from an sdist finds them beside the module already.
        folders = {"v1": vectors, "javascript": Path(os.environ.get("SIGNPROX_JAVASCRIPT", "/nowhere"))}
        for name, folder in folders.items():
            if folder.is_dir() and (name == "v1" or self.target_name == "wheel"):
                build_data["force_include"][str(folder)] = f"{inside}/{name}"
