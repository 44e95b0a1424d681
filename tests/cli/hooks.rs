//! Hooks: programs that are told what was recorded.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::console::terminal::{SMALL, Terminal};
use crate::shop::{Ran, Shop};

/// A shop whose agent has these hooks; each is a shell script that is written beside the desk.
fn shop(hooks: &str, script: &str) -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    fs::write(shop.path("told.sh"), script).unwrap();
    fs::write(shop.path("config.toml"), hooks).unwrap();
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(shop.path("config.toml"), mode).unwrap();
    (shop, number)
}

fn run(shop: &Shop, args: &[&str]) -> Ran {
    let mut command = shop.command();
    command.env("HOLDLINE_CONFIG", shop.path(".")).args(args);
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn told(shop: &Shop) -> Vec<Value> {
    let text = fs::read_to_string(shop.path("told.jsonl")).unwrap_or_default();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

const KEPT: &str = "cat >> told.jsonl\n";

#[test]
fn a_hook_is_told_what_it_asks_for_and_nothing_else() {
    let (shop, number) = shop(
        "[[hook]]\non = [\"noted\", \"resolved\"]\nrun = [\"/bin/sh\", \"told.sh\"]\n",
        KEPT,
    );
    assert_eq!(run(&shop, &["note", &number, "Toner"]).code, 0);
    assert_eq!(run(&shop, &["assign", &number, "mira"]).code, 0);
    // What is refused is not told, nor is what only was looked at.
    assert_eq!(run(&shop, &["note", &number, ""]).code, 2);
    assert_eq!(run(&shop, &["list"]).code, 0);
    let entries = told(&shop);
    let [note] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    assert_eq!(note["kind"], "noted");
    assert_eq!(note["tech_ref"], number.as_str());
    assert!(note["agent"].as_str().unwrap().ends_with("mira"));
    // It is what tail says.
    let all = run(&shop, &["tail", "--json", "--no-follow"]).stdout;
    let mut lines = all
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    assert!(lines.any(|entry| entry == *note));
}

#[test]
fn without_kinds_everything_is_told_and_what_belongs_together_at_once() {
    let (shop, number) = shop(
        "[[hook]]\nrun = [\"/bin/sh\", \"told.sh\"]\n",
        "cat >> told.jsonl\necho >> runs\n",
    );
    let resolve = ["resolve", &number, "--outcome", "fixed", "--detail", "Done"];
    let ran = run(&shop, &resolve);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let entries = told(&shop);
    assert!(entries.len() > 1, "{entries:?}");
    assert!(entries.iter().any(|entry| entry["kind"] == "resolved"));
    assert_eq!(fs::read_to_string(shop.path("runs")).unwrap(), "\n");
}

#[test]
fn a_hook_works_on_the_desk_without_being_told_of_it_again() {
    let (shop, number) = shop(
        &format!(
            "[[hook]]\nrun = [\"/bin/sh\", \"told.sh\", \"{}\"]\n",
            env!("CARGO_BIN_EXE_holdline")
        ),
        "",
    );
    let script = format!("cat >> told.jsonl\n\"$1\" note {number} 'The chat knows'\n");
    fs::write(shop.path("told.sh"), script).unwrap();
    let ran = run(&shop, &["note", &number, "Toner"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.stderr, "");
    assert_eq!(told(&shop).len(), 1);
    let said = shop.ok(["show", &number]);
    assert!(said.contains("The chat knows"), "{said}");
}

#[test]
fn one_that_fails_hangs_or_is_not_there_changes_nothing_and_is_told_of() {
    let (shop, number) = shop(
        "[[hook]]\nrun = [\"/bin/sh\", \"told.sh\"]\n
         [[hook]]\nrun = [\"/bin/sleep\", \"60\"]\nseconds = 1\n
         [[hook]]\nrun = [\"/nowhere/page\"]\n",
        "echo 'no route to the chat' >&2\nexit 3\n",
    );
    let ran = run(&shop, &["note", &number, "Toner"]);
    assert_eq!(ran.code, 0);
    let said: Vec<&str> = ran.stderr.lines().collect();
    let [failed, hung, missing] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert!(
        failed.contains("/bin/sh: ended with exit status: 3: no route to the chat"),
        "{failed}"
    );
    assert!(
        hung.contains("/bin/sleep: was ended, since it took longer than 1 s"),
        "{hung}"
    );
    assert!(missing.contains("/nowhere/page: "), "{missing}");
    assert!(shop.ok(["show", &number]).contains("Toner"));
}

#[test]
fn mistakes_name_their_line_and_a_file_that_others_may_write_runs_nothing() {
    for (hooks, problem) in [
        ("[[hook]]\nrun = []\n", "line 2: run names no program"),
        (
            "[[hook]]\non = [\"escalatd\"]\nrun = [\"a\"]\n",
            "line 2: nothing is called `escalatd` here",
        ),
        (
            "[[hook]]\nrun = [\"a\"]\nseconds = 0\n",
            "line 3: seconds must be from 1 to 300",
        ),
        ("[[hook]]\nrun = \"a\"\n", "line 2: there is"),
        ("[[hook]]\non = [\"noted\"]\n", "run is missing"),
    ] {
        let (shop, number) = shop(hooks, KEPT);
        let ran = run(&shop, &["hooks"]);
        assert_eq!(ran.code, 2, "{hooks}");
        let said = ran.stderr.replace("`run`", "run");
        assert!(said.contains(problem), "{said}");
        // The command itself is done, and says that no hook was run.
        let ran = run(&shop, &["note", &number, "Toner"]);
        assert_eq!(ran.code, 0);
        assert!(ran.stderr.contains("no hook is run"), "{}", ran.stderr);
    }
    let (shop, number) = shop("[[hook]]\nrun = [\"/bin/sh\", \"told.sh\"]\n", KEPT);
    let mode = fs::Permissions::from_mode(0o620);
    fs::set_permissions(shop.path("config.toml"), mode).unwrap();
    let ran = run(&shop, &["note", &number, "Toner"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.contains("others may write this file"),
        "{}",
        ran.stderr
    );
    assert!(told(&shop).is_empty());
}

#[test]
fn hooks_are_listed_and_tried() {
    let (shop, number) = shop(
        "[[hook]]\non = [\"noted\"]\nrun = [\"/bin/sh\", \"told.sh\"]\n
         [[hook]]\non = [\"escalated\"]\nrun = [\"/bin/false\"]\nseconds = 5\n",
        KEPT,
    );
    let said = run(&shop, &["hooks"]).stdout;
    assert!(
        said.contains("noted") && said.contains("/bin/sh told.sh"),
        "{said}"
    );
    let listed: Value = serde_json::from_str(&run(&shop, &["hooks", "--json"]).stdout).unwrap();
    assert_eq!(listed[1]["seconds"], 5);
    shop.ok(["note", &number, "Toner"]);
    let ran = run(&shop, &["hooks", "--try"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("nothing of its kinds"),
        "{}",
        ran.stdout
    );
    assert_eq!(told(&shop).len(), 1);
}

#[test]
fn what_keys_record_is_told_and_the_console_ends_after_that() {
    let (shop, number) = shop(
        "[[hook]]\non = [\"noted\"]\nrun = [\"/bin/sh\", \"told.sh\"]\n
         [[hook]]\non = [\"noted\"]\nrun = [\"/bin/false\"]\n",
        "sleep 1\ncat >> \"${HOLDLINE_DESK%/*}/told.jsonl\"\n",
    );
    let folder = shop.path(".").to_str().unwrap().to_owned();
    let script = shop.path("told.sh").to_str().unwrap().to_owned();
    let config = fs::read_to_string(shop.path("config.toml")).unwrap();
    fs::write(
        shop.path("config.toml"),
        config.replace("\"told.sh\"", &format!("\"{script}\"")),
    )
    .unwrap();
    let mut console = Terminal::with(&shop, SMALL, &[("HOLDLINE_CONFIG", &folder)]);
    console.shows(&number);
    console.shows("m note");
    console.press("m").shows("Note*");
    console.type_in("Toner is out").press("ctrl-d");
    console.shows("hook /bin/false: ended with exit status: 1");
    console.press("q");
    console.ends();
    let entries = told(&shop);
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(entries[0]["tech_ref"], number.as_str());
}
