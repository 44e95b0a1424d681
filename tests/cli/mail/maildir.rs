//! Mail out of a Maildir: each once, in its order, and what stays is told.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use rstest::rstest;
use serde_json::Value;

use super::post::{blue_fern, mail};
use crate::seen::show;
use crate::shop::Shop;

const ADA: &str = "Ada Moss <ada@blue-fern.test>";

/// An empty Maildir in the shop's folder.
fn maildir(shop: &Shop) -> PathBuf {
    let path = shop.path("Maildir");
    for side in ["new", "cur", "tmp"] {
        fs::create_dir_all(path.join(side)).unwrap();
    }
    path
}

/// Puts a mail there, with a Message-ID of its own.
fn put(path: &Path, file: &str, subject: &str) {
    let id = format!("Message-ID: <{subject}@blue-fern.test>\n");
    fs::write(path.join(file), mail(ADA, subject, &id)).unwrap();
}

/// What lies there, in the order of the names.
fn files(path: &Path) -> Vec<String> {
    let all = ["cur", "new", "tmp"].into_iter().flat_map(|side| {
        let entries = fs::read_dir(path.join(side)).unwrap();
        entries.map(move |entry| format!("{side}/{}", entry.unwrap().file_name().to_str().unwrap()))
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

/// The subjects of what was opened, in the order of the numbers.
fn opened(shop: &Shop) -> Vec<String> {
    let listed = shop.json(["list", "is:any"]);
    let mut found: Vec<(String, String)> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["tech_ref"].to_string(),
                one["summary"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, summary)| summary).collect()
}

#[test]
fn new_mail_is_taken_in_the_order_of_its_arrival_and_once() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    // 23 November 2026, from 09:00 UTC on.
    put(&path, "new/1795424403.M3P9.mx", "third");
    put(&path, "new/1795424401.M7P9.mx", "first");
    put(&path, "new/1795424402.M1P9.mx:2,F", "second");
    put(&path, "cur/1795424400.M1P9.mx:2,", "looked-at");
    put(&path, "tmp/1795424404.M1P9.mx", "half");
    put(&path, "new/.hidden", "hidden");
    let fetched = shop.json(["mail", "fetch", "Maildir"]);
    let outcomes: Vec<&Value> = fetched
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["outcome"])
        .collect();
    assert_eq!(outcomes, ["opened"; 3], "{fetched}");
    assert_eq!(fetched[0]["file"], "new/1795424401.M7P9.mx");
    assert_eq!(opened(&shop), ["first", "second", "third"]);
    let after = [
        "cur/1795424400.M1P9.mx:2,",
        "cur/1795424401.M7P9.mx:2,S",
        "cur/1795424402.M1P9.mx:2,FS",
        "cur/1795424403.M3P9.mx:2,S",
        "new/.hidden",
        "tmp/1795424404.M1P9.mx",
    ];
    assert_eq!(files(&path), after);
    assert_eq!(
        shop.ok(["mail", "fetch", "Maildir"]),
        "nothing is new in Maildir"
    );
    assert_eq!(
        shop.json(["mail", "fetch", "Maildir"]),
        serde_json::json!([])
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_mail_was_received_when_its_file_arrived() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    put(&path, "new/1795426200.M1P9.mx", "named");
    put(&path, "new/rsynced", "dated");
    let file = File::options()
        .write(true)
        .open(path.join("new/rsynced"))
        .unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1_795_426_500))
        .unwrap();
    put(&path, "new/1999999999.M1P9.mx", "ahead");
    let fetched = shop.json(["mail", "fetch", "Maildir"]);
    let received = |n: usize| {
        let number = fetched[n]["tech_ref"].as_str().unwrap();
        show(&shop, number)["opened_at"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let all = [
        "2026-11-23T09:30:00Z",
        "2026-11-23T09:35:00Z",
        "2026-11-23T10:00:00Z",
    ];
    assert_eq!([received(0), received(1), received(2)], all, "{fetched}");
}

#[test]
fn a_mail_that_was_taken_and_not_moved_is_not_taken_twice() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    put(&path, "new/1795424401.M1P9.mx", "once");
    let kept = fs::read(path.join("new/1795424401.M1P9.mx")).unwrap();
    shop.ok(["mail", "fetch", "Maildir"]);
    // As it is where a program ends between the two.
    fs::remove_file(path.join("cur/1795424401.M1P9.mx:2,S")).unwrap();
    fs::write(path.join("new/1795424401.M1P9.mx"), kept).unwrap();
    let fetched = shop.json(["mail", "fetch", "Maildir"]);
    assert_eq!(fetched[0]["outcome"], "known", "{fetched}");
    assert_eq!(files(&path), ["cur/1795424401.M1P9.mx:2,S"]);
    assert_eq!(opened(&shop), ["once"]);
}

