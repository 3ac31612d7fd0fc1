"""script/messages --check finds every gap of a catalogue."""

import importlib.machinery
import importlib.util
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PATH = Path(__file__).parents[2] / "script" / "messages"


@pytest.fixture
def script(tmp_path, monkeypatch):
    loader = importlib.machinery.SourceFileLoader("messages_script", str(PATH))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCE", tmp_path)
    return module


@pytest.fixture
def app(tmp_path):
    """An app with one message in code and two in a template."""
    folder = tmp_path / "app"
    (folder / "templates").mkdir(parents=True)
    (folder / "locale" / "id" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "__init__.py").write_text('NAME = _("Name")\n')
    (folder / "templates" / "page.html").write_text(
        '<ul>\n   <li>{% translate "Village" context "place" %}\n'
        "  {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days"
        "{% endblocktranslate %}\n"
    )
    return folder


def catalogue(app, *entries):
    path = app / "locale" / "id" / "LC_MESSAGES" / "django.po"
    head = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    path.write_text("\n".join([head, *entries]))


NAME = 'msgid "Name"\nmsgstr "Nama"\n'
VILLAGE = 'msgctxt "place"\nmsgid "Village"\nmsgstr "Desa"\n'
DAYS = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s hari"\n'


def test_a_complete_catalogue_passes(script, app):
    catalogue(app, NAME, VILLAGE, DAYS)

    assert list(script.check(app)) == []


def test_a_missing_message_is_named_with_its_place(script, app):
    catalogue(app, NAME, DAYS)

    (fault,) = script.check(app)

    assert "lacks 'Village'" in fault
    assert "page.html:2" in fault


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ('#, fuzzy\nmsgid "Name"\nmsgstr "Nama"\n', "fuzzy"),
        ('msgid "Name"\nmsgstr ""\n', "not translated"),
        ('msgid "Name"\nmsgstr "Nama %(who)s"\n', "placeholder"),
    ],
)
def test_an_unfinished_message_is_a_fault(script, app, entry, word):
    catalogue(app, entry, VILLAGE, DAYS)

    (fault,) = script.check(app)

    assert word in fault


def test_an_app_with_messages_needs_a_catalogue(script, app):
    (app / "locale" / "id" / "LC_MESSAGES").rmdir()
    (app / "locale" / "id").rmdir()
    (app / "locale").rmdir()

    assert script.apps_without_catalogue() == ["app: has messages and no catalogue"]


def test_one_message_has_one_translation_in_every_app():
    """Django merges the catalogues: another wording of one app would show in all the others."""
    said: dict[str, set[str]] = {}
    for path in (PATH.parents[1] / "src" / "pulih").glob("*/locale/id/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and isinstance(message.id, str) and not message.context:
                    said.setdefault(message.id, set()).add(str(message.string))

    assert {text: words for text, words in said.items() if len(words) > 1} == {}
