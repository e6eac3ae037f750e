"""Whether a disk is encrypted, over made-up machines: what the kernel, FileVault and BitLocker tell of theirs."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.disks import answer_of, encrypted

PLAIN = "36 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw\n"


def nobody(command: Sequence[str]) -> str:
    raise AssertionError(command)


def device(root: Path, name: str, number: str, *, uuid: str = "", mapped: str = "", slaves: Sequence[str] = ()) -> None:
    """A block device as /sys shows it; its slaves were made before."""
    real = root / "sys/devices/virtual/block" / name
    (real / "slaves").mkdir(parents=True)
    if uuid:
        (real / "dm").mkdir()
        (real / "dm/uuid").write_text(f"{uuid}\n")
        (real / "dm/name").write_text(f"{mapped}\n")
    for slave in slaves:
        (real / "slaves" / slave).symlink_to(root / "sys/devices/virtual/block" / slave)
    for at in (root / "sys/dev/block" / number, root / "sys/class/block" / name):
        at.parent.mkdir(parents=True, exist_ok=True)
        at.symlink_to(real)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "proc/self").mkdir(parents=True)
    device(tmp_path, "nvme0n1p2", "259:2")
    return tmp_path


def mounted(root: Path, *lines: str) -> None:
    (root / "proc/self/mountinfo").write_text(PLAIN + "".join(f"{line}\n" for line in lines))


def on_linux(root: Path, path: str = "/home/ana/analyzer") -> bool | None:
    return encrypted(Path(path), system="linux", root=root, ask=nobody)


def test_a_plain_disk_is_not(root: Path) -> None:
    mounted(root)
    assert on_linux(root) is False


def test_a_disk_under_luks_is(root: Path) -> None:
    device(root, "dm-0", "253:0", uuid="CRYPT-LUKS2-0123-home", mapped="home", slaves=["nvme0n1p2"])
    mounted(root, "40 36 253:0 / /home rw - ext4 /dev/mapper/home rw")
    assert on_linux(root) is True
    assert on_linux(root, "/srv/x") is False


def test_a_volume_of_lvm_is_where_all_below_it_is(root: Path) -> None:
    device(root, "dm-0", "253:0", uuid="CRYPT-LUKS1-0123-pv", mapped="pv", slaves=["nvme0n1p2"])
    device(root, "dm-1", "253:1", uuid="LVM-abc", mapped="vg-home", slaves=["dm-0"])
    device(root, "dm-2", "253:2", uuid="LVM-def", mapped="vg-mixed", slaves=["dm-0", "nvme0n1p2"])
    mounted(root, "40 36 253:1 / /home rw - xfs /dev/mapper/vg-home rw", "41 36 253:2 / /srv rw - xfs /dev/mapper/vg-mixed rw")
    assert on_linux(root) is True
    assert on_linux(root, "/srv/x") is False


def test_btrfs_on_luks_is_found_by_its_name(root: Path) -> None:
    device(root, "dm-3", "253:3", uuid="CRYPT-LUKS2-9-luks-9", mapped="luks-9", slaves=["nvme0n1p2"])
    mounted(root, "40 36 0:31 /@home /home rw - btrfs /dev/mapper/luks-9 rw,subvol=/@home")
    assert on_linux(root) is True


def test_the_deepest_and_last_mount_counts_and_names_may_have_spaces(root: Path) -> None:
    mounted(
        root,
        r"40 36 0:50 / /home/ana/my\040vault rw - fuse.gocryptfs /home/ana/.vault rw",
        "41 36 259:2 / /mnt rw - ext4 /dev/nvme0n1p2 rw",
        "42 36 0:51 / /mnt rw - fuse.gocryptfs /x rw",
    )
    assert on_linux(root, "/home/ana/my vault/analyzer") is True
    assert on_linux(root, "/home/ana/my") is False
    assert on_linux(root, "/mnt/analyzer") is True


def test_a_volume_of_veracrypt_is_known_by_its_name(root: Path) -> None:
    device(root, "dm-4", "253:4", uuid="\n", mapped="veracrypt1", slaves=["nvme0n1p2"])
    mounted(root, "40 36 253:4 / /media/veracrypt1 rw - ext4 /dev/mapper/veracrypt1 rw")
    assert on_linux(root, "/media/veracrypt1/analyzer") is True


def test_of_a_disk_that_windows_keeps_nothing_is_told(root: Path) -> None:
    (root / "proc/sys/kernel").mkdir(parents=True)
    (root / "proc/sys/kernel/osrelease").write_text("5.15.167.4-microsoft-standard-WSL2\n")
    mounted(root)
    assert on_linux(root) is None


@pytest.mark.parametrize("told", ["overlay overlay", "nfs4 server:/home", "tmpfs tmpfs", "ext4 /dev/gone", "9p"])
def test_what_is_no_disk_of_this_machine_cannot_be_told(root: Path, told: str) -> None:
    mounted(root, f"40 36 0:60 / /home rw - {told} rw")
    assert on_linux(root) is None


def test_a_line_that_cannot_be_read_is_passed_over(root: Path) -> None:
    mounted(root, "x", "", "40 36 0:60")
    assert on_linux(root) is False


def test_nothing_is_told_without_a_kernel_that_tells(tmp_path: Path) -> None:
    assert encrypted(Path("/home"), system="linux", root=tmp_path, ask=nobody) is None
    assert encrypted(Path("/home"), system="sunos5", root=tmp_path, ask=nobody) is None


@pytest.mark.parametrize(("told", "known"), [("off\n", False), ("aes-256-gcm\n", True), ("", None)])
def test_zfs_is_asked(root: Path, told: str, known: bool | None) -> None:
    mounted(root, "40 36 0:70 / /home rw - zfs tank/home rw")
    asked: list[Sequence[str]] = []

    def zfs(command: Sequence[str]) -> str:
        asked.append(command)
        return told

    assert encrypted(Path("/home/ana"), system="linux", root=root, ask=zfs) is known
    assert asked == [["zfs", "get", "-H", "-o", "value", "encryption", "tank/home"]]


@pytest.mark.parametrize(
    ("told", "known"),
    [("FileVault is On.\n", True), ("FileVault is Off.\n", False), ("FileVault is On.\nEncryption ...", True), ("", None)],
)
def test_filevault_is_asked(told: str, known: bool | None) -> None:
    assert encrypted(Path("/Users/ana"), system="darwin", ask=lambda _: told) is known
    assert encrypted(Path("/Volumes/stick/x"), system="darwin", ask=nobody) is None


@pytest.mark.parametrize(("told", "known"), [("1\r\n", True), ("2\r\n", False), ("5\r\n", False), ("", None), ("0", None)])
def test_bitlocker_is_asked_for_the_drive(told: str, known: bool | None) -> None:
    asked: list[str] = []

    def shell(command: Sequence[str]) -> str:
        asked.append(command[-1])
        return told

    assert encrypted(Path(r"C:\Users\ana"), system="win32", ask=shell) is known
    assert "NameSpace('C:')" in asked[0]
    assert encrypted(Path(r"\\server\share\x"), system="win32", ask=nobody) is None


def test_a_command_that_is_not_there_or_fails_says_nothing() -> None:
    assert answer_of(["no-such-command-here"]) == ""
    assert answer_of(["false"]) == ""
    assert answer_of(["echo", "On"]) == "On\n"
