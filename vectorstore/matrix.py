"""The vectors of an index, or of a part of it, in memory: which of them are nearest, and what stands beside them.

Passages are told apart by `row`, the number that `passages.sqlite3` has for each, and by their places here, which run by group
and within it by ordinal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """By place: the `rows` of passages, the numbers of their groups (`groups` names them), their `ordinals`, their `vectors`.

    `by_row` is the places in order of row.
    """

    rows: Numbers
    groups: Mapping[str, int]
    group_of: Numbers
    ordinals: Numbers
    vectors: Vectors
    by_row: Numbers

    def among(self, groups: Collection[str] | None, rows: Collection[int] | None) -> Mask:
        """Which places are of these groups and of these rows; None is no limit."""
        mask = np.ones(len(self.rows), dtype=bool)
        if groups is not None:
            mask &= np.isin(self.group_of, [self.groups[group] for group in groups if group in self.groups])
        if rows is not None:
            mask &= np.isin(self.rows, list(rows))
        return mask

    def cosines(self, vector: Vectors, mask: Mask) -> Vectors:
        """Of each place with the vector; less than any where the mask leaves it out."""
        if mask.all():
            return products(self.vectors, vector)
        cosines = np.full(len(self.rows), -np.inf, dtype=np.float32)
        edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
        for start, end in edges.reshape(-1, 2):
            cosines[start:end] = products(self.vectors[start:end], vector)
        return cosines

    def places(self, rows: Collection[int]) -> Numbers:
        """Where these rows are, as far as they are here."""
        wanted = np.array(list(rows), dtype=np.int64)
        at: Numbers = self.by_row[np.minimum(np.searchsorted(self.rows, wanted, sorter=self.by_row), len(self.rows) - 1)]
        there: Numbers = at[self.rows[at] == wanted]
        return there

    def with_neighbours(self, places: Numbers, far: int, mask: Mask) -> Numbers:
        """These places and those of the same group whose ordinals are within `far`, as far as the mask has them, ascending."""
        found = np.zeros(len(self.rows), dtype=bool)
        for step in range(-far, far + 1):
            beside = np.clip(places + step, 0, len(self.rows) - 1)
            near = np.abs(self.ordinals[beside] - self.ordinals[places]) <= far
            found[beside[near & (self.group_of[beside] == self.group_of[places])]] = True
        return np.flatnonzero(found & mask)

    def at(self, places: Numbers) -> list[tuple[str, int]]:
        """The group and the ordinal of each."""
        names = list(self.groups)
        pairs = zip(self.group_of[places].tolist(), self.ordinals[places].tolist(), strict=True)
        return [(names[group], ordinal) for group, ordinal in pairs]


def products(vectors: Vectors, vector: Vectors) -> Vectors:
    """Of each row with the vector.

    Not by `@`: BLAS would share the work among threads, and those wait for more of it in a loop, so that a search took twice the
    processor's time, and more of the clock's.
    """
    product: Vectors = np.einsum("ij,j->i", vectors, vector)
    return product
