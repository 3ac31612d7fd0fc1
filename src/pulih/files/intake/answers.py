"""How the limited process answers about an upload: one line of JSON, then bytes, if any."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import BinaryIO

Told = dict[str, object]


class Refused(Exception):  # noqa: N818 - a no with a reason, not a failure of ours
    """The upload may not come in; `code` is a key of `check.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def say(out: BinaryIO, told: Told, parts: Sequence[bytes] = ()) -> None:
    """Write an answer; `parts` follow it as they are."""
    line = {**told, "parts": [len(part) for part in parts]}
    out.write(json.dumps(line).encode("ascii") + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


def hear(answer: bytes) -> tuple[Told, list[bytes]]:
    """Read an answer.

    Raises:
        Refused: the upload may not come in.
    """
    line, _, rest = answer.partition(b"\n")
    told: Told = json.loads(line)
    if "refused" in told:
        raise Refused(str(told["refused"]))
    parts, start = [], 0
    lengths = told["parts"]
    assert isinstance(lengths, list)  # noqa: S101 - as `say` writes it
    for length in lengths:
        parts.append(rest[start : start + length])
        start += length
    return told, parts
