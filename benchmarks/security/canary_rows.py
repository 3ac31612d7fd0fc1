"""A row of every model with encrypted columns, each column with a canary of its own."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from security.canary_search import Nursery

DAY = dt.date(2026, 1, 5)
# What a check of the database asks beyond the types of the columns.
ASKED: dict[str, dict[str, Any]] = {
    "people.Person": {"full_name": "", "sort_name": ""},
    "people.PersonName": {"text": ""},
    "inbox.Task": {"queue_role": "social_worker"},
    "cases.ServiceRecord": {"state": "planned"},
    "cases.Referral": {"target": "hospital"},
    "cases.HandoverLine": {"state": "left"},
    # Another row names the same user already, and without an end.
    "access.CompartmentMember": {"valid_until": DAY},
}


class Sower:
    """Makes rows, and remembers which canary belongs to which column of which row."""

    def __init__(self, nursery: Nursery, ground: dict[str, Any]) -> None:
        self.nursery, self.ground = nursery, dict(ground)
        self.sown: list[tuple[type, Any, str, str]] = []
        self.refused: list[str] = []
        self._count = itertools.count(1)

    def sow_all(self) -> None:
        """A row of each model; what cannot be made is told."""
        from django.db import DatabaseError, transaction

        from pulih.common.resealing import encrypted_models

        for model, _fields in encrypted_models():
            try:
                with transaction.atomic():
                    if model._meta.label == "access.AuditEvent":
                        self._sow_event(model)
                    else:
                        self._make(model)
            except (DatabaseError, TypeError, ValueError) as fault:
                self.refused.append(f"{model._meta.label}: {fault}")

    def opened(self) -> list[str]:
        """The columns whose canary does not come back when the row is read."""
        return [
            f"{model.__name__}.{name}"
            for model, key, name, word in self.sown
            if word not in str(getattr(model._base_manager.get(pk=key), name))
        ]

    def _sow_event(self, model: type) -> None:
        from pulih.access import audit

        words = [self.nursery.canary("AuditEvent.reason"), self.nursery.canary("AuditEvent.detail")]
        audit.record(
            "case.opened",
            actor=self.ground["access.User"],
            subject=self.ground["cases.Case"],
            reason=words[0],
            detail={"kata": words[1]},
        )
        key = model._base_manager.order_by("-sequence").values_list("pk", flat=True)[0]
        self.sown += [(model, key, "reason", words[0]), (model, key, "detail", words[1])]

    def _make(self, model: Any) -> Any:
        from pulih.common.fields import EncryptedTextField

        values: dict[str, Any] = {}
        words: dict[str, str] = {}
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                words[field.name] = self.nursery.canary(f"{model.__name__}.{field.name}")
                values[field.name] = self._shaped(field, words[field.name])
            elif field.name == "compartment":
                values[field.name] = self.ground["access.Compartment"]
            elif not (field.null or field.has_default() or field.blank or field.primary_key):
                values[field.name] = self._value(field)
        if "second" in values:
            values["first"], values["second"] = self._pair(values["first"])
        row = model._base_manager.create(**{**values, **ASKED.get(model._meta.label, {})})
        self.sown += [(model, row.pk, name, word) for name, word in words.items()]
        self.ground.setdefault(model._meta.label, row)
        return row

    def _pair(self, one: Any) -> list[Any]:
        """Two people in the order of their keys."""
        values = {
            "office": one.office,
            "compartment": one.compartment,
            "number": f"P-{next(self._count)}",
        }
        other = type(one)._base_manager.create(created_by=self.ground["access.User"], **values)
        return sorted((one, other), key=lambda person: person.pk.hex)

    @staticmethod
    def _shaped(field: Any, word: str) -> Any:
        from pulih.common.fields import EncryptedJSONField

        return [{"kata": word}] if isinstance(field, EncryptedJSONField) else word

    def _value(self, field: Any) -> Any:
        from django.db import models

        if field.is_relation:
            label = field.related_model._meta.label
            return self.ground[label] if label in self.ground else self._make(field.related_model)
        if field.choices:
            return field.choices[0][0] or field.choices[1][0]
        number = next(self._count)
        for kind, made in (
            (models.DateTimeField, dt.datetime(2026, 1, 5, tzinfo=dt.UTC)),
            (models.DateField, DAY),
            (models.UUIDField, None),
            (models.BooleanField, False),
            (models.IntegerField, 1),
            (models.DecimalField, 1),
            (models.FloatField, 1),
            (models.JSONField, []),
        ):
            if isinstance(field, kind):
                import uuid

                return uuid.uuid4() if made is None else made
        return f"u{number}"[: field.max_length or 20]
