"""Every word of the screen, in Chinese and English."""

from __future__ import annotations

from typing import Any

from kg.model.text import Lang

__all__ = ["WORDS", "say"]

#: Key → (Chinese, English); ``{name}`` is filled in.
WORDS: dict[str, tuple[str, str]] = {
    # the frame
    "title": ("北京数字经济图谱", "Beijing Digital Economy Graph"),
    "explore": ("图谱", "Explore"),
    "ask": ("查询", "Ask"),
    "sources": ("来源", "Sources"),
    "download": ("下载", "Download"),
    "entity": ("实体", "Entity"),
    "navigation": ("页面", "Pages"),
    "language": ("语言", "Language"),
    "zh": ("中", "中"),
    "en": ("EN", "EN"),
    "search": ("搜索", "Search"),
    "search_hint": ("名称、别名或拼音：长安链、cal", "A name, alias or pinyin: Chang'an Chain, cal"),
    "no_hits": (
        "没有找到“{text}”。试试别的名称、简称或拼音。",
        "Nothing found for “{text}”. Try another name, a short form or pinyin.",
    ),
    "hit_short": ("简称 {name}", "short name {name}"),
    "hit_alias": ("又名 {name}", "also called {name}"),
    "hit_former": ("曾用名 {name}", "formerly {name}"),
    "hit_pinyin": ("拼音 {name}", "pinyin {name}"),
    "hit_initials": ("拼音首字母 {name}", "initials {name}"),
    "hit_traditional": ("繁体 {name}", "traditional {name}"),
    "hit_id": ("标识 {name}", "id {name}"),
    # explore
    "overview": ("概览", "Overview"),
    "overview_title": ("{sources}个来源怎么说", "What {sources} sources say"),
    "overview_title_one": ("一个来源，{themes}个主题", "One source, {themes} themes"),
    "overview_lead": (
        "图中的每条关系、每个数字都出自来源的原话，点开就能看到。虚线和空心图形只是计划，还不是事实。",
        "Every relation and every figure rests on the source's own words, one click away. "
        "Dashed lines and hollow shapes are plans, not facts.",
    ),
    "entities": ("实体", "entities"),
    "relations": ("关系", "relations"),
    "figures": ("数据", "figures"),
    "key_figures": ("主要数据", "Key figures"),
    "start_here": ("从这里开始", "Start here"),
    "types": ("类型", "Types"),
    "statuses": ("状态", "Status"),
    "themes": ("主题", "Themes"),
    "achieved": ("已有", "In place"),
    "under-way": ("推进中", "Under way"),
    "planned": ("计划中", "Planned"),
    "graph_view": ("图谱", "Graph"),
    "list_view": ("列表", "List"),
    "view": ("视图", "View"),
    "legend": ("图例", "Legend"),
    "graph_of": (
        "{count}个实体的关系图。同样的内容见列表视图。",
        "A graph of {count} entities. The list view has the same content.",
    ),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "zoom_fit": ("显示全部", "Show all"),
    "close": ("关闭", "Close"),
    "back": ("返回", "Back"),
    "full_page": ("查看全部信息与原文", "Full page with the source's words"),
    "name": ("名称", "Name"),
    "other_name": ("英文名", "Chinese name"),
    "type": ("类型", "Type"),
    "metric": ("指标", "Metric"),
    "text": ("文字", "Text"),
    "theme": ("主题", "Theme"),
    "status": ("状态", "Status"),
    "statements": ("陈述", "Statements"),
    "cut_picture": ("只显示了陈述最多的{count}个实体。", "Only the {count} entities that most is said of are shown."),
    # an entity, a statement
    "as_of": ("截至 {date}", "as of {date}"),
    "since": ("自 {date}", "since {date}"),
    "reached": ("已达成", "achieved"),
    "target": ("目标", "target"),
    "sources_of": ("来源", "Sources"),
    "aliases": ("别名", "Also called"),
    "former": ("曾用名", "Formerly"),
    "links": ("链接", "Links"),
    "note": ("编者注", "Editor's note"),
    "history": ("状态", "Status"),
    "spoke": ("其发言", "Statements made by this person"),
    "words": ("原文", "The source's words"),
    "show_words": ("“{what}”的原文", "The source's words for “{what}”"),
    "speaker": ("发言人", "Speaker"),
    "source": ("来源", "Source"),
    "publisher": ("发布", "Publisher"),
    "date": ("日期", "Date"),
    "published": ("发表", "Published"),
    "accessed": ("查阅", "Accessed"),
    "position": ("位置", "Position"),
    "character": ("第{position}字起", "from character {position}"),
    "kind": ("类别", "Kind"),
    "official": ("官方", "Official"),
    "not_official": ("非官方", "Not official"),
    "open_source": ("打开来源", "Open the source"),
    "provenance": ("出处", "Where it stands"),
    "show_in_graph": ("在图谱中查看", "Show in the graph"),
    "other_description": ("英文", "Chinese"),
    "every_line": (
        "每一行都有来源的原话，点引号查看。",
        "Every line rests on the source's own words: open the quotation mark.",
    ),
    "nothing_said": ("还没有来源谈到它。", "No source says anything of it yet."),
    "replaced": ("“{old}”已并入这里。", "“{old}” has been merged into this."),
    "cut_card": (
        "陈述太多，只显示了一部分；在“查询”页可以看到全部。",
        "Only part of the statements is shown; the Ask page has them all.",
    ),
    "no_entity": ("没有“{id}”这个实体", "There is no entity “{id}”"),
    "no_source": ("没有“{id}”这个来源", "There is no source “{id}”"),
    "no_question": ("没有“{id}”这个现成的问题", "There is no stored question “{id}”"),
    "no_statement": ("没有“{id}”这条陈述", "There is no statement “{id}”"),
    "did_you_mean": ("您要找的是不是：", "Did you mean:"),
    "try_search": ("请用上方的搜索框查找。", "Use the search box above to find it."),
    "choose_entity": ("在上方搜索一个实体，或从这里开始：", "Search for an entity above, or start here:"),
    # sources
    "sources_lead": ("{count}个来源，共{statements}条陈述。", "{count} sources with {statements} statements."),
    "sources_lead_one": ("一个来源，共{statements}条陈述。", "One source with {statements} statements."),
    "source_states": ("{count}条陈述", "{count} statements"),
    "all_sources": ("全部来源", "All sources"),
    "sha256": ("文本指纹 SHA-256", "SHA-256 of the text"),
    # download
    "download_lead": (
        "整个图谱的每种格式，内容相同，逐字节可重现。数据版本 {version}。",
        "The whole graph in every format, byte for byte reproducible. Data version {version}.",
    ),
    "make_file": ("生成", "Prepare"),
    "save_file": ("下载 {size}", "Download {size}"),
    "page_title": ("网页", "Web page"),
    "page_use": (
        "单个 HTML 文件，离线打开就是可拖动、缩放的图谱。",
        "One HTML file: the graph to pan and zoom, offline, in any browser.",
    ),
    "turtle_use": (
        "给人读的 RDF：直接的三元组与带原文的陈述。",
        "RDF for people to read: direct triples and statements with their words.",
    ),
    "trig_use": ("RDF，每个来源一个命名图。", "RDF with a named graph for each source."),
    "nquads_use": ("逐行排序的 RDF，载入任何三元组库。", "RDF line by line, sorted: loads into any store."),
    "ntriples_use": ("逐行的三元组，不分命名图。", "Triples line by line, without named graphs."),
    "jsonld_use": ("给网页与 JavaScript 用的 RDF。", "RDF for web pages and JavaScript."),
    "rdfxml_use": ("给 Protégé 等较早的工具用的 RDF。", "RDF for Protégé and older tools."),
    "graphml_use": ("给 Gephi、yEd、Cytoscape 用的图。", "The graph for Gephi, yEd and Cytoscape."),
    "gexf_use": ("给 Gephi 用的图。", "The graph for Gephi."),
    "csv_use": (
        "一张表，一行一条陈述，附原文；可直接用 Excel 或 WPS 打开。",
        "One table, a line for each statement with the words behind it; opens in Excel and WPS.",
    ),
    "xlsx_use": (
        "Excel 或 WPS 工作簿，每类陈述一张表。",
        "A workbook for Excel or WPS, a sheet for each kind of statement.",
    ),
    "ontology_use": (
        "本体：类型、关系及其双语定义。",
        "The ontology: types and relations with their definitions in both languages.",
    ),
    "shapes_use": ("检查数据的 SHACL 规则。", "The SHACL rules that the data keeps."),
    # ask
    "questions": ("现成的问题", "Stored questions"),
    "query": ("SPARQL 查询", "SPARQL query"),
    "run": ("运行", "Run"),
    "run_hint": ("Ctrl+Enter 运行", "Ctrl+Enter runs it"),
    "parameters": ("参数", "Parameters"),
    "prefixes": ("可用的前缀", "Prefixes at hand"),
    "answered": ("{rows}行，用时{seconds}秒", "{rows} rows in {seconds} s"),
    "answered_one": ("1行，用时{seconds}秒", "1 row in {seconds} s"),
    "answered_graph": ("{rows}个三元组，用时{seconds}秒", "{rows} triples in {seconds} s"),
    "cut_answer": ("答案被截断在{rows}行。", "The answer was cut at {rows} rows."),
    "shown_rows": (
        "下面显示前{count}行，下载的文件有全部。",
        "The first {count} rows are shown; the downloads have all.",
    ),
    "version": ("数据版本 {version}", "data version {version}"),
    "yes": ("是", "Yes"),
    "no": ("否", "No"),
    "empty": ("没有符合的结果", "Nothing matches"),
    "empty_hint": (
        "查询本身没有错，只是数据里没有符合全部条件的内容。去掉一个条件，或检查语言标记（@zh、@en）和关系的方向。",
        "The query is right, but nothing in the data meets all of its conditions. "
        "Leave one out, or check language tags (@zh, @en) and the direction of relations.",
    ),
    "malformed": ("这不是 SPARQL：第{line}行，第{column}列", "Not SPARQL: line {line}, column {column}"),
    "refused": ("这里不允许", "Not allowed here"),
    "refused_hint": (
        "查询只能读取本图谱，不能修改数据，也不能访问别处。",
        "Queries read this graph; they change nothing and reach nowhere else.",
    ),
    "timed_out": ("超过{seconds}秒，已停止", "Stopped after {seconds} s"),
    "timed_out_hint": (
        "请少问一些：加上 LIMIT，多写明几个已知的项，或去掉什么都能匹配的路径。",
        "Ask for less: add a LIMIT, name more of the terms, or leave out a path that can match everything.",
    ),
    "too_large": ("答案太大，已停止", "Stopped: too large"),
    "too_large_hint": ("请加上 LIMIT，或少选几列。", "Add a LIMIT, or select fewer columns."),
    "failed": ("没有得到答案", "No answer"),
    "not_run": (
        "选一个现成的问题，或写下自己的查询，然后运行。",
        "Choose a stored question or write your own, then run it.",
    ),
    "link_hint": ("地址栏里的链接会重开这个查询。", "The link in the address bar opens this query again."),
    # when something is wrong
    "data_wrong": ("数据有错，图谱无法打开", "The data has faults, so the graph cannot open"),
    "data_wrong_lead": ("改正下面各处，再刷新本页。", "Mend what is listed here, then reload this page."),
    "where": ("位置", "Where"),
    "what": ("问题", "What is wrong"),
    "cure": ("改法", "How to mend it"),
    "engine_down": ("查询引擎没有启动", "The engine did not start"),
}


def say(key: str, lang: Lang, **values: Any) -> str:
    """The words of ``key`` in ``lang``, with ``values`` filled in; raises KeyError for a key that there is not."""
    zh, en = WORDS[key]
    text = zh if lang == "zh" else en
    return text.format(**values) if values else text
