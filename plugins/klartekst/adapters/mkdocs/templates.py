"""The templates of the theme, compiled once: the host begins anew for each language, and again on each reload."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory; one that has changed is known by its checksum and compiled again."""

    def __init__(self) -> None:
        """Begin with none."""
        self._compiled: dict[str, tuple[object, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reuse a template, unless a filter has changed: the compiler applies filters, and one may know a language."""
        filters, code = self._compiled.get(bucket.key, (None, b""))
        if filters == bucket.environment.filters:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that has just been compiled."""
        self._compiled[bucket.key] = (dict(bucket.environment.filters), bucket.bytecode_to_string())
