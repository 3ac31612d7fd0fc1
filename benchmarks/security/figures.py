"""What every security bench shares: its options, and the shape in which it prints its figures."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: a value, its bar in words such as `<= 10`, and whether it holds."""

    name: str
    value: float | int | str
    bar: str
    good: bool

    def shown(self) -> dict[str, Any]:
        """The figure as it is kept."""
        kept = asdict(self)
        kept["pass"] = kept.pop("good")
        return kept


def is_full() -> bool:
    """Was the full size asked for (`--full`), or the size of a landing (`--small`)?"""
    parser = argparse.ArgumentParser()
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--full", action="store_true")
    size.add_argument("--small", action="store_true")
    return bool(parser.parse_args().full)


def tell(*figures: Figure, **notes: Any) -> int:
    """Print figures and notes as JSON on stdout; the exit code is 1 when one misses its bar."""
    json.dump(
        {"figures": [figure.shown() for figure in figures], "notes": notes}, sys.stdout, indent=1
    )
    sys.stdout.write("\n")
    return 0 if all(figure.good for figure in figures) else 1
