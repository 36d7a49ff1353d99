"""Why a number is not a target."""

from __future__ import annotations

import re
from functools import cache

from dafeng.compiler.clauses import FILLER
from dafeng.compiler.lexer import Token
from dafeng.compiler.lexicon import alternation
from dafeng.compiler.phrase import Phrase

_CLOSERS = re.compile(r"^(?:$|[、）”\"/]|和(?!谐)|及|与|以及|并(?!网)|且|或|比[20较]|较20|，|的?同时|时|。)")


@cache
def _level_nouns() -> re.Pattern[str]:
    return re.compile(f"^的?(?:{alternation('grammar', 'level_nouns')})(?:$|[、，）和及]|以上|左右|以内)")


@cache
def _past() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation('grammar', 'past')})(?!有)")


#: A clause that begins so tells what has been reached.
_LOOKS_BACK = re.compile(
    r"^(?:其中|同时|而|但)?(?:截至|截止)?(?:(?:目前|当前|现阶段|现已|去年|上年)(?!的?(?:基础|水平)|和|及|与|至|到|起)"
    r"|近年来|近几年|多年来|(?:过去|近)?[一二三四五两]年(?:多)?来)"
)
_STANDS = re.compile(r"^(?:全[市省区县]|本[市省区县]|我[市省区县])?(?:现有|现状|已建成?|现存|在运)")

_SUMMED = re.compile(
    r"^(?:全[市省区县]|本[市省区县]|我[市省区县])(?:已)?累计(?:建成|完成|推广|培育|实施|新增|创建|改造|投放)"
)


def looks_back(clause: str) -> bool:
    """Tell whether a clause begins to report."""
    return bool(_LOOKS_BACK.match(clause))


def stands(left: str, phrase: Phrase) -> bool:
    """Tell whether a number without a time says what stands already: 现有能力达到…, 累计建成…."""
    reached = phrase.predicate in ("", "reach") and phrase.comparator in ("", "~")
    return reached and bool(_STANDS.match(left) or _SUMMED.match(left))


#: What is counted in turns and is a level all the same.
_LASTS = re.compile(r"(?:寿命|次数)(?:[超达提突不延][^，。；]{0,6})?$")


@cache
def _reward() -> re.Pattern[str]:
    return re.compile(alternation("grammar", "reward"))


@cache
def _conditional() -> re.Pattern[str]:
    return re.compile(f"^(?:{alternation('grammar', 'conditional')})")


@cache
def _circle() -> re.Pattern[str]:
    return re.compile(f"^(?:{alternation('grammar', 'circles')})")


def closes(rest: str) -> bool:
    """Tell whether nothing follows a number that it could belong to."""
    plain = rest.lstrip(FILLER + " ")
    return bool(_CLOSERS.match(plain) or _level_nouns().match(plain))


def before_frames(clause: str, left: str, number: Token, rest: str, phrase: Phrase) -> str:
    """Judge a number by its own look and its neighbours; empty where nothing speaks against it."""
    plain = rest.lstrip(FILLER + " ")
    last = left[-1:]
    if number.dimension in ("grade", "rank"):
        return "threshold" if last == "前" else "grade"
    if last == "前" and not number.unit.startswith("%"):
        return "threshold"
    if plain.startswith("级") or (
        number.dimension == "steam" and not number.tail and not number.unit.startswith(("万", "千"))
    ):
        return "specification"
    if last == "每" or re.search(r"每(?:满|隔|新增)?$", left):
        return "rate-base"
    if number.dimension == "frequency" and not _LASTS.search(left):
        return "frequency"
    if number.dimension == "voltage":
        return "specification"
    if number.dimension == "time":
        if _circle().match(plain) and not phrase.comparator:
            return "time-limit" if plain.startswith("内") else "coverage"
        if number.tail in ("以内", "之内") and phrase.comparator != "<=" and phrase.predicate in ("", "reach"):
            return "time-limit"
        if number.unit == "年" and not phrase.predicate.startswith(("increase", "decrease")):
            return "threshold" if number.tail or plain.startswith("的") else "time-limit"
        if number.unit in ("工作日", "个工作日"):
            return "time-limit"
    if number.dimension == "length" and re.match(r"(?:服务)?半径|(?:范围|见绿|见园)", plain):
        return "coverage"
    if number.dimension == "money" and _reward().search(clause):
        return "reward"
    if number.dimension == "money" and plain.startswith("的") and not _level_nouns().match(plain):
        return "specification"
    if not number.unit and re.match(r"[A-Za-z℃°#]", plain):
        return "name"
    if _conditional().match(clause) and clause.rstrip(FILLER).endswith(("的", "时", "后")):
        return "threshold"
    if clause.startswith(("在", "为")) and clause.endswith(("过程中", "基础上", "前提下", "背景下")):
        return "condition"
    past = _past().search(left)
    if (
        past
        and not re.search(r"在现有|现有水平|现状基础|目标", left)
        and not re.search(r"力争|确保|将", left[past.end() :])
    ):
        return "past-value"
    return ""


def threshold(number: Token, rest: str, phrase: Phrase) -> str:
    """Judge a number that a noun follows: is it part of that noun's definition?"""
    plain = rest.lstrip(FILLER + " ")
    if plain.startswith("的"):
        return "threshold"
    if number.tail and (number.tail.endswith(("下", "内")) or not phrase.verb):
        return "threshold"
    if "的" in plain and phrase.comparator in (">=", "<=") and not phrase.verb:
        return "threshold"
    return ""


def object_is_specified(number: Token, rest: str, verb: str, later: Token | None) -> str:
    """Judge a number between a verb of making and its object: 改造5000平方米以上公共建筑, 建设30万千瓦机组2台."""
    large = number.unit.startswith(("万", "亿", "千万", "百万"))
    if number.tail and number.unit == "层":
        return "threshold"
    if number.tail.endswith(("下", "内")) or (number.tail == "及以上" and number.dimension not in ("count", "share")):
        return "threshold"
    if number.dimension in ("count", "share", "multiple", "visits", "containers", "money", "magnitude", "computing"):
        return ""
    if number.dimension in ("time", "steam", "temperature", "sound"):
        return "threshold" if number.tail else "specification"
    if later is not None:
        return "specification"
    if number.tail and not large and verb not in ("形成", "具备", "新增", "完成", "实现", "累计完成", "净增"):
        return "threshold"
    return ""
