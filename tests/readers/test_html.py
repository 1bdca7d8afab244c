from __future__ import annotations

import pytest

from kg.model import Document
from kg.readers import Raw, Rejected, parse

LEAD = "Sáng 4/3, Bộ Giao thông khánh thành cây cầu dài 1.200 m bắc qua sông Lam sau ba năm thi công."
CAPTION = "Người dân đi qua cây cầu mới trong buổi sáng đầu tiên. (Ảnh: Minh Hà)"
QUOTE = "Bà Nguyễn Thị Hoa nói từ nay con bà không phải đi đò đến trường."
PAGE = f"""<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Cầu mới nối hai bờ sông | Báo Ví Dụ</title>
<link rel="canonical" href="https://bao.example/cau-moi.html">
<meta property="og:title" content="Cầu mới nối hai bờ sông"><meta property="og:site_name" content="Báo Ví Dụ">
<meta property="article:published_time" content="2025-03-04T07:30:00+07:00"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/the-gioi">Thế giới</a></li></ul></nav>
<article><h1>Cầu mới nối hai bờ sông</h1><p>{LEAD}</p>
<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>
<p>Theo ban quản lý dự án, công trình có tổng vốn 850 tỉ đồng và rút ngắn quãng đường đi lại 15 km.</p>
<table><tr><td><img src="b.jpg"></td></tr><tr><td>Cầu nhìn từ trên cao. Ảnh: TTX</td></tr></table>
<p>{QUOTE}</p></article>
<aside><h3>Tin liên quan</h3><a href="/x">Đường sắt mới sắp khởi công</a></aside>
<footer>© Báo Ví Dụ</footer></body></html>"""


def document(page: str | bytes) -> Document:
    parsed = parse(Raw("a.html", page.encode() if isinstance(page, str) else page, "html"))
    assert isinstance(parsed, Document)
    return parsed


def test_page_becomes_its_article() -> None:
    read = document(PAGE)
    paragraphs = read.text.split("\n\n")
    assert LEAD in paragraphs
    assert f"{QUOTE}\n" in paragraphs
    assert "Trang chủ" not in read.text
    assert "Tin liên quan" not in read.text
    assert (read.published, read.published_from) == ("2025-03-04", "metadata")
    assert (read.title, read.outlet) == ("Cầu mới nối hai bờ sông", "Báo Ví Dụ")
    assert read.url == "https://bao.example/cau-moi.html"


def test_captions_stand_where_their_pictures_stood() -> None:
    paragraphs = document(PAGE).text.split("\n\n")
    assert paragraphs.index(CAPTION) == paragraphs.index(LEAD) + 1
    assert "Cầu nhìn từ trên cao. Ảnh: TTX" in paragraphs


def test_encoding_comes_from_the_page_or_the_bytes() -> None:
    wide = document(PAGE.replace("utf-8", "utf-16").encode("utf-16"))
    assert (wide.encoding, wide.text) == ("utf-16", document(PAGE).text)
    entities = PAGE.encode("ascii", "xmlcharrefreplace")
    assert document(entities).text == document(PAGE).text


def test_xml_declaration_is_no_obstacle() -> None:
    assert document('<?xml version="1.0" encoding="utf-8"?>\n' + PAGE).text == document(PAGE).text


def test_page_without_a_date_has_none() -> None:
    read = document(PAGE.replace("2025-03-04T07:30:00+07:00", ""))
    assert (read.published, read.published_from) == (None, None)


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<p>Đăng nhập để đọc tiếp.</p>",
        "<html><body><form>Đăng nhập <input name=a> Mật khẩu <input name=b></form></body></html>",
        "<html><body><ul>" + "".join(f'<li><a href="/{n}">Mục {n}</a></li>' for n in range(50)) + "</ul></body></html>",
        "<div>" * 50_000,
        "không có thẻ nào",
    ],
    ids=["empty", "notice", "form", "menu", "nested", "no tags"],
)
def test_page_without_an_article_is_set_aside(page: str) -> None:
    parsed = parse(Raw("a.html", page.encode(), "html"))
    assert isinstance(parsed, Rejected)
    assert parsed.reason == "no-article"


def test_reading_twice_gives_the_same() -> None:
    assert document(PAGE) == document(PAGE)
