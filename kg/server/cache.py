"""Keep answers within a number of bytes, those asked for last the longest."""

from __future__ import annotations

from collections import OrderedDict

from kg.server.replies import Reply

_OVERHEAD = 512  # bytes that an answer costs beside its body


class Cache:
    """Answers by the tag of what was asked of which snapshot. An answer of more than an eighth of it is not kept."""

    def __init__(self, limit: int) -> None:
        self.most = limit // 8
        self.bytes = 0
        self._limit = limit
        self._kept: OrderedDict[str, Reply] = OrderedDict()

    def get(self, tag: str) -> Reply | None:
        """The answer under `tag`, if it is kept."""
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def put(self, tag: str, reply: Reply) -> None:
        """Keep an answer; those that were not asked for longest make room."""
        if tag in self._kept or len(reply.body) + _OVERHEAD > self.most:
            return
        self._kept[tag] = reply
        self.bytes += len(reply.body) + _OVERHEAD
        while self.bytes > self._limit:
            _, oldest = self._kept.popitem(last=False)
            self.bytes -= len(oldest.body) + _OVERHEAD

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()
        self.bytes = 0
