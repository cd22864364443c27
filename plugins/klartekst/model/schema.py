"""The models as JSON Schemas, one for each kind of file, for editors."""

from typing import Any

from klartekst.model.base import ID
from klartekst.model.organisation import Organisation
from klartekst.model.register import COLLECTIONS, FILES_OF_ONE

_NULL = {"type": "null"}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas (draft 2020-12) by name: that of the file, or of the folder for files of one thing."""
    found = {"organisation": Organisation.model_json_schema()}
    for name, model in COLLECTIONS.items():
        schema = model.model_json_schema()
        found[name] = schema if name in FILES_OF_ONE else _by_id(model.__name__, schema)
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_closed(schema),
            "title": f"Klartekst: {name}",
        }
        for name, schema in found.items()
    }


def _by_id(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a map by id."""
    definitions = {**schema.pop("$defs", {}), name: schema}
    return {"type": "object", "patternProperties": {ID: {"$ref": f"#/$defs/{name}"}}, "$defs": definitions}


def _closed(schema: Any) -> Any:
    """Refuse what the loader refuses: a key that fits no pattern, and a key behind which nothing stands."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if "patternProperties" in closed:
        closed["additionalProperties"] = False
    if _NULL in closed.get("anyOf", ()):
        arms = [arm for arm in closed.pop("anyOf") if arm != _NULL]
        closed.pop("default", None)
        closed |= arms[0] if len(arms) == 1 else {"anyOf": arms}
    return closed
