"""A page with nothing but the editor, for the tests that look at it in a browser; no engine, no data."""

import sys
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st

from kg.ui.carried import asked_text, missing
from kg.ui.editor import editor
from kg.ui.frame import bare_style, language
from kg.ui.links import quick_links

FIRST = """\
# 关于长安链（《北京》）、“全球数字经济标杆城市”，the first one
PREFIX ent: <https://w3id.org/beijing-digital-economy/entity/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?名称 ?name WHERE {
  ent:changan-chain ?relation ?name . # 一个注释
  FILTER (LANG(?name) = "zh" && STRLEN(?name) > 2.5)
}
LIMIT 10
"""
ITEMS = [
    {"text": "ent:changan-chain", "label": "长安链", "detail": "changanlian", "kind": "实体", "count": 12},
    {"text": "ent:changan-chain-community", "label": "长安链开源社区", "detail": "", "kind": "实体", "count": 3},
    {"text": "plan:builds", "label": "将建设", "detail": "", "kind": "关系", "count": 1280},
]
PLAN = "PREFIX plan: <https://w3id.org/beijing-digital-economy/planned#>\n"


def look(text: str, caret: int, complete: bool) -> dict:
    """Every SELEC, and every end without its closing bracket, is a fault; what follows is offered by any name."""
    marks = []
    at = text.find("SELEC ")
    if at >= 0:
        cure = {"label": "SELECT", "edits": [{"start": at, "end": at + 5, "text": "SELECT"}]}
        marks.append({"start": at, "end": at + 5, "message": "SELEC 不是关键词", "cures": [cure]})
    if text.count("{") > text.count("}"):
        cure = {"label": "}", "edits": [{"start": len(text), "end": len(text), "text": "}"}]}
        marks.append({"start": len(text), "end": len(text), "message": "少了 }", "cures": [cure]})
    start = caret
    while start and not text[start - 1].isspace():
        start -= 1
    word = text[start:caret]
    needs = [] if PLAN in text else [{"start": 0, "end": 0, "text": PLAN}]
    items = [
        {**item, "edits": needs if item["text"].startswith("plan:") else []}
        for item in ITEMS
        if word in f"{item['text']} {item['label']} {item['detail']}"
    ]
    return {"marks": marks, "from": start, "to": caret, "items": items if complete else []}


def tidy(text: str) -> str:
    if "SELEC " in text:
        raise ValueError("not SPARQL")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


st.set_page_config(layout="wide")
st.html(bare_style())
lang = language()
quick_links(lang)
asked, question, long = (st.query_params.get(name, "") for name in ("query", "question", "long"))
text = asked_text() if long else asked or (f"# {question}\nASK {{}}\n" if question else FIRST)
with st.container(key="page"):
    st.html('<h1 class="title">Editor</h1><a class="stop" href="./?stopped=1">Stop</a>')
    address = urlencode({"question": question} if question else {"query": asked} if asked else {})
    editor(text, lang, look, tidy, address=address, missing=missing())
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.html(f'<p class="runs" data-runs="{st.session_state["runs"]}">{len(text)}</p>')
    st.button("Again")
    st.html('<a href="./?page=ask&question=other&lang=en">other</a>')