#[test]
fn what_cannot_be_taken_stays_and_is_told_and_the_others_go_on() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    let secret = shop.path("secret");
    fs::write(&secret, mail(ADA, "secret", "")).unwrap();
    put(&path, "new/1795424401.a", "first");
    symlink(&secret, path.join("new/1795424402.link")).unwrap();
    fs::create_dir(path.join("new/1795424403.folder")).unwrap();
    mkfifo(&path.join("new/1795424404.fifo"), Mode::S_IRWXU).unwrap();
    fs::write(path.join("new/1795424405.empty"), "").unwrap();
    let huge = File::create(path.join("new/1795424406.huge")).unwrap();
    huge.set_len(26 * 1024 * 1024).unwrap();
    put(&path, "new/1795424407.shut", "shut");
    let shut = path.join("new/1795424407.shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything.
    let readable = File::open(&shut).is_ok();
    put(&path, "new/1795424408.z", "last");
    put(&path, "new/1795424409.twice", "twice");
    fs::write(path.join("cur/1795424409.twice:2,S"), "somebody else's").unwrap();
    let ran = shop.run(["mail", "fetch", "Maildir"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    for (file, why) in [
        ("new/1795424402.link", "it is a link"),
        ("new/1795424403.folder", "it is no file"),
        ("new/1795424404.fifo", "it is no file"),
        ("new/1795424405.empty", "it is empty"),
        ("new/1795424406.huge", "it has over 25 MiB"),
        ("new/1795424409.twice", "cur has a message of this name"),
    ] {
        let said = ran.stderr.lines().find(|line| line.contains(file));
        assert!(
            said.is_some_and(|line| line.contains(why)),
            "{file}: {ran:#?}"
        );
    }
    let left = if readable { 6 } else { 7 };
    assert!(
        ran.stderr
            .contains(&format!("{left} of 9 could not be taken")),
        "{ran:#?}"
    );
    let all = files(&path);
    assert_eq!(
        all.iter().filter(|file| file.starts_with("new/")).count(),
        left,
        "{all:?}"
    );
    assert!(all.contains(&"cur/1795424408.z:2,S".to_owned()), "{all:?}");
    let summaries = opened(&shop);
    assert!(!summaries.contains(&"secret".to_owned()), "{summaries:?}");
    assert_eq!(
        fs::read(path.join("cur/1795424409.twice:2,S")).unwrap(),
        b"somebody else's"
    );
    assert!(secret.exists());
}

#[rstest]
#[case::unread(&["--cur", "unread"], &["new", "unread"])]
#[case::all(&["--cur", "all"], &["new", "unread", "read"])]
fn what_a_mail_program_moved_is_taken_where_it_is_asked_for(
    #[case] more: &[&str],
    #[case] taken: &[&str],
) {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    put(&path, "new/1795424401.a", "new");
    put(&path, "cur/1795424402.b:2,", "unread");
    put(&path, "cur/1795424403.c:2,RS", "read");
    put(&path, "cur/1795424404.d:2,ST", "thrown-away");
    put(&path, "cur/1795424405.e:2,D", "draft");
    shop.ok(["mail", "fetch", "Maildir"].iter().chain(more));
    assert_eq!(opened(&shop), taken);
    let after = [
        "cur/1795424401.a:2,S",
        "cur/1795424402.b:2,S",
        "cur/1795424403.c:2,RS",
        "cur/1795424404.d:2,ST",
        "cur/1795424405.e:2,D",
    ];
    assert_eq!(files(&path), after);
}

#[test]
fn several_that_fetch_at_once_take_each_mail_once() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    for n in 0..24 {
        put(
            &path,
            &format!("new/17954244{n:02}.M1P9.mx"),
            &format!("mail {n:02}"),
        );
    }
    let fetchers: Vec<_> = (0..4)
        .map(|_| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_holdline"));
            command
                .env_clear()
                .envs(shop.environment())
                .current_dir(shop.path(""));
            command.args(["mail", "fetch", "Maildir"]);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut fetcher in fetchers {
        assert!(fetcher.wait().unwrap().success());
    }
    let wanted: Vec<String> = (0..24).map(|n| format!("mail {n:02}")).collect();
    let mut found = opened(&shop);
    found.sort();
    assert_eq!(found, wanted);
    assert!(
        files(&path)
            .iter()
            .all(|file| file.starts_with("cur/") && file.ends_with(":2,S"))
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_key_for_the_whole_run_loses_no_mail() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    put(&path, "new/1795424401.a", "one");
    put(&path, "new/1795424402.b", "two");
    shop.ok(["mail", "fetch", "Maildir", "--once", "K-1"]);
    assert_eq!(opened(&shop), ["one", "two"]);
    put(&path, "new/1795424403.c", "three");
    shop.ok(["mail", "fetch", "Maildir", "--once", "K-1"]);
    assert_eq!(opened(&shop), ["one", "two", "three"]);
}

#[test]
fn the_settings_name_the_maildir() {
    let shop = blue_fern("season-ticket");
    let path = maildir(&shop);
    let said = shop.fails(2, ["mail", "fetch"]);
    assert!(said.contains("no Maildir is named"), "{said}");
    let settings = shop.path(".config/holdline/config.toml");
    fs::create_dir_all(settings.parent().unwrap()).unwrap();
    fs::write(&settings, "[mail]\nmaildir = \"~/Maildir\"\n").unwrap();
    put(&path, "new/1795424401.a", "by the settings");
    shop.ok(["mail", "fetch"]);
    assert_eq!(opened(&shop), ["by the settings"]);
    fs::write(&settings, "[mail]\nmaildir = \"Maildir\"\n").unwrap();
    let said = shop.fails(2, ["mail", "fetch"]);
    assert!(
        said.contains("line 2") && said.contains("~/Maildir"),
        "{said}"
    );
}

#[test]
fn what_is_no_maildir_is_refused() {
    let shop = blue_fern("season-ticket");
    let said = shop.fails(2, ["mail", "fetch", "nowhere"]);
    assert!(said.contains("nowhere/new: is not there"), "{said}");
    let path = maildir(&shop);
    let elsewhere = shop.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    put(&shop.path(""), "elsewhere/1795424401.a", "elsewhere");
    fs::remove_dir(path.join("new")).unwrap();
    symlink(&elsewhere, path.join("new")).unwrap();
    let said = shop.fails(2, ["mail", "fetch", "Maildir"]);
    assert!(
        said.contains("Maildir/new: is no folder, or a link"),
        "{said}"
    );
    let said = shop.fails(
        2,
        ["mail", "fetch", "Maildir", "--at", "2026-11-23T09:00:00Z"],
    );
    assert!(said.contains("leave out --at"), "{said}");
}
