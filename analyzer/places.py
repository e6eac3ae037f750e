"""What else happens to files in a place: which service carries them to other machines.

Nothing here asks a network, and nothing is certain: a service is known by the folders that it makes, by its own list of them, or
by what it leaves in them. `Machine` is whose place it is, so that a made-up one can be handed in.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

LINUX, MAC, WINDOWS = "linux", "darwin", "win32"
ICLOUD, ONEDRIVE, DROPBOX, GOOGLE, BOX = "iCloud Drive", "OneDrive", "Dropbox", "Google Drive", "Box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`system` is Python's name of it, `home` the user's own folder, `variables` what of the environment names folders.

    `registered` are folders that the system itself knows a service to keep, as `registered_folders` tells them.
    """

    system: str
    home: Path
    variables: Mapping[str, str]
    registered: tuple[tuple[Path, str], ...] = ()


def synced(path: Path, machine: Machine) -> str | None:
    """The service that copies what lies at this place to other machines, as it is called; None where none is known of.

    The place need not be there yet. Links are followed, and the place as it is written counts as well.
    """
    written = Path(os.path.abspath(path))  # noqa: PTH100 `resolve` would follow the links
    real = Path(os.path.realpath(path))
    for place in dict.fromkeys((written, real)):
        if found := by_shape(place, machine) or _by_account(place, machine) or _by_what_lies_there(place):
            return found
    return None


def by_shape(path: PurePath, machine: Machine) -> str | None:
    """The service whose folders look like this, by the path alone."""
    parts = [part.casefold() for part in path.parts]
    for number, part in enumerate(parts):
        above = parts[:number]
        if above[-2:] == ["library", "mobile documents"] or part in {"com~apple~clouddocs", "iclouddrive"}:
            return ICLOUD
        if above[-2:] == ["library", "cloudstorage"]:
            return _called(part.partition("-")[0]) or path.parts[number].partition("-")[0]
        if service := _called(part, _ANYWHERE):
            return service
        if part.startswith(("google-drive:", "onedrive:")):  # as GNOME shows an account
            return GOOGLE if part.startswith("google") else ONEDRIVE
        if _is_top(above, machine) and (service := _called(part)) and (service, machine.system) != (BOX, LINUX):
            return service
    return None


def _is_top(above: list[str], machine: Machine) -> bool:
    """Whether a folder in this one is where a service would put its own: the user's folder, or the top of a disk."""
    home = [part.casefold() for part in machine.home.parts]
    return above == home or above[-2:-1] in (["users"], ["home"], ["volumes"]) or (len(above) == 1 and above != ["/"])


def _called(name: str, folders: tuple[tuple[str, str], ...] | None = None) -> str | None:
    for pattern, service in folders or _FOLDERS:
        if re.fullmatch(pattern, name):
            return service
    return None


_ANYWHERE = (  # wherever a service was told to put it
    (r"onedrive - .+", ONEDRIVE),
    (r"(my drive|meine ablage|mon drive|mi unidad|il mio drive|mijn drive|o meu drive|meu drive)( \(.+\))?", GOOGLE),
    (r"shared drives|geteilte ablagen|drive partagés|unidades compartidas|drive condivisi|gedeelde drives", GOOGLE),
)
_FOLDERS = (
    (r"onedrive(-.+)?", ONEDRIVE),
    (r"(.+ )?dropbox( \(.+\))?", DROPBOX),  # that of a firm begins with its name
    (r"googledrive|google drive( streaming)?", GOOGLE),
    (r"icloud ?drive", ICLOUD),
    (r"box|box sync", BOX),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud", "ownCloud"),
    (r"mega|megasync( downloads)?", "MEGA"),
    (r"pclouddrive|pcloud drive|pcloud sync", "pCloud"),
    (r"proton ?drive", "Proton Drive"),
    (r"synologydrive", "Synology Drive"),
    (r"yandex\.disk", "Yandex Disk"),
    (r"seafile|tresorit", "a syncing service"),
)


