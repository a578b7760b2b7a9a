"""Make the environment that everything else runs in, then run a script in it:
`python3 scripts/setup.py run|test SCRIPT [ARGUMENTS]`.

Runs on the machine's own Python, so it uses the standard library alone and no syntax newer than Python 3.6: an old
Python must get as far as the sentence that says so. Writes `.uv` (the installer) and `.venv` (the environment) in the
checkout, and whatever pip and uv keep in their caches. What has not changed since the last time is not done again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST_PYTHON = (3, 11)
UV_VERSION = "0.9"

# Where systems keep the certificates that they trust: Debian and Ubuntu; Red Hat and Fedora.
TRUSTED = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")

# What each purpose installs. A smaller set never takes away what a larger one has installed.
GROUPS = {
    "run": ["--no-default-groups", "--group", "assets", "--inexact"],
    "test": [],
}


def main():
    purpose = sys.argv[1] if len(sys.argv) > 1 else ""
    if purpose not in GROUPS:
        stop("Say what for: python3 scripts/setup.py run, or python3 scripts/setup.py test.")
    os.chdir(CHECKOUT)
    keep_caches_somewhere()
    trust_what_the_machine_trusts()
    # Where Python may not keep what it has compiled, each of a hundred processes compiles the whole checkout anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    make_environment(purpose)
    if sys.argv[2:]:
        sys.stdout.flush()
        python = os.path.join(".venv", "bin", "python")
        os.execv(python, [python, *sys.argv[2:]])


def keep_caches_somewhere():
    """Package caches stand in the home folder; an account without one keeps them in the checkout."""
    home = os.path.expanduser("~")
    if not os.access(home, os.W_OK):
        caches = os.path.join(CHECKOUT, ".cache")
        os.makedirs(caches, exist_ok=True)
        os.environ["HOME"] = caches
        os.environ.pop("XDG_CACHE_HOME", None)


def trust_what_the_machine_trusts():
    """Many councils' networks look into encrypted traffic with a certificate of their own, which the machine was told
    to trust; uv and Node bring their own lists, and would refuse every download."""
    known = [place for place in (os.environ.get("SSL_CERT_FILE", ""), *TRUSTED) if os.path.exists(place)]
    if known:
        os.environ.setdefault("UV_NATIVE_TLS", "1")  # Newer versions call it UV_SYSTEM_CERTS.
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", known[0])


def make_environment(purpose):
    if sys.version_info[:2] < OLDEST_PYTHON:
        stop(
            f"Sightline needs Python 3.11 or later; {sys.executable} is {sys.version_info[0]}.{sys.version_info[1]}."
            f" Install a newer one and name it: make {purpose} PYTHON=python3.11"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("This Python cannot make virtual environments. On Debian or Ubuntu, as root: apt-get install python3-venv")
    wanted = digest("pyproject.toml", "uv.lock", "scripts/setup.py")
    # What was installed for the tests serves `make run` as well.
    if any(stamp(name) == wanted for name in ({"run", "test"} if purpose == "run" else {"test"})) and works(".venv"):
        return
    if not works(".uv", "uv"):
        step("Installing uv, the package installer", make_installer)
    if os.path.exists(".venv") and not works(".venv"):
        # The checkout was moved or copied, or the Python it was made with is gone.
        shutil.rmtree(".venv")
    step(
        "Installing Sightline's packages" + (" and the tools for checking it" if purpose == "test" else ""),
        lambda: run(
            [
                ".uv/bin/uv",
                "sync",
                "--frozen",
                "--compile-bytecode",
                "--python",
                sys.executable,
                "--no-python-downloads",
            ]
            + GROUPS[purpose],
            environment={"UV_PROJECT_ENVIRONMENT": ".venv"},
        ),
    )
    write_stamp(purpose, wanted)


def make_installer():
    run([sys.executable, "-m", "venv", "--clear", ".uv"])
    run([".uv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=" + UV_VERSION])


def works(folder, program="python"):
    """Whether an environment is there and its Python too: a checkout may have been moved or copied."""
    try:
        return subprocess.call(
            [os.path.join(folder, "bin", program), "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) == 0 and stamp_place_matches(folder)
    except OSError:
        return False


def stamp_place_matches(folder):
    """Whether an environment was made where it now stands: its programs name their Python by its full path."""
    try:
        with open(os.path.join(folder, "bin", "activate")) as script:
            return os.path.join(CHECKOUT, folder) in script.read()
    except OSError:
        return False


def digest(*names):
    """What stands in some files, and with which Python."""
    seen = hashlib.sha256(sys.version.encode())
    for name in names:
        with open(name, "rb") as file:
            seen.update(file.read())
    return seen.hexdigest()


def stamp(purpose):
    try:
        with open(os.path.join(".venv", ".installed-for-" + purpose)) as file:
            return file.read()
    except OSError:
        return ""


def write_stamp(purpose, value):
    with open(os.path.join(".venv", ".installed-for-" + purpose), "w") as file:
        file.write(value)


def step(says, act):
    print(says + " …", flush=True)
    began = time.perf_counter()
    act()
    print(f"  done in {time.perf_counter() - began:.0f} s", flush=True)


def run(command, environment=None):
    # No answer can be given, so no question may be asked.
    result = subprocess.call(command, stdin=subprocess.DEVNULL, env=dict(os.environ, **(environment or {})))
    if result != 0:
        stop(f"{' '.join(command)} failed with exit code {result}; what it said stands above.")


def stop(message):
    sys.stderr.write("Error: " + message + "\n")
    sys.exit(2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("Stopped. Run the same command again to go on from here.")
