"""A site that fails, in any way, leaves the earlier one whole."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config
from tests.conftest import mkdocs
from tests.site.projects import configuration, make_project, snapshot

import klartekst
from klartekst.adapters.mkdocs import staging

PACKAGE = Path(klartekst.__file__).parent
ONE_LANGUAGE = configuration("none", ("nb",), more="hooks: [hook.py]")
EARLIER = {"index.html": b"<p>earlier</p>", "old/index.html": b"", ".nojekyll": b"", ".git/HEAD": b"ref: main\n"}


def _lay_out(folder: Path, config: str = ONE_LANGUAGE, hook: str = "") -> Path:
    """Make a project with an earlier site, in which somebody keeps dotfiles."""
    project = make_project(folder, config)
    (project / "hook.py").write_text(textwrap.dedent(hook))
    for name, text in EARLIER.items():
        file = project / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    return project


def _names(project: Path) -> set[str]:
    return {entry.name for entry in project.iterdir() if entry.name != "__pycache__"}


def _break_fact(project: Path) -> None:
    file = project / "data" / "retention.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind:", "kin:", 1), encoding="utf-8")


def _break_page(project: Path) -> None:
    (project / "content" / "privacy.md").write_text("# A\n\n<!-- klartekst:rigths -->\n")


def _warn(project: Path) -> None:
    (project / "content" / "index.md").write_text("# A\n\n[gone](gone.md)\n")


def _hook(code: str) -> Callable[[Path], None]:
    def write(project: Path) -> None:
        (project / "hook.py").write_text(code)

    return write


FAILURES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "an error in the data": (_break_fact, ()),
    "an error in a hand-written page": (_break_page, ()),
    "a warning of the host, with --strict": (_warn, ("--strict",)),
    "a hook that fails on a page": (_hook("def on_page_context(context, **_):\n    raise ValueError('x')\n"), ()),
    "a hook that fails after the last page": (_hook("def on_post_build(**_):\n    raise ValueError('x')\n"), ()),
    "a hook that fails last of all": (
        _hook(
            "from mkdocs.plugins import event_priority\n\n@event_priority(-1000)\n"
            "def on_post_build(**_):\n    raise ValueError('x')\n"
        ),
        (),
    ),
    "a program that ends by itself": (_hook("def on_post_page(output, **_):\n    raise SystemExit(3)\n"), ()),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failed_build_leaves_the_earlier_site(tmp_path: Path, failure: str) -> None:
    """The earlier site is byte-identical, dotfiles included, and nothing else is left behind."""
    project = _lay_out(tmp_path / "project")
    spoil, arguments = FAILURES[failure]
    spoil(project)
    before = _names(project)
    result = mkdocs("build", *arguments, cwd=project)
    assert result.returncode != 0
    assert snapshot(project / "site") == EARLIER
    assert _names(project) == before


def test_defect_in_the_second_language_leaves_the_earlier_site(tmp_path: Path) -> None:
    """All languages are rendered before anything is written, so that no half of a site is published."""
    shutil.copytree(PACKAGE, tmp_path / "broken" / "klartekst", ignore=shutil.ignore_patterns("__pycache__"))
    template = tmp_path / "broken" / "klartekst" / "blocks" / "templates" / "rights.md.j2"
    defect = "{% if language == 'nb' %}{{ nothing.here }}{% endif %}"
    template.write_text(defect + template.read_text(encoding="utf-8"), encoding="utf-8")
    project = _lay_out(tmp_path / "project", configuration("suffix"))
    result = mkdocs("build", cwd=project, PYTHONPATH=str(tmp_path / "broken"))
    assert result.returncode != 0
    assert "nothing" in result.stderr
    assert "Building documentation to directory" not in result.stderr
    assert snapshot(project / "site") == EARLIER


SIGNALLED = """
import os, signal
pages = 0

def on_post_page(output, *, page, config):
    global pages
    pages += 1
    if pages == 3:
        os.kill(os.getpid(), signal.{signal})
        signal.pause()
    return output
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_killed_build_leaves_the_earlier_site(tmp_path: Path, name: str) -> None:
    """A build that is killed among its pages leaves the earlier site, and the next one clears up after it."""
    project = _lay_out(tmp_path / "project", hook=SIGNALLED.format(signal=name))
    before = _names(project)
    result = mkdocs("build", cwd=project)
    assert result.returncode in {-getattr(signal, name), 1}
    assert snapshot(project / "site") == EARLIER
    (project / "hook.py").write_text("")
    assert mkdocs("build", cwd=project).returncode == 0
    assert _names(project) == before
    assert (project / "site" / "privacy" / "index.html").is_file()


def test_site_that_was_taken_away_but_not_replaced_is_put_back(tmp_path: Path) -> None:
    """A build killed between its last two steps leaves the earlier site under another name; the next one returns it."""
    project = _lay_out(tmp_path / "project")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (project / "site").rename(project / f".site.klartekst-old-0-{gone.pid}")
    _break_fact(project)
    assert mkdocs("build", cwd=project).returncode == 1
    assert snapshot(project / "site") == EARLIER


def test_dotfiles_of_a_site_that_was_replaced_by_a_killed_build_survive(tmp_path: Path) -> None:
    """A build killed after its last step but one has not handed on the dotfiles yet; the next one does."""
    project = _lay_out(tmp_path / "project")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (project / "site").rename(project / f".site.klartekst-old-0-{gone.pid}")
    (project / "site").mkdir()
    assert mkdocs("build", cwd=project).returncode == 0
    assert (project / "site" / ".git" / "HEAD").read_bytes() == EARLIER[".git/HEAD"]
    assert not [name for name in _names(project) if "klartekst" in name]


