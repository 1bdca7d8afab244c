"""The notebooks run as they are committed: from top to bottom, offline, and their plots have points."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    return notebook


def outputs(notebook: NotebookNode, kind: str) -> list[NotebookNode]:
    found = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [output for output in found if output.output_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_committed_without_outputs(path: Path) -> None:
    notebook = read(path)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_plots(path: Path) -> None:
    notebook = read(path)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    assert any("image/png" in output.data for output in outputs(notebook, "display_data"))
    printed = "".join(output.text for output in outputs(notebook, "stream"))
    points = re.search(r"(\d+) points", printed)
    assert points is not None
    assert int(points[1]) >= 3
