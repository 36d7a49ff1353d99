"""The plan compiler: reads an official Chinese plan and proposes it as data, every item with its place in the text."""

from dafeng.compiler.pipeline import compile_bytes, compile_file, compile_text
from dafeng.compiler.result import Compiled

__all__ = ["Compiled", "compile_bytes", "compile_file", "compile_text"]
