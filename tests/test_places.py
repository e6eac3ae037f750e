"""Which service carries what lies in a place to other machines: by its look, by the service's own list, by what it leaves."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from analyzer.places import LINUX, MAC, WINDOWS, Machine, by_shape, registered_folders, synced


def machine(home: Path, system: str = LINUX, **variables: str) -> Machine:
    return Machine(system=system, home=home, variables=variables)


@pytest.fixture
def me(tmp_path: Path) -> Path:
    """A user's own folder, on nobody's disk."""
    (tmp_path / "me").mkdir()
    return tmp_path / "me"


WIN, APPLE, UNIX = PureWindowsPath, PurePosixPath, PurePosixPath
SHAPES = [
    (WIN(r"C:\Users\Jörg\OneDrive\Dokumente\b.docx"), WINDOWS, "OneDrive"),
    (WIN(r"C:\Users\ana\OneDrive - Raman Studio\b.docx"), WINDOWS, "OneDrive"),
    (WIN(r"D:\work\onedrive - raman studio\clients"), WINDOWS, "OneDrive"),
    (WIN(r"C:\Users\ana\iCloudDrive\b.docx"), WINDOWS, "iCloud Drive"),
    (WIN(r"C:\Users\ana\Dropbox (Personal)\b.docx"), WINDOWS, "Dropbox"),
    (WIN(r"G:\My Drive\b.docx"), WINDOWS, "Google Drive"),
    (WIN(r"G:\Meine Ablage\b.docx"), WINDOWS, "Google Drive"),
    (WIN(r"C:\Users\ana\Box\b.docx"), WINDOWS, "Box"),
    (WIN(r"C:\Users\ana\Nextcloud\b.docx"), WINDOWS, "Nextcloud"),
    (APPLE("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/b.docx"), MAC, "iCloud Drive"),
    (APPLE("/Users/ana/Library/Mobile Documents/iCloud~md~obsidian/Documents/vault/b.md"), MAC, "iCloud Drive"),
    (APPLE("/Users/ana/Library/CloudStorage/GoogleDrive-ana@x.example/My Drive/b.docx"), MAC, "Google Drive"),
    (APPLE("/Users/ana/Library/CloudStorage/OneDrive-RamanStudio/b.docx"), MAC, "OneDrive"),
    (APPLE("/Users/ana/Library/CloudStorage/Dropbox/b.docx"), MAC, "Dropbox"),
    (APPLE("/Users/ana/Library/CloudStorage/Unheard-of/b.docx"), MAC, "Unheard"),
    (APPLE("/Users/ana/dropbox/b.docx"), MAC, "Dropbox"),
    (WIN(r"C:\Users\ana\My Drive (ana@x.example)\b.docx"), WINDOWS, "Google Drive"),
    (WIN(r"D:\work\Google Drive Streaming\Geteilte Ablagen\b.docx"), WINDOWS, "Google Drive"),
    (WIN(r"C:\Users\ana\Raman Studio Dropbox\Ana Ortiz\b.docx"), WINDOWS, "Dropbox"),
    (APPLE("/Users/ana/OneDrive-RamanStudio/b.docx"), MAC, "OneDrive"),
    (APPLE("/Volumes/GoogleDrive/My Drive/b.docx"), MAC, "Google Drive"),
    (UNIX("/home/ana/OneDrive/b.docx"), LINUX, "OneDrive"),
    (UNIX("/home/ana/Proton Drive/b.docx"), LINUX, "Proton Drive"),
    (UNIX("/run/user/1000/gvfs/google-drive:host=gmail.com,user=ana/x"), LINUX, "Google Drive"),
    (UNIX("/mnt/c/Users/ana/OneDrive/b.docx"), LINUX, "OneDrive"),
]


@pytest.mark.parametrize(("path", "system", "service"), SHAPES, ids=lambda value: str(value).replace("\\", "/"))
def test_a_service_is_known_by_the_look_of_its_folder(path: PurePath, system: str, service: str) -> None:
    assert by_shape(path, machine(Path("/home/ana"), system)) == service


@pytest.mark.parametrize(
    "path",
    [
        UNIX("/home/ana/documents/b.docx"),
        UNIX("/home/ana/code/dropbox/api.py"),
        UNIX("/home/ana/code/onedrive-python/b.docx"),
        UNIX("/home/ana/clients/Dropbox/b.docx"),
        UNIX("/home/ana/box/b.docx"),  # it has no client on Linux
        UNIX("/mega/b.docx"),
        UNIX("/home/ana/clients/OneDriven/b.docx"),
        UNIX("/home/ana/dropbox.docx"),
        WIN(r"C:\Users\ana\Documents\Google Drive tips.docx"),
    ],
    ids=str,
)
def test_a_folder_that_merely_sounds_like_one_is_none(path: PurePath) -> None:
    assert by_shape(path, machine(Path("/home/ana"))) is None


def test_dropbox_is_known_by_its_list_of_accounts_wherever_it_lies(me: Path, tmp_path: Path) -> None:
    (me / ".dropbox").mkdir()
    accounts = {"personal": {"path": str(tmp_path / "disk" / "Ablage")}, "business": {"path": str(tmp_path / "firm")}}
    (me / ".dropbox" / "info.json").write_text(json.dumps(accounts), encoding="utf-8")
    assert synced(tmp_path / "disk" / "Ablage" / "new" / "b.docx", machine(me)) == "Dropbox"
    assert synced(tmp_path / "firm", machine(me)) == "Dropbox"
    assert synced(tmp_path / "firmer" / "b.docx", machine(me)) is None
    assert synced(me / "b.docx", machine(me)) is None  # where its program keeps its settings is no synced folder


def test_dropbox_is_known_by_its_list_on_windows(me: Path, tmp_path: Path) -> None:
    (tmp_path / "roaming" / "Dropbox").mkdir(parents=True)
    told = json.dumps({"personal": {"path": str(tmp_path / "kept")}})
    (tmp_path / "roaming" / "Dropbox" / "info.json").write_text(told, encoding="utf-8")
    there = machine(me, WINDOWS, APPDATA=str(tmp_path / "roaming"))
    assert synced(tmp_path / "kept" / "b.docx", there) == "Dropbox"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"personal": 3}', '{"personal": {"path": 3}}', '{"personal": {"path": ""}}'])
def test_a_list_that_cannot_be_read_says_nothing(me: Path, text: str) -> None:
    (me / ".dropbox").mkdir()
    (me / ".dropbox" / "info.json").write_text(text, encoding="utf-8")
    assert synced(me / "b.docx", machine(me)) is None


def test_onedrive_is_known_by_what_it_names_in_the_environment(me: Path, tmp_path: Path) -> None:
    there = machine(me, WINDOWS, OneDriveCommercial=str(tmp_path / "moved"))
    assert synced(tmp_path / "moved" / "b.docx", there) == "OneDrive"
    assert synced(tmp_path / "elsewhere" / "b.docx", there) is None


def test_icloud_may_keep_the_desktop_and_the_documents(me: Path) -> None:
    cloud = me / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    cloud.mkdir(parents=True)
    (me / "Documents").mkdir()
    assert synced(me / "Documents" / "b.docx", machine(me, MAC)) is None
    (cloud / "Documents").symlink_to(me / "Documents")
    assert synced(me / "Documents" / "b.docx", machine(me, MAC)) == "iCloud Drive"
    assert synced(me / "Desktop" / "b.docx", machine(me, MAC)) is None


def test_letters_tell_places_apart_only_where_they_tell_files_apart(me: Path, tmp_path: Path) -> None:
    cloud = me / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    (cloud / "Documents").mkdir(parents=True)
    assert synced(me / "documents" / "b.docx", machine(me, MAC)) == "iCloud Drive"
    moved, as_typed = str(tmp_path / "B\u00fcro"), tmp_path / "bu\u0308ro" / "b.docx"
    assert synced(as_typed, machine(me, WINDOWS, OneDrive=moved)) == "OneDrive"
    assert synced(as_typed, machine(me, LINUX, OneDrive=moved)) is None


class Keys:
    """A registry that two services have put folders into, as `winreg` reads it."""

    HKEY_LOCAL_MACHINE = ""

    def __init__(self, tree: dict[str, dict[str, str]]) -> None:
        self._tree = tree

    @contextmanager
    def OpenKey(self, _: str, name: str) -> Iterator[str]:  # noqa: N802
        if name.endswith("UserSyncRoots") and name.partition("\\")[0] not in self._tree:
            raise FileNotFoundError(name)
        yield name

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return len(self._tree) + 1, len(self._tree.get(key.partition("\\")[0], {})), 0

    def EnumKey(self, _: str, number: int) -> str:  # noqa: N802
        return [*self._tree, "Damaged!1"][number]

    def EnumValue(self, key: str, number: int) -> tuple[str, str, int]:  # noqa: N802
        return (*list(self._tree[key.partition("\\")[0]].items())[number], 1)


def test_a_folder_of_a_team_is_known_by_the_list_of_windows(me: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = tmp_path / "Raman Studio" / "Clients - Documents"
    tree = {"OneDrive!S-1-5-21!Business1|abc": {"S-1-5-21": str(team)}, "Acme Drive!S-1": {"S-1": str(tmp_path / "acme")}}
    monkeypatch.setitem(sys.modules, "winreg", Keys(tree))
    assert registered_folders() == ()
    with monkeypatch.context() as windows:
        windows.setattr("sys.platform", "win32")
        there = Machine(system=WINDOWS, home=me, variables={}, registered=registered_folders())
    assert synced(team / "b.docx", there) == "OneDrive"
    assert synced(tmp_path / "acme" / "b.docx", there) == "Acme Drive"
    assert synced(tmp_path / "b.docx", there) is None


@pytest.mark.parametrize(
    ("left", "service"),
    [
        (".tmp.driveupload/", "Google Drive"),
        (".stfolder/", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".sync/ID", "Resilio Sync"),
        (".nextcloudsync.log", "Nextcloud"),
    ],
)
def test_a_service_is_known_by_what_it_leaves_in_a_folder_above(me: Path, tmp_path: Path, left: str, service: str) -> None:
    root = tmp_path / "shared"
    (root / "clients" / "northgate").mkdir(parents=True)
    if left.endswith("/"):
        (root / left).mkdir()
    else:
        (root / left).parent.mkdir(exist_ok=True)
        (root / left).touch()
    assert synced(root / "clients" / "northgate" / "b.docx", machine(me)) == service
    assert synced(tmp_path / "b.docx", machine(me)) is None


@pytest.mark.parametrize(
    ("file", "plugins", "service"),
    [
        ("core-plugins.json", ["file-explorer", "sync"], "Obsidian Sync"),
        ("core-plugins.json", {"file-explorer": True, "sync": True}, "Obsidian Sync"),
        ("core-plugins.json", {"file-explorer": True, "sync": False}, None),
        ("core-plugins.json", ["file-explorer"], None),
        ("core-plugins.json", "sync", None),
        ("community-plugins.json", ["obsidian-git"], "Obsidian with Git"),
        ("community-plugins.json", ["calendar"], None),
    ],
)
def test_a_vault_of_obsidian_is_synced_where_its_plugin_is_on(
    me: Path, tmp_path: Path, file: str, plugins: object, service: str | None
) -> None:
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "vault" / ".obsidian" / file).write_text(json.dumps(plugins), encoding="utf-8")
    assert synced(tmp_path / "vault" / "clients" / "b.md", machine(me)) == service


def test_links_are_followed_both_into_and_out_of_a_synced_folder(me: Path, tmp_path: Path) -> None:
    (me / "Dropbox" / "work").mkdir(parents=True)
    (me / "work").symlink_to(me / "Dropbox" / "work")
    assert synced(me / "work" / "b.docx", machine(me)) == "Dropbox"
    (tmp_path / "disk").mkdir()
    (me / "OneDrive").symlink_to(tmp_path / "disk")
    assert synced(me / "OneDrive" / "b.docx", machine(me)) == "OneDrive"


def test_a_place_that_cannot_be_looked_at_is_none(me: Path) -> None:
    assert synced(me / ("n" * 300) / "b.docx", machine(me)) is None
    (me / "loop").symlink_to(me / "loop")
    assert synced(me / "loop" / "b.docx", machine(me)) is None


def test_a_path_with_dots_is_where_it_leads(me: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (me / "Dropbox").mkdir()
    (me / "plain").mkdir()
    monkeypatch.chdir(me / "plain")
    assert synced(Path("../Dropbox/b.docx"), machine(me)) == "Dropbox"
    assert synced(Path("../Dropbox/../plain/b.docx"), machine(me)) is None
