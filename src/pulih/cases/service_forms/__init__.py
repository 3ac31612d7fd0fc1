"""The short form of each of the eleven kinds of service: data, one file a kind and version.

A file is never changed once a record was written with it: other questions are another version.
"""

from pulih.cases.service_forms.answers import LONGEST, Told, check, kept_parts, told_parts
from pulih.cases.service_forms.entries import (
    FORMS,
    MOST_FIELDS,
    Field,
    FieldKind,
    ServiceForm,
    current,
    find,
)

__all__ = [
    "FORMS",
    "LONGEST",
    "MOST_FIELDS",
    "Field",
    "FieldKind",
    "ServiceForm",
    "Told",
    "check",
    "current",
    "find",
    "kept_parts",
    "told_parts",
]
