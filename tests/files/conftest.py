"""A record that owns files, and files of every kind, made when they are needed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from pulih.access.models import Compartment, User
from pulih.files import rules
from pulih.files.actions import attach
from pulih.files.models import Attachment, Owner
from tests.files.makers import pdf


@dataclass
class Shelf:
    """Stands for a record of an app above: who may read and write its files, and how closely."""

    owner: Owner = field(default_factory=lambda: Owner("tests.shelf", uuid.uuid4()))
    readers: set[User] = field(default_factory=set)
    writers: set[User] = field(default_factory=set)
    compartment: Compartment | None = None
    restricted: bool = False


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """A registered owner; forgotten after the test."""
    made = Shelf()
    rules.register_owner(
        made.owner.kind,
        may_read=lambda user, key: key == made.owner.id and user in made.readers | made.writers,
        may_write=lambda user, key: key == made.owner.id and user in made.writers,
        compartment_of=lambda key: made.compartment,
        is_restricted=lambda key: made.restricted,
    )
    yield made
    del rules._resolvers[made.owner.kind]


@pytest.fixture
def writer(shelf: Shelf, make_user: Callable[..., User]) -> User:
    """Somebody who may add files to the shelf."""
    user = make_user()
    shelf.writers.add(user)
    return user


@pytest.fixture
def make_file(shelf: Shelf, writer: User) -> Callable[..., Attachment]:
    """Attach a file to the shelf (default a small PDF)."""

    def make(content: bytes = b"", name: str = "surat.pdf", **values: Any) -> Attachment:
        return attach(owner=shelf.owner, content=content or pdf(), name=name, by=writer, **values)

    return make
