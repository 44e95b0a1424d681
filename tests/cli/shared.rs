//! A desk that several users of one group share. Where the tests run as root, other users really come.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nix::unistd::{Gid, Group, geteuid};

use crate::shop::Shop;

/// Nobody in particular.
const STRANGER: u32 = 65_534;

/// A shop with a shared desk in a folder that the shop does not make, and its group.
fn shared() -> (Shop, PathBuf, Group) {
    let shop = Shop::empty();
    // Others may pass through the folder of the test.
    fs::set_permissions(shop.path(""), Permissions::from_mode(0o711)).unwrap();
    let users = Group::from_name("users")
        .unwrap()
        .filter(|_| geteuid().is_root());
    let group = users.unwrap_or_else(|| Group::from_gid(Gid::effective()).unwrap().unwrap());
    let desk = shop.path("office/desk.holdline");
    shop.ok([
        "init",
        "--policy",
        "severity",
        "--shared",
        &group.name,
        "--desk",
        desk.to_str().unwrap(),
    ]);
    (shop, desk, group)
}

/// Runs the program as another user, in a group, under a umask that would keep everything from everybody.
fn as_user(shop: &Shop, desk: &Path, (user, group): (u32, Gid), args: &[&str]) -> Output {
    let program = shop.path("holdline");
    if !program.exists() {
        let built = assert_cmd::cargo::cargo_bin("holdline");
        fs::hard_link(&built, &program)
            .or_else(|_| fs::copy(&built, &program).map(|_| ()))
            .unwrap();
    }
    Command::new("sh")
        .args(["-c", "umask 077; exec \"$0\" \"$@\""])
        .arg(program)
        .args(args)
        .env_clear()
        .envs(shop.environment())
        .env("HOLDLINE_DESK", desk)
        .uid(user)
        .gid(group.as_raw())
        .output()
        .unwrap()
}

fn modes(folder: &Path, group: Gid) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = fs::metadata(&path).unwrap();
        assert_eq!(found.gid(), group.as_raw(), "{path:?}");
        let wanted = if path.is_dir() { 0o2770 } else { 0o660 };
        assert_eq!(found.mode() & 0o7777, wanted, "{path:?}");
        if path.is_dir() {
            modes(&path, group);
        }
    }
}

#[test]
fn every_file_is_the_groups_whatever_the_umask() {
    let (shop, desk, group) = shared();
    let folder = desk.parent().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().mode() & 0o7777, 0o2770);
    let run = |user: u32, args: &[&str]| {
        let output = as_user(&shop, &desk, (user, group.gid), args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        // While it is open SQLite keeps files beside it.
        let open = rusqlite::Connection::open(&desk).unwrap();
        open.query_row("SELECT count(*) FROM timeline", [], |_| Ok(()))
            .unwrap();
        modes(folder, group.gid);
    };
    let users = if geteuid().is_root() {
        vec![0, STRANGER]
    } else {
        vec![geteuid().as_raw()]
    };
    for user in &users {
        run(*user, &["customer", "add", &format!("Blue Fern {user}")]);
        run(*user, &["call", "start"]);
        run(*user, &["desk", "backup", "--desk", desk.to_str().unwrap()]);
        run(*user, &["desk", "compact"]);
    }
    for user in users {
        run(user, &["desk", "check"]);
    }
}

