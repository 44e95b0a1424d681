//! What cannot be opened: one line with a remedy, exit 5, and not a byte of it is changed.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use nix::unistd::Uid;
use rstest::rstest;

use crate::shop::{Ran, Shop};

/// A command that looks, one that writes, and one that reads everything.
const COMMANDS: [&[&str]; 3] = [
    &["list"],
    &["customer", "add", "Silver Birch"],
    &["desk", "check"],
];

/// Whom nothing belongs to.
const NOBODY: u32 = 65_534;

fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    for _ in 0..20 {
        shop.log("Blue Fern", &["--severity", "low"]);
    }
    shop
}

/// A run by somebody who is not allowed everything: where these tests are run by root, by nobody.
fn run(shop: &Shop, args: &[&str]) -> Ran {
    let mut command = Command::new(program(shop));
    command.env_clear().envs(shop.environment()).args(args);
    if Uid::effective().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The program in a place where everybody may run it.
fn program(shop: &Shop) -> std::path::PathBuf {
    let built = cargo_bin("holdline");
    if !Uid::effective().is_root() {
        return built;
    }
    let folder = shop.path("program");
    let program = folder.join("holdline");
    if !program.exists() {
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        fs::hard_link(&built, &program)
            .or_else(|_| fs::copy(&built, &program).map(drop))
            .unwrap();
    }
    program
}

fn all_refused(shop: &Shop, remedy: &str) {
    for command in COMMANDS {
        let ran = run(shop, command);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (5, ""),
            "{command:?}: {ran:?}"
        );
        assert_eq!(ran.stderr.lines().count(), 1, "{command:?}: {ran:?}");
        assert!(ran.stderr.contains(remedy), "{command:?}: {ran:?}");
    }
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[rstest]
#[case::a_file_that_may_only_be_read(0o444, 0o755, "ask its owner")]
#[case::a_file_that_may_not_even_be_read(0o000, 0o755, "ask its owner")]
#[case::a_folder_that_may_only_be_read(0o666, 0o555, "ask its owner")]
#[case::a_folder_that_may_not_be_entered(0o666, 0o600, "ask its owner")]
fn what_is_not_permitted_is_said(#[case] file: u32, #[case] folder: u32, #[case] remedy: &str) {
    let shop = shop();
    let before = fs::read(shop.desk()).unwrap();
    let inner = shop.path("desks");
    fs::create_dir(&inner).unwrap();
    let moved = inner.join("desk.holdline");
    fs::rename(shop.desk(), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, shop.desk()).unwrap();
    set(&shop.path("."), 0o755);
    set(&moved, file);
    set(&inner, folder);
    program(&shop);
    all_refused(&shop, remedy);
    set(&inner, 0o755);
    set(&moved, 0o600);
    assert!(fs::read(&moved).unwrap() == before);
    let there: Vec<_> = fs::read_dir(&inner)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(there, ["desk.holdline"], "nothing new lies beside it");
}

/// How much of the file is left.
#[rstest]
#[case::half_its_head(50)]
#[case::its_head(100)]
#[case::less_than_a_page(511)]
#[case::one_page(4_096)]
#[case::some_pages(5 * 4_096)]
#[case::some_pages_and_a_bit(9 * 4_096 + 77)]
fn a_desk_that_was_cut_off_is_not_opened(#[case] left: usize) {
    let shop = shop();
    let whole = fs::read(shop.desk()).unwrap();
    fs::write(shop.desk(), &whole[..left]).unwrap();
    for command in COMMANDS {
        let said = shop.fails(5, command);
        assert!(
            said.contains("restore the newest backup"),
            "{command:?}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{command:?}: {said}");
    }
    assert!(fs::read(shop.desk()).unwrap() == whole[..left]);
}

#[test]
fn a_desk_without_its_last_page_is_not_opened() {
    let shop = shop();
    let mut bytes = fs::read(shop.desk()).unwrap();
    bytes.truncate(bytes.len() - 4_096);
    fs::write(shop.desk(), &bytes).unwrap();
    all_fail_of_damage(&shop);
    assert!(fs::read(shop.desk()).unwrap() == bytes);
}

fn all_fail_of_damage(shop: &Shop) {
    for command in COMMANDS {
        let said = shop.fails(5, command);
        assert!(said.contains("damaged"), "{command:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{command:?}: {said}");
    }
}

#[test]
fn a_desk_whose_first_page_is_damaged_is_not_opened() {
    let shop = shop();
    let mut bytes = fs::read(shop.desk()).unwrap();
    bytes[100..4_096].fill(0xa5);
    fs::write(shop.desk(), &bytes).unwrap();
    all_fail_of_damage(&shop);
}

#[test]
fn a_newer_desk_is_refused_byte_by_byte_unharmed() {
    let shop = shop();
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    desk.pragma_update(None, "user_version", 9_999).unwrap();
    desk.close().unwrap();
    let before = fs::read(shop.desk()).unwrap();
    for command in COMMANDS {
        let said = shop.fails(5, command);
        assert!(said.contains("install the newer one"), "{said}");
    }
    assert!(fs::read(shop.desk()).unwrap() == before);
}

#[test]
fn a_desk_that_may_not_be_made_is_not_made() {
    let shop = Shop::empty();
    let folder = shop.path("closed");
    fs::create_dir(&folder).unwrap();
    set(&shop.path("."), 0o755);
    set(&folder, 0o555);
    let desk = folder.join("desk").display().to_string();
    let ran = run(&shop, &["init", "--policy", "severity", "--desk", &desk]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.stderr.contains("you may not write there"), "{ran:?}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn what_is_typed_wrong_is_told_in_one_line_with_the_help_that_explains_it() {
    let shop = shop();
    let cases: [(&[&str], &str); 4] = [
        (&["--bogus"], "'--bogus' found: see `holdline --help`"),
        (&["lisst"], "exists: 'list': see `holdline --help`"),
        (&["show"], "<REF>: see `holdline show --help`"),
        (
            &["call", "log", "10001-4", "--in", "--minutes", "abc"],
            "no whole number, write it like 15: see `holdline call log --help`",
        ),
    ];
    for (typed, said) in cases {
        let ran = shop.run(typed);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
        assert!(ran.stderr.starts_with("holdline: "), "{ran:?}");
        assert!(ran.stderr.contains(said), "{ran:?}");
    }
    assert_eq!(shop.run(["show", "--help"]).code, 0);
}
