"""The words that the commands print, in both languages; what the data is called comes from the data."""

from __future__ import annotations

from typing import Final

__all__ = ["say"]

_WORDS: Final = {
    "also": ("又称", "also"),
    "as of": ("截至", "as of"),
    "columns": ("列", "columns"),
    "entities": ("实体", "entities"),
    "figures": ("数据", "figures"),
    "former": ("曾用名", "formerly"),
    "how many": ("数量", "count"),
    "id": ("编号", "id"),
    "links": ("链接", "links"),
    "matched": ("匹配", "matched"),
    "metric": ("指标", "metric"),
    "more": ("还有更多陈述未列出", "more statements than are listed here"),
    "name": ("名称", "name"),
    "no way": ("两者之间没有找到路径", "no way was found between them"),
    "not official": ("非官方", "not official"),
    "note": ("说明", "note"),
    "official": ("官方", "official"),
    "parameters": ("参数", "parameters"),
    "partly planned": ("其中有计划中的步骤", "partly planned"),
    "planned": ("计划", "planned"),
    "published": ("发布", "published"),
    "question": ("问题", "question"),
    "rows": ("行数", "rows"),
    "milliseconds": ("毫秒", "milliseconds"),
    "reason": ("依据", "by its"),
    "relation": ("关系", "relation"),
    "relations": ("关系", "relations"),
    "replaces": ("已由此实体取代的编号", "in place of"),
    "said": ("发言", "said"),
    "since": ("自", "since"),
    "source": ("来源", "source"),
    "sources": ("来源", "sources"),
    "statements": ("陈述", "statements"),
    "status": ("状态", "status"),
    "statuses": ("状态", "statuses"),
    "steps": ("步", "steps"),
    "target": ("目标", "target"),
    "theme": ("主题", "theme"),
    "themes": ("主题", "themes"),
    "type": ("类型", "type"),
    "what": ("项目", "what"),
    # which name was matched, and how
    "short": ("简称", "short name"),
    "alias": ("别名", "alias"),
    "traditional": ("繁体", "traditional characters"),
    "pinyin": ("拼音", "pinyin"),
    "initials": ("拼音首字母", "initials"),
    "exact": ("完全一致", "exact"),
    "prefix": ("开头", "beginning"),
    "part": ("部分", "part"),
    "words": ("词语", "words"),
    "typo": ("近似", "but for a slip"),
}


def say(word: str, lang: str) -> str:
    """The word in Chinese ("zh") or in English."""
    zh, en = _WORDS[word]
    return zh if lang == "zh" else en