#[test]
fn who_is_not_of_the_group_is_refused_in_one_line() {
    if !geteuid().is_root() {
        return;
    }
    let (shop, desk, _) = shared();
    let output = as_user(
        &shop,
        &desk,
        (STRANGER, Gid::from_raw(STRANGER)),
        &["customer", "list"],
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(
        said.contains("you may not") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn a_file_that_the_group_cannot_use_is_named_with_the_remedy() {
    let (shop, desk, group) = shared();
    let named = desk.to_str().unwrap().to_owned();
    let list = ["customer", "list", "--desk", &named];
    for (path, wrong, right) in [
        (desk.clone(), 0o600, "0660"),
        (desk.parent().unwrap().to_owned(), 0o755, "2770"),
    ] {
        let before = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(wrong)).unwrap();
        let ran = shop.run(list);
        assert_eq!((ran.code, ran.stderr.lines().count()), (5, 1), "{ran:?}");
        let shown = path.display();
        let remedy = format!("`chgrp {} {shown} && chmod {right} {shown}`", group.name);
        assert!(ran.stderr.contains(&remedy), "{ran:?}");
        fs::set_permissions(&path, before).unwrap();
        shop.ok(list);
    }
}

#[test]
fn a_group_or_folder_that_is_not_fit_is_refused() {
    let shop = Shop::empty();
    let init = ["init", "--policy", "severity", "--shared"];
    let said = shop.fails(3, init.iter().chain(&["no-such-group"]));
    assert!(said.contains("no-such-group"), "{said}");
    let group = Group::from_gid(Gid::effective()).unwrap().unwrap().name;
    let said = shop.fails(5, init.iter().chain(&[group.as_str()]));
    assert!(said.contains("chmod 2770"), "{said}");
    assert!(!shop.desk().exists());
}

#[test]
fn a_desk_that_nobody_shares_is_its_owners_alone() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["call", "start"]);
    shop.ok(["desk", "backup"]);
    let folder = shop.desk().parent().unwrap().to_owned();
    for name in [
        "desk.holdline",
        "desk.holdline.live",
        "desk.holdline.backups/2026-11-23.holdline",
    ] {
        let mode = fs::metadata(folder.join(name)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_and_nothing_is_lost() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let folder = shop.path("closed");
    fs::create_dir(&folder).unwrap();
    let desk = folder.join("desk");
    fs::copy(shop.desk(), &desk).unwrap();
    let (user, group) = match geteuid().is_root() {
        true => (STRANGER, STRANGER),
        false => (geteuid().as_raw(), Gid::effective().as_raw()),
    };
    fs::set_permissions(shop.path(""), Permissions::from_mode(0o711)).unwrap();
    if geteuid().is_root() {
        std::os::unix::fs::chown(&folder, Some(user), Some(group)).unwrap();
        std::os::unix::fs::chown(&desk, Some(user), Some(group)).unwrap();
    }
    for (file, folder_mode) in [(0o400, 0o700), (0o600, 0o500), (0o000, 0o700)] {
        fs::set_permissions(&desk, Permissions::from_mode(file)).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(folder_mode)).unwrap();
        let before = fs::read(&desk).unwrap_or_default();
        let output = as_user(
            &shop,
            &desk,
            (user, Gid::from_raw(group)),
            &["customer", "add", "Another"],
        );
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            output.status.code(),
            Some(5),
            "{file:o} {folder_mode:o}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(fs::read(&desk).unwrap_or_default(), before);
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    fs::set_permissions(&desk, Permissions::from_mode(0o600)).unwrap();
    let output = as_user(
        &shop,
        &desk,
        (user, Gid::from_raw(group)),
        &["customer", "add", "Another"],
    );
    assert!(output.status.success(), "{output:?}");
}

/// Runs `args` at the shared desk as its owner, after another user of the group has laid a link to `to` at `place` beside it.
fn through_a_link(place: &str, to: &Path, args: &[&str]) -> Option<(Shop, Output)> {
    let (shop, desk, group) = shared();
    if !geteuid().is_root() {
        eprintln!("no other user can come here: not tried");
        return None;
    }
    let owner = 1_000;
    for path in [desk.parent().unwrap(), &desk] {
        std::os::unix::fs::chown(path, Some(owner), None).unwrap();
    }
    let link = desk.parent().unwrap().join(place);
    let planted = Command::new("ln")
        .args(["-s"])
        .arg(to)
        .arg(&link)
        .uid(STRANGER)
        .gid(group.gid.as_raw())
        .status();
    assert!(planted.unwrap().success());
    let output = as_user(&shop, &desk, (owner, group.gid), args);
    Some((shop, output))
}

#[rstest::rstest]
#[case::the_backups("desk.holdline.backups", &["desk", "backup"])]
#[case::announced_work("desk.holdline.work", &["desk", "compact"])]
#[case::what_is_alive("desk.holdline.live", &["ring", "--from", "+1 555 0100"])]
#[case::the_log_of_sqlite("desk.holdline-wal", &["customer", "add", "Blue Fern"])]
#[case::what_sqlite_shares("desk.holdline-shm", &["customer", "add", "Blue Fern"])]
#[case::a_backup("kept", &["desk", "backup", "office/kept"])]
fn a_link_that_another_user_laid_is_never_followed(#[case] place: &str, #[case] args: &[&str]) {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::set_permissions(elsewhere.path(), Permissions::from_mode(0o777)).unwrap();
    let letter = elsewhere.path().join("letter");
    for to in [&letter, &elsewhere.path().to_owned()] {
        fs::write(&letter, "Dear all").unwrap();
        fs::set_permissions(&letter, Permissions::from_mode(0o666)).unwrap();
        let Some((_shop, output)) = through_a_link(place, to, args) else {
            return;
        };
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{place}: {said}");
        assert_eq!(said.lines().count(), 1, "{place}: {said}");
        assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear all", "{place}");
        let files = fs::read_dir(elsewhere.path()).unwrap().count();
        assert_eq!(files, 1, "{place}: {said}");
    }
}
