"""A site that fails leaves the earlier one whole: build beside it, and take its place only when everything is done."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from glob import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


class Staging:
    """The folder beside the site in which the next one is built."""

    def __init__(self) -> None:
        """Begin with no command: without one nobody would tell us the end, so nothing is staged."""
        self.command = ""
        self.site: Path | None = None
        self.stage: Path | None = None
        self.config: MkDocsConfig | None = None
        self.asked = ""
        self.complete = False
        self.failed = False

    def begin(self, config: MkDocsConfig) -> None:
        """Point the build at a fresh folder beside the site; a second call in the same build does nothing."""
        if self.command not in {"build", "gh-deploy"} or self.stage is not None or is_preview(config):
            return
        self.config, self.asked = config, config.site_dir
        self.site = Path(config.site_dir).resolve()  # a link to a folder stays one
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self._clear_what_died()
        self.stage = self.site.with_name(f"{self._prefix}{os.getpid()}")
        self.stage.mkdir()
        config.site_dir = str(self.stage)

    def end(self) -> None:
        """Put the new site in place if it is complete, else throw it away."""
        if self.stage is None or self.site is None or self.config is None:
            return
        if self.complete and not self.failed:
            self._replace(self.site, self.stage)
        else:
            shutil.rmtree(self.stage, ignore_errors=True)
        self.config.site_dir = self.asked  # gh-deploy reads it after us
        self.stage = None

    @property
    def _prefix(self) -> str:
        return f".{self.site.name}.klartekst-" if self.site else ""

    def _replace(self, site: Path, stage: Path) -> None:
        """Take the place of the site, and of any that another build puts there meanwhile."""
        taken: list[Path] = []
        try:
            while stage.exists():
                old = site.with_name(f"{self._prefix}old-{len(taken)}-{os.getpid()}")
                with suppress(FileNotFoundError):
                    taken.append(site.rename(old))
                _move_unless_taken(stage, site)
        except OSError:
            if taken and not site.exists():
                taken[-1].rename(site)
            raise
        for old in taken:
            _retire(old, site)

    def _clear_what_died(self) -> None:
        """Remove the folders of builds that were killed, and put back a site that was taken away but not replaced."""
        assert self.site is not None
        for left in self.site.parent.glob(f"{escape(self._prefix)}*"):
            process = left.name.rsplit("-", 1)[-1]
            if process.isdigit() and _is_running(int(process)) and int(process) != os.getpid():
                continue
            if "klartekst-old-" not in left.name:
                shutil.rmtree(left, ignore_errors=True)
            elif self.site.exists():
                _retire(left, self.site)
            else:
                left.rename(self.site)


def _move_unless_taken(folder: Path, target: Path) -> None:
    """Rename a folder, unless another one with content has the name."""
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise


def _retire(old: Path, site: Path) -> None:
    """Remove a replaced site, but hand on what MkDocs never cleans: somebody's .git or .nojekyll."""
    for kept in old.glob(".*"):
        if not (site / kept.name).exists():
            kept.rename(site / kept.name)
    shutil.rmtree(old, ignore_errors=True)


def is_preview(config: MkDocsConfig) -> bool:
    """Return whether the site is built for `mkdocs serve`: in a temporary folder, at its own address."""
    site, (host, port) = Path(config.site_dir), config.dev_addr
    is_temporary = site.name.startswith("mkdocs_") and site.parent == Path(tempfile.gettempdir())
    return is_temporary and str(config.site_url).startswith(f"http://{host}:{port}/")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
