"""Synchronised folders are known by their signs, on each system, and other folders are left in peace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riskreg.sync_folders import DROPBOX, GOOGLE, ICLOUD, ONEDRIVE, Account, elsewhere, synced


def an_account(home: Path, system: str = "linux", **environment: str) -> Account:
    home.mkdir(exist_ok=True)
    return Account(home, environment, system)


def made(folder: Path, *marks: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for mark in marks:
        (folder / mark).write_bytes(b"")
    return folder


def test_folder_when_windows_names_it_in_the_environment_then_it_is_onedrive(
    tmp_path: Path,
) -> None:
    work = made(tmp_path / "users" / "kchan" / "Harbour")
    account = an_account(tmp_path / "home", "win32", OneDriveCommercial=str(work).upper())
    found = synced(work / "Privacy" / "register.riskreg", account)
    assert found is not None
    assert found.program == ONEDRIVE


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox", DROPBOX),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", ONEDRIVE),
        (".tmp.drivedownload", GOOGLE),
        (".sync_journal.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_folder_when_a_program_left_its_mark_then_all_below_is_its_own(
    tmp_path: Path, mark: str, program: str
) -> None:
    top = made(tmp_path / "shared", mark)
    account = an_account(tmp_path / "home")
    assert synced(top / "a" / "b" / "x.riskreg", account) == (program, top)
    assert synced(tmp_path / "other" / "x.riskreg", account) is None


def test_folder_when_windows_draws_it_with_the_icon_of_a_program_then_it_is_known(
    tmp_path: Path,
) -> None:
    top = made(tmp_path / "Arbeit")
    ini = "[.ShellClassInfo]\r\nIconResource=C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe,6"
    (top / "desktop.ini").write_bytes(ini.encode("utf-16"))
    account = an_account(tmp_path / "home", "win32")
    assert synced(top / "x.riskreg", account) == (ONEDRIVE, top)
    (top / "desktop.ini").write_text("[.ShellClassInfo]\nIconResource=shell32.dll,4")
    assert synced(top / "x.riskreg", account) is None


def test_folder_when_dropbox_lists_it_then_it_is_dropbox(tmp_path: Path) -> None:
    account = an_account(tmp_path / "home")
    folder = made(tmp_path / "anywhere")
    made(account.home / ".dropbox")
    info = account.home / ".dropbox" / "info.json"
    info.write_text(json.dumps({"personal": {"path": str(folder), "host": 1}, "odd": 3}))
    assert synced(folder / "x.riskreg", account) == (DROPBOX, folder)
    info.write_text("{ not json")
    assert synced(folder / "x.riskreg", account) is None


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive-HarbourClinic", ONEDRIVE),
        ("Dropbox", DROPBOX),
        ("GoogleDrive-kchan@example.org", GOOGLE),
        ("Box-Box", "Box"),
        ("Nutstore-kchan", "Nutstore"),
    ],
)
def test_folder_when_macos_keeps_it_as_cloud_storage_then_its_program_is_named(
    tmp_path: Path, name: str, program: str
) -> None:
    account = an_account(tmp_path / "home", "darwin")
    folder = account.home / "Library" / "CloudStorage" / name
    assert synced(folder / "x.riskreg", account) == (program, folder)


def test_folder_when_icloud_keeps_documents_too_then_documents_are_synchronised(
    tmp_path: Path,
) -> None:
    account = an_account(tmp_path / "home", "darwin")
    documents = account.home / "Documents"
    assert synced(documents / "x.riskreg", account) is None
    cloud = account.home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    made(cloud / "Documents")
    assert synced(documents / "x.riskreg", account) == (ICLOUD, documents)
    found = synced(cloud / "Privacy" / "x.riskreg", account)
    assert found is not None
    assert found.program == ICLOUD


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive - Harbour Clinic Ltd", ONEDRIVE),
        ("onedrive", ONEDRIVE),
        ("Dropbox (Personal)", DROPBOX),
        ("Google Drive", GOOGLE),
        ("iCloudDrive", ICLOUD),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_folder_when_it_has_the_usual_name_in_the_usual_place_then_it_is_known(
    tmp_path: Path, name: str, program: str
) -> None:
    account = an_account(tmp_path / "home")
    assert synced(account.home / name / "x.riskreg", account) == (program, account.home / name)


@pytest.mark.parametrize(
    "name", ["Documents", "About Dropbox", "OneDrivers", "Boxes", "cases/Dropbox", ".dropbox"]
)
def test_folder_when_only_its_name_is_alike_then_it_is_left_in_peace(
    tmp_path: Path, name: str
) -> None:
    account = an_account(tmp_path / "home")
    made(account.home, ".dropbox", ".onedrive")  # settings of programs, not marks of a folder
    assert synced(account.home / name / "x.riskreg", account) is None


def test_folder_when_a_link_leads_into_it_then_it_is_known(tmp_path: Path) -> None:
    top = made(tmp_path / "real", ".dropbox")
    (tmp_path / "link").symlink_to(top, target_is_directory=True)
    found = synced(tmp_path / "link" / "x.riskreg", an_account(tmp_path / "home"))
    assert found is not None
    assert found.program == DROPBOX


def test_new_register_when_documents_are_synchronised_then_another_folder_is_offered(
    tmp_path: Path,
) -> None:
    account = an_account(tmp_path / "home")
    documents = account.home / "Documents"
    assert elsewhere(documents, account) == documents
    made(documents, ".stfolder")
    assert elsewhere(documents, account) == account.home / "Registers"
    made(account.home / "Registers", ".stfolder")
    assert elsewhere(documents, account) == account.home / ".local/share/riskreg/registers"


def test_folder_when_it_cannot_be_read_then_it_is_not_called_synchronised(tmp_path: Path) -> None:
    account = an_account(tmp_path / "home")
    assert synced(tmp_path / ("x" * 300) / "y.riskreg", account) is None
