"""Loading the table of regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Office, User
from pulih.common.errors import RuleError
from pulih.people.models import Region
from pulih.people.models.region import parent_code, region_values

CHUNK = 5000
# A table with fewer provinces is a part of the country: what it lacks is still in force.
PROVINCES_OF_THE_COUNTRY = 30
WRITTEN = ("name", "level", "kind", "parent", "path", "search_name", "in_force")


@dataclass(frozen=True, slots=True)
class Counts:
    """What loading a table did."""

    added: int
    changed: int
    unchanged: int
    former: int

    @property
    def total(self) -> int:
        """Rows of the table."""
        return self.added + self.changed + self.unchanged


@transaction.atomic
def load_regions(*, rows: Iterable[tuple[str, str]], by: User | None) -> Counts:
    """Add and rename regions so that they stand as in the table; loading twice changes nothing.

    No code is ever deleted. If the table covers the country, codes that it lacks are marked as no
    longer in force: old numbers and addresses keep them, new ones are not offered them.

    Args:
        rows: code (with dots) and name; every code's parent is in the table or loaded already.
        by: who loads, None for the command line.

    Raises:
        RuleError: a code has no parent.

    Source: R-PEO-42, docs/rules.md.
    """
    table = dict(rows)
    found = Region.objects.values_list("code", "name", "path", "search_name", "in_force")
    known = {code: tuple(values) for code, *values in found}
    paths = {code: str(values[1]) for code, values in known.items()}
    wanted = _with_paths(table | _below_renamed(table, known), paths)
    changed = [values for values in wanted if known.get(values["code"]) != _compared(values)]
    _write(changed)
    former = _retire(table)
    added = sum(values["code"] not in known for values in changed)
    counts = Counts(added, len(changed) - added, len(wanted) - len(changed), former)
    for office in Office.objects.all():
        audit.record("regions.loaded", actor=by, office=office, detail=asdict(counts))
    return counts


def _below_renamed(
    table: Mapping[str, str], known: Mapping[str, tuple[Any, ...]]
) -> dict[str, str]:
    """Loaded places below a renamed one that the table does not have: their paths change too."""
    renamed = tuple(f"{code}." for code in table if code in known and known[code][0] != table[code])
    if not renamed:
        return {}
    below = (code for code in known if code not in table and code.startswith(renamed))
    return {code: str(known[code][0]) for code in below}


def _with_paths(table: Mapping[str, str], paths: dict[str, str]) -> list[dict[str, Any]]:
    """The columns of every row, upper levels first, so that paths and keys lead somewhere."""
    made = []
    for code in sorted(table, key=lambda code: (code.count("."), code)):
        above = parent_code(code)
        if above and above not in paths:
            raise RuleError(
                _("%(code)s has no region above it: %(above)s is not in the table.")
                % {"code": code, "above": above},
                rule="R-PEO-42",
            )
        values = region_values(code, table[code], paths.get(above, ""))
        paths[code] = values["path"]
        made.append(values)
    return made


def _compared(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in ("name", "path", "search_name", "in_force"))


def _write(rows: Iterable[Mapping[str, Any]]) -> None:
    Region.objects.bulk_create(
        [Region(**values) for values in rows],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=WRITTEN,
    )


def _retire(table: Mapping[str, str]) -> int:
    if sum("." not in code for code in table) < PROVINCES_OF_THE_COUNTRY:
        return 0
    in_force = Region.objects.filter(in_force=True).values_list("code", flat=True)
    gone = [code for code in in_force if code not in table]
    for start in range(0, len(gone), CHUNK):
        Region.objects.filter(code__in=gone[start : start + CHUNK]).update(in_force=False)
    return len(gone)
