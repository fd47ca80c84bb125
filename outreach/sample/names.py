"""Names of invented people: our own frequency lists and the confusable forms of a character.

No list here was taken from elsewhere; the order is a plausible one, the weights fall with the rank.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

SURNAMES = list(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜肖"
    "仝卞逄缪解单盖仇区查员晏苑鄢臧乜亓麴"
)
COMPOUND_SURNAMES = [
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "夏侯",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "东方",
    "司徒",
]
COMPOUND_SHARE = 0.004

# Given-name characters by sex and by years of birth: before 1966, before 1990, later.
GIVEN: dict[tuple[str, int], list[str]] = {
    ("M", 0): list(
        "国建德福明志永文金玉长树庆大世兴振家成忠学万光富贵才有宝春生海山清保林荣华祥根发全义仁和顺水"
    ),
    ("M", 1): list("军伟强勇刚涛斌波辉杰鹏磊超平峰建国明志华东宁健毅龙飞林晓亮海洋旭俊凯锋雷新民利庆云彬栋"),
    ("M", 2): list("浩宇轩泽子豪俊杰睿博文天翔昊然梓铭皓一辰奕嘉佳逸晨思远哲瑞霖煜航景誉承恩沐阳锦程"),
    ("F", 0): list("秀英兰桂珍玉凤芳素淑莲翠梅荣华金爱香菊云芝霞琴贵仙月美花玲银春瑞彩清巧娥连素贞俊文"),
    ("F", 1): list("丽敏静艳娟霞燕红玲芳萍莉娜丹洁梅雪慧颖倩琳婷晶玉春晓华云琴英蕾薇虹波利岩青文君"),
    ("F", 2): list("欣怡梓涵诗雨佳琪思雅婷语嫣可馨紫萱若曦依诺一诺艺欣悦然静妍雯萌瑶玥晗沐子晨嘉"),
}
SINGLE_GIVEN_SHARE = (0.28, 0.42, 0.14)  # by the same three periods

# In GB18030 but beyond what old systems could type; half of them are outside the Basic Multilingual Plane.
RARE = list("堃喆淼翀垚㛃䶮燊燚犇骉昇晖芃祎玹槿赟翾甯𬱖𠅤𬀩𬭎𫖯𬍛𬸚𬬱")
RARE_SHARE = 0.006

DOTTED_GIVEN = [
    "阿布都",
    "买买提",
    "艾力",
    "古丽娜尔",
    "阿依古丽",
    "吐尔逊",
    "帕提古丽",
    "热合曼",
    "玛依拉",
    "库尔班",
    "迪丽拜尔",
]
DOTTED_FATHER = [
    "艾山",
    "吾斯曼",
    "卡迪尔",
    "依明",
    "肉孜",
    "司马义",
    "阿不拉",
    "尼亚孜",
    "托合提",
    "萨迪克",
    "亚森",
]

LOOK_ALIKE_PAIRS = [
    "末未",
    "己已",
    "王玉",
    "大太",
    "土士",
    "日曰",
    "田由",
    "兰三",
    "芬芳",
    "莉利",
    "红虹",
    "明朋",
    "金全",
    "凤风",
    "永水",
    "天夫",
    "辰晨",
    "晴睛",
    "梅悔",
    "侯候",
    "伟炜",
    "娜那",
    "杰木",
    "斌赋",
    "洁沽",
    "淑椒",
    "云去",
    "英央",
    "素索",
    "桂挂",
    "霞震",
    "琴琹",
    "珍诊",
    "芝之",
    "春舂",
    "贵贯",
    "德徳",
    "志忘",
    "建健",
    "庆厌",
    "福褔",
    "忠患",
    "林材",
    "荣荥",
    "宝室",
    "清请",
    "华毕",
    "平乎",
    "军车",
    "勇男",
    "刚钢",
    "涛寿",
    "峰锋",
    "鹏朋",
    "超起",
    "磊石",
    "敏敖",
    "静靖",
    "艳滟",
    "娟捐",
    "燕蒸",
    "玲铃",
    "萍苹",
    "丹舟",
    "雪雷",
    "慧彗",
    "颖颍",
    "陈阵",
    "杨扬",
    "刘浏",
    "徐除",
    "孙孔",
    "胡湖",
    "朱未",
    "高亮",
    "何河",
    "郭享",
    "马鸟",
    "宋末",
    "郑邓",
    "冯马",
    "于干",
    "董堇",
    "程呈",
    "曹曺",
    "袁衰",
    "许汁",
    "沈沉",
    "彭澎",
    "吕昌",
    "苏办",
    "蒋将",
    "蔡葵",
    "贾贯",
    "丁了",
    "魏巍",
    "薛薜",
    "叶汁",
    "余佘",
    "潘播",
]


def ranked_weights(count: int, exponent: float) -> npt.NDArray[np.float64]:
    """Probabilities that fall with the rank as ``(rank + 3) ** -exponent``, summing to one."""
    weights = (np.arange(count) + 3.0) ** -exponent
    return np.asarray(weights / weights.sum(), dtype=np.float64)


@cache
def _pool() -> list[str]:
    characters = {*"".join(SURNAMES), *"".join(COMPOUND_SURNAMES), *RARE}
    for pool in GIVEN.values():
        characters |= set(pool)
    characters |= set("".join(LOOK_ALIKE_PAIRS).replace(" ", ""))
    return sorted(characters)


@cache
def same_sound() -> pl.DataFrame:
    """Columns ``character``, ``other`` (list): characters of our lists with the same reading, tones aside."""
    by_reading: dict[str, list[str]] = defaultdict(list)
    for character in _pool():
        by_reading[lazy_pinyin(character, style=Style.NORMAL)[0]].append(character)
    rows = [
        (character, [other for other in group if other != character])
        for group in by_reading.values()
        if len(group) > 1
        for character in group
    ]
    return pl.DataFrame(rows, schema={"character": pl.String, "other": pl.List(pl.String)}, orient="row")


@cache
def look_alike() -> pl.DataFrame:
    """Columns ``character``, ``other`` (list): characters that a tired reader takes for one another."""
    others: dict[str, list[str]] = defaultdict(list)
    for pair in LOOK_ALIKE_PAIRS:
        left, right = pair[0], pair[1]
        others[left].append(right)
        others[right].append(left)
    return pl.DataFrame(
        sorted(others.items()), schema={"character": pl.String, "other": pl.List(pl.String)}, orient="row"
    )


@cache
def traditional() -> pl.DataFrame:
    """Columns ``character``, ``other`` (list of one): the traditional form, where it differs."""
    converter = OpenCC("s2t")
    rows = [(c, [converter.convert(c)]) for c in _pool() if converter.convert(c) != c]
    return pl.DataFrame(rows, schema={"character": pl.String, "other": pl.List(pl.String)}, orient="row")


@cache
def readings() -> pl.DataFrame:
    """Columns ``character``, ``other`` (list of one): its reading in capitals, for want of a glyph."""
    rows = [(c, [lazy_pinyin(c, style=Style.NORMAL)[0].upper()]) for c in _pool()]
    return pl.DataFrame(rows, schema={"character": pl.String, "other": pl.List(pl.String)}, orient="row")


def draw_surnames(rng: np.random.Generator, count: int) -> npt.NDArray[np.object_]:
    """``count`` surnames, compound ones among them."""
    single = rng.choice(np.array(SURNAMES, dtype=object), count, p=ranked_weights(len(SURNAMES), 1.05))
    compound = rng.choice(np.array(COMPOUND_SURNAMES, dtype=object), count)
    return np.where(rng.random(count) < COMPOUND_SHARE, compound, single)


def draw_given(
    rng: np.random.Generator, male: npt.NDArray[np.bool_], birth_year: npt.NDArray[np.int64]
) -> npt.NDArray[np.object_]:
    """A given name of one or two characters each, by sex and years, a few with a rare character."""
    count = len(male)
    period = np.digitize(birth_year, [1966, 1990])
    first = np.empty(count, dtype=object)
    second = np.empty(count, dtype=object)
    for (sex, era), pool in GIVEN.items():
        chosen = np.flatnonzero((male == (sex == "M")) & (period == era))
        characters = np.array(pool, dtype=object)
        weights = ranked_weights(len(pool), 0.7)
        first[chosen] = rng.choice(characters, len(chosen), p=weights)
        second[chosen] = rng.choice(characters, len(chosen), p=weights)
    rare = rng.random(count) < RARE_SHARE
    second = np.where(rare, rng.choice(np.array(RARE, dtype=object), count), second)
    single = rng.random(count) < np.array(SINGLE_GIVEN_SHARE)[period]
    return np.where(single, second, first + second)


def draw_dotted(rng: np.random.Generator, count: int) -> npt.NDArray[np.object_]:
    """``count`` whole names of the form own name · father's name."""
    own = rng.choice(np.array(DOTTED_GIVEN, dtype=object), count)
    return np.asarray(own + "·" + rng.choice(np.array(DOTTED_FATHER, dtype=object), count), dtype=object)
