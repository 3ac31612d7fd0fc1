"""Models of files."""

from pulih.files.models.attachment import Attachment

__all__ = ["Attachment"]
