"""From a file to its text: Markdown and plain text, HTML, DOCX, PDF. What cannot be read is refused with its reason."""

from dafeng.compiler.readers.files import MAX_BYTES, MAX_CHARACTERS, Source, read_bytes, read_file

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "Source", "read_bytes", "read_file"]
