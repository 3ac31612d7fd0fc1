"""Why a whole file cannot be read, as a code with values, and the limits that decide it."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


class FileRefused(Exception):  # noqa: N818 - a no with a reason, not a failure of ours
    """The file as a whole is not taken; `code` is a row of `problems.PROBLEMS`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused, and what reading it may use."""

    file_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 512 * MEGABYTE
    # A list of 100,000 rows unpacks to about nine times its size, deflate can do a thousand.
    unpacked_ratio: int = 200
    ratio_counts_from: int = 16 * MEGABYTE
    rows: int = 250_000
    columns: int = 512
    memory_bytes: int = 400 * MEGABYTE
    cpu_seconds: int = 60
    # The rows are taken one by one while they are checked, which has its own pace.
    wall_seconds: int = 1800


LIMITS = Limits()
