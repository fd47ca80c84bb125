"""JSON Schemas of the policy files, for editors: ``python -m outreach.policy.language.schema``."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from outreach.policy.language.files import SHIPPED
from outreach.policy.language.model import LocalParameters, PolicyFile, SupplementFile, TermsFile

SCHEMAS: dict[str, type[BaseModel]] = {
    "policy": PolicyFile,
    "supplement": SupplementFile,
    "terms": TermsFile,
    "parameters": LocalParameters,
}


def schema_text(name: str) -> str:
    """The schema ``<name>.schema.json`` as it must be written."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[name].model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path = SHIPPED / "schema") -> list[Path]:
    """Write every schema into ``folder``; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.schema.json" for name in SCHEMAS]
    for name, path in zip(SCHEMAS, paths, strict=True):
        path.write_text(schema_text(name), encoding="utf-8")
    return paths


if __name__ == "__main__":
    write_schemas()
