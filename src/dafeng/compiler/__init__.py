"""The plan compiler: reads an official Chinese plan and proposes it as data, with the place in the text for every item."""

from dafeng.compiler.pipeline import compile_bytes, compile_file, compile_text
from dafeng.compiler.result import Compiled

__all__ = ["Compiled", "compile_bytes", "compile_file", "compile_text"]
