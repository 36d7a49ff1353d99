"""Words a reader sees, in the languages dafeng speaks."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Label(BaseModel):
    """One text in Chinese and in English; both are required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """Give the text in one language."""
        return self.zh if language == "zh" else self.en
