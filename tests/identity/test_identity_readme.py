"""``sql/identity/README.md`` names every model, stage by stage, in the order in which they are built."""

import re

from outreach.engine.models import SQL_DIR, load_models
from outreach.identity.resolve import STAGES

README = (SQL_DIR / "identity" / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([a-z]+): [^\n]*\n(.*?)(?=^## |\Z)", README, re.S | re.M))


def test_every_model_has_one_line_in_the_section_of_its_stage() -> None:
    named = {room: sorted(re.findall(r"^\| `([a-z_]+)` \|", body, re.M)) for room, body in SECTIONS.items()}
    models = load_models("identity")
    made = {
        room: sorted(model.name for model in models if model.room == room)
        for room in {m.room for m in models}
    }
    assert named == made


def test_sections_follow_the_order_of_the_stages() -> None:
    assert [room for room in SECTIONS if room in STAGES] == list(STAGES)


def test_every_model_that_the_page_refers_to_exists() -> None:
    names = {model.name for model in load_models("identity")}
    names |= {each.table for made in STAGES.values() for each in made}
    table = README.split("## Where is a row decided?")[1].split("\n## ")[0]
    grades = {"exact", "strong", "review", "new"}
    assert set(re.findall(r"`([a-z_]+)`", table)) <= names | grades
