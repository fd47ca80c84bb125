from typing import Any


class Linkage: ...


class LinkSettings: ...


def link_tables(*a: Any) -> None: ...
