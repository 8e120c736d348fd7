"""Becomes the init of a small computer (`machine.py`): mounts its files, puts Radiary into it as if installed, calls systemd."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from live.machine import PROGRAM, PROJECT

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


def main(place: Path, init: str) -> None:
    root = place / "root"
    _mount("--make-rprivate", "/")
    _mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={place}/layer,workdir={place}/work", root)
    _mount("-t", "proc", "proc", root / "proc")
    _mount("-t", "sysfs", "sysfs", root / "sys")
    _mount("-t", "cgroup2", "cgroup2", root / "sys/fs/cgroup")
    _mount("-t", "tmpfs", "tmpfs", root / "run")
    _devices(root / "dev")
    _program(root, place)
    machine = root / "etc/machine-id"
    machine.write_text(machine.read_text() if machine.exists() and machine.stat().st_size else f"{os.urandom(16).hex()}\n")
    (root / "etc/hostname").write_text("radiary-live\n")
    _mount("-t", "tmpfs", "tmpfs", root / "tmp")
    os.chdir(root)
    Path(".old").mkdir(exist_ok=True)
    subprocess.run(["pivot_root", ".", ".old"], check=True)
    subprocess.run(["umount", "--lazy", "/.old"], check=True)
    surroundings = {"container": "radiary-live", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    os.execve(init, [init, "--system", "--unit=multi-user.target", "--log-target=console"], surroundings)


def _mount(*line: object) -> None:
    subprocess.run(["mount", *map(str, line)], check=True)


def _devices(folder: Path) -> None:
    _mount("-t", "tmpfs", "tmpfs", folder)
    for name in _DEVICES:
        subprocess.run(["cp", "-a", f"/dev/{name}", folder / name], check=True)
    (folder / "pts").mkdir()
    (folder / "shm").mkdir(mode=0o1777)
    _mount("-t", "devpts", "devpts", folder / "pts", "-o", "newinstance,ptmxmode=0666")
    (folder / "ptmx").symlink_to("pts/ptmx")


def _without_services(root: Path) -> None:
    """What this computer has beside systemd itself, a database say, is not to be started a second time on the same files."""
    for folder in [*(root / "etc/systemd/system").glob("*.wants"), *(root / "etc").glob("rc?.d")]:
        shutil.rmtree(folder)


def _program(root: Path, place: Path) -> None:
    """A virtual environment as pip would make it: the packages of this one, and Radiary as it is in this folder."""
    venv = root / PROGRAM.relative_to("/")
    packages = venv / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    if not packages.exists():
        _without_services(root)
        packages.mkdir(parents=True)
        (venv / "bin").mkdir()
        (venv / "bin/python").symlink_to(Path(sys.executable).resolve())
        (venv / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).resolve().parent}\n")
        script = venv / "bin/radiary"
        guarded = "if __name__ == '__main__':\n    sys.exit(main())\n"
        script.write_text(f"#!{PROGRAM}/bin/python\nimport sys\nfrom radiary.cli import main\n{guarded}")
        script.chmod(0o755)
    layers = f"lowerdir={sysconfig.get_path('purelib')},upperdir={place}/packages,workdir={place}/packages-work"
    _mount("-t", "overlay", "overlay", "-o", layers, packages)
    if not (packages / "radiary/cli.py").exists():
        subprocess.run(["cp", "-a", PROJECT / "service/radiary", packages / "radiary"], check=True)
    for above in Path(sys.executable).resolve().parents:  # a Python in root's home, which others may not enter
        inside = root / above.relative_to("/")
        inside.chmod(inside.stat().st_mode | 0o055)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
