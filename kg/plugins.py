"""Find plugins: a plugin is a module of one of our packages, or one that somebody registers as an entry point.

Its name is the module's, with hyphens for underscores: `wikidata_rdf.py` is `wikidata-rdf`.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from importlib.util import find_spec
from types import ModuleType

from kg.errors import UsageError


def names(package: str) -> list[str]:
    """The names of the plugins of `package` (such as "kg.exporters"), sorted; nothing of theirs is imported."""
    paths = importlib.import_module(package).__path__
    own = {module.name.replace("_", "-") for module in pkgutil.iter_modules(paths) if not module.name.startswith("_")}
    return sorted(own | {point.name for point in entry_points(group=package)})


def find(package: str, name: str) -> ModuleType:
    """The plugin `name` of `package`; ours wins over somebody else's. An unknown name is a UsageError that lists all."""
    known = names(package)
    if name not in known:
        raise UsageError(f"there is no {package} called {name!r}; there are: {', '.join(known)}")
    own = f"{package}.{name.replace('-', '_')}"
    for point in entry_points(group=package, name=name):
        if find_spec(own) is None:
            loaded = point.load()
            if not isinstance(loaded, ModuleType):
                raise UsageError(f"the plugin {name!r} of {package} must be a module, not {type(loaded).__name__}")
            return loaded
    return importlib.import_module(own)


def discover(package: str) -> dict[str, ModuleType]:
    """All plugins of `package` by name, imported."""
    return {name: find(package, name) for name in names(package)}
