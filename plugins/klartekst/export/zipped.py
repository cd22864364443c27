"""A zip archive without the time at which it was made, so that the same content gives the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can name."""


def normalised(archive: bytes) -> bytes:
    """Return an archive with the same files in the same order, none of which bears a time."""
    made = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _ALWAYS)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # else it names the machine that wrote it
            new.writestr(entry, old.read(name))
    return made.getvalue()
