"""The notices as one page of HTML to be printed, a sheet of A4 a person, in print that old eyes read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import segno

from outreach.charts import FONTS
from outreach.explain.notice import Matter, Notice, Notices
from outreach.explain.say import day_words
from outreach.standards.person_page import person_page

_STYLE = f"""
@page {{ size: A4; margin: 13mm 16mm 12mm; }}
body {{ font-family: {FONTS}; font-size: 17pt; line-height: 1.4; color: #000; margin: 0; }}
section {{ break-after: page; position: relative; }}
section:last-of-type {{ break-after: auto; }}
h1 {{ font-size: 30pt; text-align: center; margin: 0 0 .1em; }}
h2 {{ font-size: 18pt; margin: .45em 0 .1em; border-bottom: 2px solid #000; }}
p {{ margin: .2em 0; }}
ul {{ margin: .1em 0; padding-left: 1.1em; }}
li {{ margin: .15em 0; break-inside: avoid; }}
b.name {{ font-size: 20pt; }}
.foot {{ display: flex; justify-content: space-between; margin-top: .6em; break-inside: avoid; }}
.foot svg {{ width: 26mm; height: 26mm; }}
.id {{ font-size: 9pt; text-align: right; }}
.small {{ font-size: 16pt; }}
.long {{ font-size: 16pt; line-height: 1.25; }}
.long h1 {{ font-size: 24pt; }}
.long h2 {{ font-size: 16pt; margin-top: .3em; }}
.long p, .long li {{ margin: .08em 0; }}
.long .foot svg {{ width: 20mm; height: 20mm; }}
"""
_LONG = 190
"""From so many characters about programmes and offices on, a page is set closer to hold them all."""
_BEWARE = "办理以上事项不收费。凡是要您交钱、转账、说出密码或验证码的，都不要相信。"
_NO_PHONE = "＿＿＿＿＿＿＿＿＿＿"


def notice_html(notices: Notices, phones: Mapping[str, str], portal_url: str | None) -> str:
    """The page: a section a person; it needs no other file and no network.

    Args:
        phones: telephone numbers by area code; the nearest one counts, a blank is left where there is none.
        portal_url: the portal, to whose page of the person the QR code leads; None: no code.
    """
    pages = "".join(_page(notices, page, phones, portal_url) for page in notices.pages)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>告知单</title>'
        f"<style>{_STYLE}</style></head><body>{pages}</body></html>"
    )


def _page(notices: Notices, page: Notice, phones: Mapping[str, str], portal_url: str | None) -> str:
    place = f"{notices.region_name}　{page.place}".rstrip("　")
    shown = [*page.free, *page.soon, *page.due, *page.offices]
    shown += [f"{matter.name}{matter.sentences}" for matter in (*page.offered, *page.raised)]
    long = ' class="long"' if sum(map(len, shown)) > _LONG else ""
    parts = [
        f"<section{long}><h1>告知单</h1>",
        f'<p><b class="name">{escape(page.name or "这位老人")}</b>，您好！按现有登记信息，'
        f"截至{day_words(notices.as_of)}，您{_entitled(page)}下面这些待遇和服务的条件，"
        "具体以主管部门核定为准。</p>",
        *_matters("可以新办的", page.offered),
        *_matters("正在享受、标准要提高的", page.raised),
        *_names("凭身份证等就可以享受的", page.free),
        *_names("不久可以享受的", page.soon),
        *_names("工作人员会上门或与您约时间的", page.due),
        "<h2>接下来</h2>",
        f"<p>{_next(page)}{_BEWARE}</p>",
        "<h2>有疑问请找</h2>",
        *(f"<p>{escape(office)}</p>" for office in page.offices),
        f"<p>联系电话：<b>{escape(_phone(page.area_code, phones))}</b></p>",
        '<div class="foot"><div class="small">',
        f"<p>{escape(place)}<br>{day_words(notices.as_of)}</p>",
        *(
            [f"<p>《{escape(notices.document)}》是征求意见稿，以正式印发的为准。</p>"]
            if notices.draft
            else []
        ),
        f'</div><div class="id">{_code(page.person_id, portal_url)}{escape(page.person_id)}</div></div>',
        "</section>",
    ]
    return "".join(parts)


def _matters(title: str, matters: Sequence[Matter]) -> Iterable[str]:
    if matters:
        yield f"<h2>{title}</h2><ul>"
        for matter in matters:
            yield f"<li><b>{escape(matter.name)}</b>：{escape('，'.join(matter.sentences))}。</li>"
        yield "</ul>"


def _names(title: str, names: Sequence[str]) -> Iterable[str]:
    if names:
        yield f"<h2>{title}</h2><p>{escape('；'.join(names))}。</p>"


def _entitled(page: Notice) -> str:
    now = bool(page.offered or page.raised or page.free or page.due)
    return {(True, True): "符合或者不久就会符合", (False, True): "不久就会符合"}.get(
        (now, bool(page.soon)), "符合"
    )


def _next(page: Notice) -> str:
    if page.asked:
        return "社区（村）工作人员会与您联系，请告诉他们您同意还是不同意；信息不对的，也请当面指出。"
    if page.offered:
        return "社区（村）工作人员会与您联系核对；信息不对的，请当面指出。"
    later = "到时候社区（村）工作人员会再告诉您。" if page.soon else ""
    return f"{later}信息不对的，请告诉社区（村）工作人员。"


def _phone(area_code: str, phones: Mapping[str, str]) -> str:
    found = (phones.get(area_code[:length]) for length in (12, 9, 6))
    return next((phone for phone in found if phone), _NO_PHONE)


def _code(person_id: str, portal_url: str | None) -> str:
    """The QR code of the person's page: the address and the id, nothing else."""
    if portal_url is None:
        return ""
    content = person_page(portal_url, person_id)
    code: str = segno.make(content, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return f"{code}<br>"
