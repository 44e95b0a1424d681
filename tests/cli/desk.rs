//! Desks that cannot be opened: exit 5, whatever the command.

use std::fs;

use crate::shop::Shop;

/// Commands of every kind, well-formed.
const COMMANDS: [&[&str]; 8] = [
    &["list"],
    &["list", "--json"],
    &["show", "10001-4"],
    &["explain", "10001-4"],
    &["customer", "list"],
    &["customer", "add", "Blue Fern"],
    &["agent", "list"],
    &["log", "--customer", "Blue Fern", "--summary", "S"],
];

fn all_fail(shop: &Shop, why: &str) {
    for command in COMMANDS {
        let said = shop.fails(5, command);
        assert!(said.contains(why), "{command:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{command:?}: {said}");
    }
}

#[test]
fn a_missing_desk_says_how_to_make_one() {
    let shop = Shop::empty();
    all_fail(&shop, "holdline init --policy NAME");
    assert!(!shop.desk().exists());
}

#[test]
fn a_text_file_is_no_desk_and_stays_as_it_is() {
    let shop = Shop::empty();
    fs::write(shop.desk(), "Dear diary, nothing happened at all today.\n").unwrap();
    all_fail(&shop, "is no desk (a text file)");
    let text = fs::read_to_string(shop.desk()).unwrap();
    assert_eq!(text, "Dear diary, nothing happened at all today.\n");
}

#[test]
fn an_empty_file_and_a_folder_are_no_desks() {
    let shop = Shop::empty();
    fs::write(shop.desk(), "").unwrap();
    all_fail(&shop, "is no desk (an empty file)");
    let shop = Shop::empty();
    fs::create_dir(shop.desk()).unwrap();
    all_fail(&shop, "is no desk (a folder)");
}

#[test]
fn another_programs_database_is_no_desk() {
    let shop = Shop::empty();
    let other = rusqlite::Connection::open(shop.desk()).unwrap();
    other.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(other);
    all_fail(&shop, "another program's database");
}

#[test]
fn a_newer_desk_is_left_alone() {
    let shop = Shop::new(&["severity"]);
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    desk.pragma_update(None, "user_version", 9_999).unwrap();
    drop(desk);
    all_fail(&shop, "newer Holdline");
}

#[test]
fn without_a_terminal_the_console_says_what_to_do() {
    let shop = Shop::new(&["severity"]);
    let said = shop.fails(2, [""; 0]);
    assert!(said.contains("the console needs a terminal"), "{said}");
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let bin = assert_cmd::cargo::cargo_bin("holdline");
    let mut child = std::process::Command::new(bin)
        .args(["customer", "show", "Blue Fern"])
        .env("HOLDLINE_DESK", shop.desk())
        .env("HOLDLINE_AGENT", "mira")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let seen = shop.json(["show", &number])["revision"].to_string();
    shop.ok(["agent", "add", "bo"]);
    shop.agent("bo").ok(["note", &number, "I look at it"]);
    let note = ["note", &number, "I do", "--if-revision", &seen];
    let said = shop.agent("mira").fails(4, note);
    assert!(said.contains("was changed meanwhile by"), "{said}");
    assert!(said.contains("as bo (noted)"), "{said}");
    let seen = shop.json(["show", &number])["revision"].to_string();
    shop.ok(["note", &number, "I do", "--if-revision", &seen]);
}

#[test]
fn what_the_environment_says_is_not_asked_for_in_a_line_on_usage() {
    let shop = Shop::new(&["severity"]);
    let said = shop.fails(2, ["accept"]);
    assert!(
        said.contains("not provided: <REF>: see `holdline accept --help`"),
        "{said}"
    );
    // Typed or not, it counts; what was typed counts more.
    let other = shop.path("other.desk");
    let list = ["list", "--desk", other.to_str().unwrap()];
    let said = shop.fails(5, list);
    assert!(said.contains("other.desk"), "{said}");
    assert_eq!(shop.json(["list"]), serde_json::json!([]));
}

#[test]
fn a_clock_before_the_newest_entry_is_warned_of_by_what_writes() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let note = ["note", &number, "Seen"];
    shop.at("2026-11-23T22:00:00Z");
    assert_eq!(shop.run(note).stderr, "");
    shop.at("2026-11-23T21:59:59Z");
    let ran = shop.run(note);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ran.stderr,
        "note: this machine's clock stands before the desk's newest entry: check its date\n"
    );
    assert_eq!(shop.run(["show", &number]).stderr, "");
}
