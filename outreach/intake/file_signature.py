"""Whether a file has the form of its ending, by its first bytes."""

from __future__ import annotations

from pathlib import Path

from outreach.intake.reader import ReaderError

_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"SQLite format 3", "sqlite"),
    (b"{\\rtf", "rtf"),
)
_NAMES = {
    "zip": "XLSX 工作簿或其他压缩文件",
    "parquet": "Parquet 文件",
    "ole": "旧版 .xls 工作簿或受密码保护的工作簿",
    "pdf": "PDF 文件",
    "gzip": "gzip 压缩文件",
    "rar": "RAR 压缩文件",
    "7z": "7z 压缩文件",
    "sqlite": "数据库文件",
    "rtf": "RTF 文档",
    "html": "网页（HTML/XML）",
    "text": "文本文件",
}
_EXPECTED = {"csv": "text", "xlsx": "zip", "parquet": "parquet"}


def check_signature(path: Path, form: str) -> None:
    """Refuse a file that is empty or not of the form (``csv``, ``xlsx``, ``parquet``) of its ending.

    Raises:
        ReaderError: with what the file seems to be.
    """
    with path.open("rb") as stream:
        head = stream.read(512)
    if not head:
        raise ReaderError("文件为空（0 字节）")
    kind = _kind(head)
    if kind == _EXPECTED[form]:
        return
    if form == "xlsx" and kind == "ole":
        raise ReaderError("工作簿受密码保护，或是旧版 .xls 格式，请取消密码并另存为 .xlsx")
    raise ReaderError(f"文件内容与扩展名 .{form} 不符，实际像是{_NAMES[kind]}")


def _kind(head: bytes) -> str:
    for signature, kind in _KINDS:
        if head.startswith(signature):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head")):
        return "html"
    return "text"
