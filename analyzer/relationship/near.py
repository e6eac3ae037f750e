"""Which of many short descriptions may be like another one at all, so that only those need be compared with it."""

from analyzer.relationship.likeness import marks


class Near:
    """Descriptions under numbers that grow. One that may be like another shares a mark with it."""

    def __init__(self) -> None:
        self._marked: dict[str, list[int]] = {}

    def add(self, number: int, what: str) -> None:
        """Keep a description under this number."""
        for mark in marks(what):
            self._marked.setdefault(mark, []).append(number)

    def to(self, what: str) -> list[int]:
        """The numbers of those that may be like it, in order."""
        return sorted({number for mark in marks(what) for number in self._marked.get(mark, ())})
