"""Templates of letters, as files of the product: fields and text once, for PDF and DOCX alike.

A file is `<code>-<version>.toml`. It is never changed once a letter was issued with it: another
wording is another version, so that an old letter can be shown as it was.
"""

from pulih.papers.letters.entries import (
    Block,
    Column,
    Field,
    Kind,
    Layout,
    Signed,
    Template,
    find_template,
    list_templates,
)

__all__ = [
    "Block",
    "Column",
    "Field",
    "Kind",
    "Layout",
    "Signed",
    "Template",
    "find_template",
    "list_templates",
]
