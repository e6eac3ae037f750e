"""Whether the disk under a place is encrypted, as far as the system tells without being asked for a password.

Linux: the device of the mount, down through LVM and RAID to dm-crypt, and file systems that encrypt by themselves. macOS:
FileVault. Windows: BitLocker and device encryption. What a drive does within itself, or a host below a virtual machine, cannot be
seen from here; of Linux within Windows it is known that the disk is a file of Windows, so that nothing is told of it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PureWindowsPath

Answer = Callable[[Sequence[str]], str]

_ENCRYPTING = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"})
_BITLOCKER = {"1": True, "2": False, "3": True, "4": False, "5": False, "6": True}  # on, off, going on, going off, paused, locked
_PATIENCE = 10  # seconds for a command of the system
_ENCRYPTED_FLAG = 0x800  # FS_ENCRYPT_FL of linux/fs.h
_GET_FLAGS = 0x80086601  # FS_IOC_GETFLAGS on 64 bits


def answer_of(command: Sequence[str]) -> str:
    """What a command of the system prints; empty where it is not there, fails, or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")


def encrypted(path: Path, *, system: str = sys.platform, root: Path = Path("/"), ask: Answer = answer_of) -> bool | None:
    """Whether what lies at this place is encrypted on the disk; None where it cannot be told.

    `root` is where `proc` and `sys` are looked for, `ask` runs a command of the system.
    """
    if system.startswith("linux"):
        return _flagged(path) or _on_linux(Path(os.path.realpath(path)), root, ask)
    if system == "darwin":
        return _on_mac(path, ask)
    if system == "win32":
        return _on_windows(path, ask)
    return None


def _on_mac(path: Path, ask: Answer) -> bool | None:
    if Path(os.path.realpath(path)).parts[1:2] == ("Volumes",):  # FileVault is about the disk of the system
        return None
    told = ask(["/usr/bin/fdesetup", "status"])
    return "FileVault is On" in told if "FileVault is " in told else None


def _on_windows(path: Path, ask: Answer) -> bool | None:
    """As the Explorer knows it: unlike `manage-bde`, it may be asked by everybody."""
    drive = PureWindowsPath(path).drive
    if not re.fullmatch(r"[A-Za-z]:", drive):
        return None
    shell = f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
    look = f"{shell}.ExtendedProperty('System.Volume.BitLockerProtection')"
    return _BITLOCKER.get(ask(["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", look]).strip())


def _flagged(path: Path) -> bool:
    """Whether the folder itself is encrypted by its file system (fscrypt)."""
    place = next(place for place in (path, *path.absolute().parents) if os.path.exists(place))  # noqa: PTH110 which says no of what may not be looked at
    with suppress(OSError, ImportError):
        import fcntl

        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        try:
            flags = int.from_bytes(fcntl.ioctl(descriptor, _GET_FLAGS, bytes(8)), sys.byteorder)
        finally:
            os.close(descriptor)
        return bool(flags & _ENCRYPTED_FLAG)
    return False


def _on_linux(path: Path, root: Path, ask: Answer) -> bool | None:
    mount = _mount(path, root)
    if mount is None:
        return None
    number, kind, source = mount
    if kind in _ENCRYPTING:
        return True
    if kind == "zfs":
        told = ask(["zfs", "get", "-H", "-o", "value", "encryption", source]).strip()
        return told != "off" if told else None
    device = root / "sys/dev/block" / number
    if not device.exists():  # btrfs has a number of its own
        device = root / "sys/class/block" / _kernel_name(source, root)
    if not source.startswith("/dev/") or not device.exists():
        return None
    return _is_crypt(device) or (None if _within_windows(root) else False)


def _within_windows(root: Path) -> bool:
    """Whether Windows runs this Linux, and keeps its disk."""
    with suppress(OSError):
        return "microsoft" in (root / "proc/sys/kernel/osrelease").read_text(encoding="utf-8").lower()
    return False


def _mount(path: Path, root: Path) -> tuple[str, str, str] | None:
    """The device number, file system and source of the mount that holds a place, the last one where several lie on it."""
    best: tuple[int, tuple[str, str, str]] | None = None
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, (kind, source) = before.split(), [*after.split(), "", ""][:2]
        if len(fields) < 5:  # noqa: PLR2004 number, parent, device, root, place
            continue
        place = Path(_unescaped(fields[4]))
        if path.is_relative_to(place) and (best is None or len(place.parts) >= best[0]):
            best = len(place.parts), (fields[2], kind, _unescaped(source))
    return best[1] if best else None


def _unescaped(text: str) -> str:
    """A path as the kernel writes it there, where a space is a backslash and its number."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _kernel_name(source: str, root: Path) -> str:
    """`dm-0` of `/dev/mapper/home`."""
    if source.startswith("/dev/mapper/"):
        for name in (root / "sys/class/block").glob("*/dm/name"):
            with suppress(OSError):
                if name.read_text(encoding="utf-8").strip() == source.removeprefix("/dev/mapper/"):
                    return name.parent.parent.name
    return Path(source).name


def _is_crypt(device: Path) -> bool:
    """Whether the device, or everything that it is made of, is kept by dm-crypt."""
    with suppress(OSError):
        if (device / "dm/uuid").read_text(encoding="utf-8").startswith("CRYPT-"):
            return True
        if re.fullmatch(r"veracrypt\d+", (device / "dm/name").read_text(encoding="utf-8").strip()):  # which gives no number
            return True
    below = [Path(os.path.realpath(one)) for one in sorted((device / "slaves").glob("*"))]
    return bool(below) and all(_is_crypt(one) for one in below)
