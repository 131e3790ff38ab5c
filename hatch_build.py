"""What the package carries and git does not: compiled translations and the front-end files of npm packages."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# A build does not have the folder of this file on its path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from tools.catalogues import compile_area


class CarriedFiles(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        package = Path(self.root) / "src/rihma"
        for area in package.glob("*/locale"):
            compile_area(area.parent)
        # A source distribution already holds the files; only a checkout takes them from node_modules.
        if (package / "site/vendor").exists():
            return
        modules = Path(self.root) / "node_modules"
        if not modules.exists():
            subprocess.run(["npm", "ci", "--omit=dev"], cwd=self.root, check=True, stdout=sys.stderr)
        target = "src/rihma" if self.target_name == "sdist" else "rihma"
        files: dict[str, str] = tomllib.loads((package / "site/frontend.toml").read_text(encoding="utf-8"))
        for name, source in files.items():
            build_data["force_include"][str(modules / source)] = f"{target}/site/{name}"
