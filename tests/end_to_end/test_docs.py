"""What the pages name exists: commands with their options, make targets, files, settings; queries answer."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
import typer
from command import ROOT, Night
from pydantic import BaseModel

from outreach.settings import Settings
from pipelines.cli import app

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def code(page: Path) -> Iterator[str]:
    """Every line of code of a page: indented, fenced, or within a sentence."""
    text = page.read_text(encoding="utf-8")
    yield from re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)
    for block in re.findall(r"^```(?:sh)?\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from block.splitlines()


def outreach_commands() -> list[tuple[str, str]]:
    start = re.compile(r"^(?:\.venv/bin/)?outreach (?=[a-z])")
    found = {(page.name, line) for page in PAGES for line in code(page) if start.match(line)}
    return sorted((page, start.sub("", line)) for page, line in found)


@pytest.mark.parametrize(("page", "line"), outreach_commands())
def test_every_command_and_option_exists(page: str, line: str) -> None:
    words = shlex.split(line.split("  #")[0].replace("'", ""))
    command: click.Command = typer.main.get_command(app)  # type: ignore[assignment]
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    is_group = bool(words) and hasattr(command, "commands")
    named = words[0] if is_group and re.fullmatch("[a-z][a-z-]*", words[0]) else None
    assert named is None, f"{page}: no command {named}"
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options, page


def test_every_page_that_is_linked_exists() -> None:
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page


TRANSLATED = [ROOT / "README.md", ROOT / "docs" / "policy-authoring.md"]


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: page.stem)
def test_a_translation_has_every_section_and_command_and_each_links_the_other(page: Path) -> None:
    translated = page.with_name(f"{page.stem}.zh-CN.md")
    texts = [each.read_text(encoding="utf-8") for each in (page, translated)]
    assert f"]({translated.name})" in texts[0]
    assert f"]({page.name})" in texts[1]
    english, chinese = (re.findall(r"^(##+) ", text, re.MULTILINE) for text in texts)
    assert english == chinese
    named, renamed = (
        {
            " ".join(words.split()[:2])
            for line in code(each)
            for words in re.findall(r"\boutreach ([a-z].+)", line)
        }
        for each in (page, translated)
    )
    assert named == renamed


def test_every_make_target_and_module_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for line in code(page):
            assert set(re.findall(r"^make ([a-z]+)", line)) <= targets, page
            for module in re.findall(r"python -m ([a-z_.]+)", line):
                assert find_spec(module), page


def settings(group: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every setting with its default."""
    for name, field in group.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settings(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field.default


def test_operations_lists_every_setting_with_its_default() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("\n## Settings\n")[2]
    listed = dict(re.findall(r"^\| `([a-z_]+(?:\.[a-z_]+)?)` \| `?([^|`]+?)`? \|", page, re.MULTILINE))
    defaults = {name: "none" if value is None else str(value) for name, value in settings(Settings)}
    assert listed == defaults


def test_the_analysts_first_command_answers(
    samples: dict[str, Night], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    (script,) = re.findall(r'^    \.venv/bin/python -c "(.*)"$', page, re.MULTILINE)
    monkeypatch.chdir(samples["yaohai"].home.parent)
    exec(script, {})
    assert "programme" in capsys.readouterr().out
