"""What a comparison of two names may say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether two names are one thing's, how sure that is, and why.

    `lacking` is said of a name that tells less than the other and contradicts it nowhere ("Nguyen Van Hung" beside
    "Nguyễn Văn Hùng"): they are the same if there is no second one that it might be. `fuller` names that other, 0 or 1.
    """

    verdict: Literal["same", "apart", "unsure", "lacking"]
    score: float
    reason: str
    fuller: int = 1