def _by_account(path: Path, machine: Machine) -> str | None:
    """The service that has this folder in its own list of accounts, or in the environment."""
    for folder, service in _told(machine):
        if _is_in(path, folder, machine) or _is_in(path, Path(os.path.realpath(folder)), machine):
            return service
    if machine.system == MAC and _is_in_icloud(path, machine):
        return ICLOUD
    return None


def _is_in(path: Path, folder: Path, machine: Machine) -> bool:
    """Whether the place is the folder or lies in it; the letters' case and shape count only where they tell files apart."""
    above = [one if machine.system == LINUX else unicodedata.normalize("NFC", one).casefold() for one in folder.parts]
    parts = [one if machine.system == LINUX else unicodedata.normalize("NFC", one).casefold() for one in path.parts]
    return parts[: len(above)] == above


def registered_folders() -> tuple[tuple[Path, str], ...]:
    """The folders that services keep by Windows' own list, team sites of OneDrive among them; none on other systems."""
    found: list[tuple[Path, str]] = []
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _SYNC_ROOTS) as roots:
            for number in range(winreg.QueryInfoKey(roots)[0]):
                name = winreg.EnumKey(roots, number)
                with suppress(OSError), winreg.OpenKey(roots, rf"{name}\UserSyncRoots") as of_users:
                    values = [winreg.EnumValue(of_users, one)[1] for one in range(winreg.QueryInfoKey(of_users)[1])]
                    service = name.partition("!")[0]
                    found += [(Path(value), _called(service.casefold()) or service) for value in values if value]
    return tuple(found)


_SYNC_ROOTS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"


def _told(machine: Machine) -> Iterator[tuple[Path, str]]:
    yield from machine.registered
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if written := machine.variables.get(name):
            yield Path(written), ONEDRIVE
    places = [machine.home / ".dropbox"]
    places += [Path(machine.variables[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if machine.variables.get(name)]
    for place in places:
        accounts = _json(place / "info.json")
        for account in accounts.values() if isinstance(accounts, dict) else ():
            if isinstance(account, dict) and isinstance(folder := account.get("path"), str) and folder:
                yield Path(folder), DROPBOX


def _is_in_icloud(path: Path, machine: Machine) -> bool:
    """Whether iCloud keeps the desktop and the documents, and the place lies in one of them: they show in its folder then."""
    cloud = machine.home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    kept = (name for name in ("Desktop", "Documents") if os.path.lexists(cloud / name))
    return any(_is_in(path, machine.home / name, machine) for name in kept)


def _by_what_lies_there(path: Path) -> str | None:
    """The service that has left something of its own in the folder or in one above it."""
    for folder in (path, *path.parents):
        for name, service in _LEFT:
            look = os.path.isdir if name in _LEFT_FOLDERS else os.path.isfile  # which say no of what may not be looked at
            if look(folder / name):
                return service
        if os.path.isdir(folder / ".obsidian") and (by := _obsidian(folder / ".obsidian")):  # noqa: PTH112
            return by
    return None


_LEFT_FOLDERS = (".stfolder", ".tmp.driveupload", ".tmp.drivedownload")
_LEFT = (
    (".dropbox", DROPBOX),  # a file; the folder of this name in one's own keeps the program's settings
    (".stfolder", "Syncthing"),
    (".tmp.driveupload", GOOGLE),
    (".tmp.drivedownload", GOOGLE),
    (".sync/ID", "Resilio Sync"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
)
_OBSIDIAN_PLUGINS = {"obsidian-git": "Git", "obsidian-livesync": "LiveSync", "remotely-save": "Remotely Save"}


def _obsidian(settings: Path) -> str | None:
    core = _json(settings / "core-plugins.json")  # a list of those that are on, or which is on
    if core.get("sync") is True if isinstance(core, dict) else isinstance(core, list) and "sync" in core:
        return "Obsidian Sync"
    others = _json(settings / "community-plugins.json")
    for name, called in _OBSIDIAN_PLUGINS.items():
        if isinstance(others, list) and name in others:
            return f"Obsidian with {called}"
    return None


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    return found