def test_successful_build_replaces_everything_but_dotfiles(tmp_path: Path) -> None:
    """Pages that are no longer made go; what begins with a dot stays, as MkDocs keeps it."""
    project = _lay_out(tmp_path / "project")
    before = _names(project)
    assert mkdocs("build", cwd=project).returncode == 0
    assert not (project / "site" / "old").exists()
    assert (project / "site" / ".git" / "HEAD").read_bytes() == EARLIER[".git/HEAD"]
    assert (project / "site" / ".nojekyll").exists()
    assert _names(project) == before


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o755), (0o027, 0o750)])
def test_first_build_makes_its_folder_with_the_usual_mode(tmp_path: Path, umask: int, mode: int) -> None:
    """With no earlier site, in folders that do not exist yet, the site has the mode that any new folder has."""
    project = make_project(tmp_path / "project", configuration("none", ("nb",), "site_dir: out/public/site"))
    earlier = os.umask(umask)
    try:
        assert mkdocs("build", cwd=project).returncode == 0
    finally:
        os.umask(earlier)
    assert (project / "out" / "public" / "site").stat().st_mode & 0o777 == mode
    assert _names(project / "out" / "public") == {"site"}


def test_site_folder_may_be_a_link(tmp_path: Path) -> None:
    """A link to a folder elsewhere stays a link, and the site is replaced where it leads."""
    project = _lay_out(tmp_path / "project")
    (project / "site").rename(tmp_path / "elsewhere")
    (project / "site").symlink_to(tmp_path / "elsewhere")
    assert mkdocs("build", cwd=project).returncode == 0
    assert (project / "site").is_symlink()
    assert (tmp_path / "elsewhere" / "privacy" / "index.html").is_file()
    assert _names(tmp_path) == {"project", "elsewhere"}


WAITING = """
import pathlib, time

def on_post_build(config):
    beside = pathlib.Path(config.config_file_path).parent.parent
    (beside / "waiting").touch()
    until = time.monotonic() + 60
    while not (beside / "go").exists() and time.monotonic() < until:
        time.sleep(0.02)
"""


def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    """A build that begins and ends while another one runs does not throw away what that one has made so far."""
    project = _lay_out(tmp_path / "project", hook=WAITING)
    (project / "quick.yml").write_text(configuration("none", ("nb",)), encoding="utf-8")
    before = _names(project)
    slow = subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project)
    deadline = time.monotonic() + 60
    while not (tmp_path / "waiting").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    quick = mkdocs("build", "-f", "quick.yml", cwd=project)
    of_the_quick = set(snapshot(project / "site"))
    (tmp_path / "go").touch()
    assert (quick.returncode, slow.wait(timeout=60)) == (0, 0)
    assert set(snapshot(project / "site")) == of_the_quick
    assert "privacy/index.html" in of_the_quick
    assert _names(project) == before


def test_site_that_another_build_puts_there_meanwhile_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that appears between taking the earlier one away and putting the new one there gives way, too."""
    project = _lay_out(tmp_path / "project")
    config = load_config(str(project / "mkdocs.yml"))
    staged = staging.Staging()
    staged.command = "build"
    staged.begin(config)
    (Path(config.site_dir) / "index.html").touch()
    move = staging._move_unless_taken

    def meanwhile(folder: Path, target: Path) -> None:
        monkeypatch.setattr(staging, "_move_unless_taken", move)
        target.mkdir()
        (target / "index.html").write_text("of another build")
        move(folder, target)

    monkeypatch.setattr(staging, "_move_unless_taken", meanwhile)
    staged.complete = True
    staged.end()
    dotfiles = {name: text for name, text in EARLIER.items() if name.startswith(".")}
    assert staging._move_unless_taken is move  # the other build was there
    assert snapshot(project / "site") == {"index.html": b"", **dotfiles}
    assert not [name for name in _names(project) if "klartekst" in name]


def test_deploying_publishes_the_site_that_was_built(tmp_path: Path) -> None:
    """`mkdocs gh-deploy` reads the folder of the site after the build: it is the real one again by then."""
    project = _lay_out(tmp_path / "project", configuration("none", ("nb",)))
    identity = ["-c", "user.name=Lindeby", "-c", "user.email=post@lindeby.example", "-c", "init.defaultBranch=main"]

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *identity, *arguments], cwd=project, capture_output=True, text=True, check=True)
        return done.stdout

    shutil.rmtree(project / "site")
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote"], check=True)
    git("init", "-q")
    git("remote", "add", "origin", str(tmp_path / "remote"))
    git("add", "data", "mkdocs.yml")
    git("commit", "-q", "-m", "Facts")
    author = {"GIT_AUTHOR_NAME": "Lindeby", "GIT_AUTHOR_EMAIL": "post@lindeby.example"}
    committer = {"GIT_COMMITTER_NAME": "Lindeby", "GIT_COMMITTER_EMAIL": "post@lindeby.example"}
    result = mkdocs("gh-deploy", cwd=project, **author, **committer)
    assert result.returncode == 0, result.stderr
    published = git("ls-tree", "-r", "--name-only", "gh-pages").split()
    assert {"index.html", "privacy/index.html", "search/search_index.json"} <= set(published)
    assert set(published) - {".nojekyll"} == set(snapshot(project / "site"))
