"""The models as JSON Schemas, one for each kind of file, for editors."""

from typing import Any

from klartekst.model.organisation import Organisation
from klartekst.model.register import COLLECTIONS, FILES_OF_ONE


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas (draft 2020-12) by name: that of the file, or of the folder for files of one thing."""
    found = {"organisation": Organisation.model_json_schema()}
    for name, model in COLLECTIONS.items():
        schema = model.model_json_schema()
        if name not in FILES_OF_ONE:
            definitions = schema.pop("$defs", {})
            definitions[model.__name__] = schema
            reference = {"$ref": f"#/$defs/{model.__name__}"}
            schema = {"type": "object", "additionalProperties": reference, "$defs": definitions}
        found[name] = schema
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Klartekst: {name}", **schema}
        for name, schema in found.items()
    }
