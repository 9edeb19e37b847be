"""Invented names in both languages, by number: none is given twice within a kind, and none is kept in memory."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["KINDS", "Name", "make_name"]

Pair = tuple[str, str]


def _syllables(words: str) -> tuple[Pair, ...]:
    return tuple((word[0], word[1:]) for word in words.split())


def _pairs(words: str) -> tuple[Pair, ...]:
    cut = (word.partition("/") for word in words.split())
    return tuple((zh, en.replace("_", " ")) for zh, _, en in cut)


_FIRST = _syllables(
    "云yun 海hai 天tian 中zhong 华hua 京jing 智zhi 信xin 数shu 联lian 鼎ding 博bo 恒heng 瑞rui 启qi 维wei 星xing "
    "光guang 北bei 方fang 国guo 安an 达da 宏hong 嘉jia"
)
_SECOND = _syllables(
    "创chuang 通tong 科ke 链lian 图tu 思si 迅xun 腾teng 诚cheng 远yuan 睿rui 翼yi 峰feng 帆fan 宇yu 盛sheng 杰jie "
    "泰tai 润run 合he 美mei 尚shang 明ming 拓tuo 凌ling"
)
_SURNAMES = _syllables(
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 马Ma 朱Zhu 胡Hu 郭Guo 何He "
    "林Lin 高Gao 罗Luo 郑Zheng 梁Liang 谢Xie 宋Song"
)
_FIELDS = _pairs(
    "智慧交通/Smart_Transport 数据流通/Data_Circulation 人工智能/Artificial_Intelligence 云计算/Cloud_Computing "
    "区块链/Blockchain 自动驾驶/Automated_Driving 数字医疗/Digital_Health 数字金融/Digital_Finance "
    "工业互联网/Industrial_Internet 城市治理/Urban_Governance 公共数据/Public_Data 跨境数据/Cross-Border_Data "
    "算力调度/Computing_Power 车路协同/Vehicle-Road_Cooperation 数字文旅/Digital_Tourism 智慧物流/Smart_Logistics "
    "智能制造/Intelligent_Manufacturing 隐私计算/Privacy_Computing 量子通信/Quantum_Communication "
    "卫星遥感/Remote_Sensing 具身智能/Embodied_Intelligence 低空经济/Low-Altitude_Economy "
    "数字教育/Digital_Education 能源管理/Energy_Management"
)

#: The types of entities, the most common first, each with what the names of its entities end in.
KINDS = {
    "programme": _pairs("工程/Project 试点/Pilot 专项行动/Campaign 改革/Reform 合作机制/Mechanism"),
    "platform": _pairs("平台/Platform 数据中心/Data_Centre 服务站/Service_Station 实验室/Laboratory"),
    "company": _pairs("科技公司/Technologies 集团/Group 数据公司/Data_Company"),
    "sector": _pairs("产业/Industry 服务业/Services 应用领域/Applications"),
    "technology": _pairs("算法/Algorithm 芯片/Chip 大模型/Large_Model 操作系统/Operating_System 协议/Protocol"),
    "zone": _pairs("产业园/Industrial_Park 示范区/Demonstration_Zone 先行区/Pioneer_Zone 科技城/Science_City"),
    "policy": _pairs("条例/Regulations 指南/Guidelines 规划/Plan 办法/Measures 清单/List"),
    "place": _pairs("区/District 县/County 市/City 镇/Town 新区/New_Area 街道/Subdistrict 乡/Township 地区/Region"),
    "event": _pairs("大会/Conference 发布会/Press_Conference 论坛/Forum 对接会/Matchmaking_Meeting"),
    "agency": _pairs("管理局/Administration 促进中心/Promotion_Centre 委员会/Commission 研究院/Institute"),
    "person": _SURNAMES,
}

_STEP = 7919  # prime and greater than any list: the walk by it comes to each combination before it repeats one


class Name(NamedTuple):
    """A name, and the parts that other names of the same thing are made of; each is (Chinese, English)."""

    full: Pair
    brand: Pair
    field: Pair
    ending: Pair


def make_name(kind: str, number: int) -> Name:
    """The name of the entity with this number among those of its ``kind``."""
    endings = KINDS[kind]
    fields = _FIELDS if kind not in ("person", "place") else (("", ""),)
    serial, rest = divmod(number, len(_FIRST) * len(_SECOND) * len(fields) * len(endings))
    rest = rest * _STEP % (len(_FIRST) * len(_SECOND) * len(fields) * len(endings))
    rest, first = divmod(rest, len(_FIRST))
    rest, second = divmod(rest, len(_SECOND))
    rest, field = divmod(rest, len(fields))
    brand = (_FIRST[first][0] + _SECOND[second][0], (_FIRST[first][1] + _SECOND[second][1]).capitalize())
    return Name(_full(kind, brand, fields[field], endings[rest], serial), brand, fields[field], endings[rest])


def _full(kind: str, brand: Pair, field: Pair, ending: Pair, serial: int) -> Pair:
    zh = ending[0] + brand[0] if kind == "person" else brand[0] + field[0] + ending[0]
    english = (ending[1], brand[1]) if kind == "person" else (brand[1], field[1], ending[1])
    en = " ".join(filter(None, english))
    return (f"{zh}{serial + 1}", f"{en} {serial + 1}") if serial else (zh, en)
