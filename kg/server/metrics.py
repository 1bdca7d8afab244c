"""Count what happens, and write it as Prometheus reads it."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ABOUT = {
    "kg_requests_total": ("counter", "Requests answered."),
    "kg_request_seconds": ("histogram", "Time from a request to the end of its answer."),
    "kg_response_bytes_total": ("counter", "Bytes of answers."),
    "kg_refusals_total": ("counter", "Jobs without an answer: client, queue, wait, deadline, died, broken, gone, write."),
    "kg_cache_total": ("counter", "Answers found in the cache (hit), not there (miss), or known to the client (same)."),
    "kg_lookups_total": ("counter", "Queries about one thing that the server answered itself, without a worker."),
    "kg_cache_bytes": ("gauge", "Bytes of answers in the cache."),
    "kg_lane_inside": ("gauge", "Jobs that are worked out now."),
    "kg_lane_waiting": ("gauge", "Jobs that wait for their turn."),
    "kg_snapshot_number": ("gauge", "How many snapshots this server has opened."),
    "kg_index_ready": ("gauge", "1 when the names and statistics of the newest snapshot are there."),
    "kg_connections": ("gauge", "Open connections."),
}  # fmt: skip
_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters and histograms of one server."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, _Labels]] = Counter()
        self._times: dict[_Labels, list[int]] = {}
        self._sums: dict[_Labels, float] = {}

    def count(self, name: str, by: int = 1, **labels: str) -> None:
        """Add to a counter."""
        self._counts[name, tuple(sorted(labels.items()))] += by

    def took(self, seconds: float, **labels: str) -> None:
        """Note how long a request took."""
        key = tuple(sorted(labels.items()))
        self._times.setdefault(key, [0] * (len(_BOUNDS) + 1))[bisect.bisect_left(_BOUNDS, seconds)] += 1
        self._sums[key] = self._sums.get(key, 0.0) + seconds

    def text(self, gauges: Iterable[tuple[str, dict[str, str], float]]) -> str:
        """All of it as Prometheus reads it, with the `gauges` as they are now."""
        lines: dict[str, list[str]] = {name: [] for name in _ABOUT}
        for (name, labels), count in sorted(self._counts.items()):
            lines[name].append(f"{name}{_written(labels)} {count}")
        for name, named, value in gauges:
            lines[name].append(f"{name}{_written(tuple(sorted(named.items())))} {value:.10g}")
        for labels, counts in sorted(self._times.items()):
            lines["kg_request_seconds"] += _histogram(labels, counts, self._sums[labels])
        return "".join(
            f"# HELP {name} {about}\n# TYPE {name} {kind}\n" + "".join(f"{line}\n" for line in lines[name])
            for name, (kind, about) in _ABOUT.items()
        )


def _histogram(labels: _Labels, counts: list[int], total: float) -> list[str]:
    lines = []
    so_far = 0
    for bound, count in zip((*(f"{bound:g}" for bound in _BOUNDS), "+Inf"), counts, strict=True):
        so_far += count
        lines.append(f"kg_request_seconds_bucket{_written((*labels, ('le', bound)))} {so_far}")
    return [
        *lines,
        f"kg_request_seconds_sum{_written(labels)} {total:.6f}",
        f"kg_request_seconds_count{_written(labels)} {so_far}",
    ]


def _written(labels: _Labels) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}" if labels else ""
