//! `holdline list`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::shop::Shop;
use crate::show::{keys, promised};

/// Three incidents: low, then critical, then one that awaits payment.
fn shop() -> Shop {
    let shop = Shop::new(&["severity", "per-incident"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.log("Blue Fern", &["--severity", "low"]);
    shop.log(
        "Grey Heron",
        &["--severity", "critical", "--detail", "Invoices print twice"],
    );
    shop.log("Blue Fern", &["--policy", "per-incident"]);
    shop
}

fn numbers(shop: &Shop, args: &[&str]) -> Vec<String> {
    let found = shop.json(["list"].iter().chain(args));
    let numbers = found.as_array().unwrap().iter();
    numbers
        .map(|one| one["tech_ref"].as_str().unwrap().to_owned())
        .collect()
}

const LOW: &str = "10001-4";
const CRITICAL: &str = "10002-3";
const UNPAID: &str = "10003-8";

#[test]
fn columns_line_up() {
    let shop = shop();
    assert_eq!(
        shop.ok(["list"]),
        "\
NUMBER   STATE             DUE                   SEVERITY  CUSTOMER    ASSIGNEE  SUMMARY
10002-3  open              2026-11-24 14:00 MST  critical  Grey Heron            It does not start
10001-4  open              2026-12-07 14:00 MST  low       Blue Fern             It does not start
10003-8  awaiting-payment  awaits payment                  Blue Fern             It does not start"
    );
    let late = shop.at("2026-11-24T21:00:01Z").ok(["list", "is:missed"]);
    assert!(late.contains("missed 2026-11-24 14:00 MST"), "{late}");
}

#[test]
fn what_is_still_to_come_on_a_missed_incident_is_due() {
    let shop = shop();
    shop.ok([
        "respond",
        LOW,
        "Looking at it",
        "--estimate",
        "2026-11-25T10:00:00Z",
    ]);
    shop.ok(["schedule", CRITICAL, "2026-11-25T09:30:00Z"]);
    let shop = shop.at("2026-11-25T09:00:00Z");
    assert_eq!(numbers(shop, &["is:missed"]), [CRITICAL]);
    assert_eq!(numbers(shop, &["due:<2h"]), [CRITICAL, LOW]);
    assert_eq!(numbers(shop, &["due:<45m"]), [CRITICAL]);
    assert_eq!(numbers(shop, &["-due:<45m"]), [LOW, UNPAID]);
    assert_eq!(shop.json(["status"])["due_within_the_hour"], 1);
    let shown = shop.ok(["list", "is:missed"]);
    let due = "missed 2026-11-24 14:00 MST, appointment 2026-11-25 02:30 MST";
    assert!(shown.contains(due), "{shown}");
    // Undone, and past, it is due no more.
    shop.at("2026-11-25T09:31:00Z");
    assert_eq!(numbers(shop, &["due:<2h"]), [LOW]);
    shop.at("2026-11-23T21:00:00Z").ok(["undo", CRITICAL]);
    shop.at("2026-11-25T09:00:00Z");
    assert_eq!(numbers(shop, &["due:<45m"]), [""; 0]);
    shop.ok(["desk", "check"]);
}

#[test]
fn json_has_every_promised_key_but_the_timeline() {
    let shop = shop();
    let found = shop.json(["list"]);
    assert_eq!(found.as_array().unwrap().len(), 3);
    assert_eq!(keys(&found[0]), promised(false));
    assert_eq!(shop.json(["list", "nothing-like-this"]), json!([]));
    let lines = shop.ok(["list", "--format", "jsonl"]);
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(Value::Array(lines), found);
}

#[test]
fn queries_choose_and_exclude() {
    let shop = shop();
    for (query, wanted) in [
        (&["invoices"][..], &[CRITICAL][..]),
        (&["severity:low,critical"], &[CRITICAL, LOW]),
        (&["-severity:low"], &[CRITICAL, UNPAID]),
        (&["customer:\"blue fern\"", "state:open"], &[LOW]),
        (&["severity:crit"], &[CRITICAL]),
        (&["channel:phone severity:low"], &[LOW]),
        (&["-channel:phone"], &[]),
        (&["state:awaiting-payment"], &[UNPAID]),
        (&["policy:per-incident is:open"], &[UNPAID]),
        (&["due:<2d"], &[CRITICAL]),
        (&["is:unassigned is:any"], &[UNPAID, CRITICAL, LOW]),
        (&["opened:<7d"], &[CRITICAL, LOW, UNPAID]),
        (&["opened:>7d"], &[]),
        (&["opened:week opened:today"], &[CRITICAL, LOW, UNPAID]),
        (&["opened:<week"], &[]),
        (&["assignee:me"], &[]),
        (&["!!!"], &[]),
    ] {
        assert_eq!(numbers(&shop, query), wanted, "{query:?}");
    }
}

#[rstest]
#[case("severity:criticla", "no severity \"criticla\": try critical", 9)]
#[case("is:missed severity:x", "try critical, urgent, high, normal, low", 19)]
#[case(
    "policy:sever,per-incidnet",
    "no policy \"per-incidnet\": try per-incident",
    7
)]
#[case("assignee:nobody", "no agent \"nobody\": try", 9)]
#[case("channel:fax", "no channel \"fax\": try phone, mail, chat, other", 8)]
#[case("is:e", "may be escalated or expedited or emergency", 3)]
#[case("customer:%", "no customer's name begins with \"%\"", 9)]
#[case("customer:_lue", "begins with \"_lue\"", 9)]
#[case("is:any customer:\"Blu Fern\"", "try customer:\"Blue Fern\"", 17)]
#[case("product:Ledgr", "no incident's product begins with \"Ledgr\"", 8)]
fn what_nobody_is_called_is_a_mistake(
    #[case] query: &str,
    #[case] problem: &str,
    #[case] at: usize,
) {
    let said = shop().fails(2, ["list", query]);
    assert!(said.contains(problem), "{said}");
    let mark = said.lines().last().unwrap();
    assert_eq!(mark.find('^'), Some(at + 2), "{said}");
}

#[test]
fn a_word_of_the_language_that_is_in_no_text_is_asked_about() {
    let shop = shop();
    let ran = shop.run(["list", "missed"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.stderr.contains("did you mean is:missed?"), "{ran:#?}");
    assert_eq!(shop.run(["list", "invoices"]).stderr, "");
}

#[test]
fn order_and_length_are_chosen() {
    let shop = shop();
    assert_eq!(
        numbers(&shop, &["--sort", "newest"]),
        [UNPAID, CRITICAL, LOW]
    );
    assert_eq!(
        numbers(&shop, &["--sort", "queue", "--limit", "1"]),
        [CRITICAL]
    );
    assert_eq!(
        numbers(&shop, &["-severity:low", "--limit", "1"]),
        [CRITICAL]
    );
    assert_eq!(
        numbers(&shop, &["is:any", "--limit", "2"]),
        [UNPAID, CRITICAL]
    );
    assert_eq!(numbers(&shop, &["--limit", "0"]), [""; 0]);
    shop.fails(2, ["list", "is:any", "--sort", "queue"]);
    shop.fails(2, ["list", "--sort", "age"]);
}

#[test]
fn a_list_can_be_listened_to() {
    let shop = shop();
    let said = shop.ok(["list", "--format", "lines"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    let critical = lines[0];
    assert!(critical.starts_with(&format!("{CRITICAL}: ")), "{said}");
    assert!(
        critical.contains("; open, severity critical, number not given"),
        "{said}"
    );
    assert!(critical.contains("response due Tue 14:00 MST."), "{said}");
    assert!(critical.ends_with('.'), "{said}");
    let none = shop.ok(["list", "zzz", "--format", "lines"]);
    assert_eq!(none, "Nothing is listed.");
}

#[test]
fn numbers_alone_are_for_other_commands() {
    let shop = shop();
    let refs = shop.ok(["list", "--format", "refs"]);
    assert_eq!(refs, format!("{CRITICAL}\n{LOW}\n{UNPAID}"));
    for number in refs.lines() {
        shop.ok(["assign", number, "me"]);
    }
    assert_eq!(shop.ok(["list", "is:unassigned", "--format", "refs"]), "");
}

#[test]
fn no_cell_is_a_formula() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("@Blue, \"Fern\"");
    for summary in ["=1+1", "+1", "-1", "@x", "plain", "a=b"] {
        shop.ok([
            "log",
            "--customer",
            "C-0001",
            &format!("--summary={summary}"),
        ]);
    }
    let csv = shop.ok(["list", "--format", "csv", "--sort", "newest"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("tech_ref"));
    let summary = reader.headers().unwrap().len() - 1;
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells: Vec<&str> = rows.iter().map(|row| row.get(summary).unwrap()).collect();
    assert_eq!(cells, ["a=b", "plain", "'@x", "'-1", "'+1", "'=1+1"]);
    assert_eq!(rows[0].get(4), Some("'@Blue, \"Fern\""));
}

#[test]
fn a_mistake_is_shown_under_its_character() {
    let shop = shop();
    let said = shop.fails(2, ["list", "state:opne"]);
    assert_eq!(
        said,
        "holdline: no state \"opne\": try open\n  state:opne\n        ^\n"
    );
    shop.fails(2, ["list", "sate:open"]);
    shop.fails(2, ["list", "customer:\"Blue"]);
    shop.fails(2, ["list", "due:soon"]);
}

#[test]
fn what_the_limit_leaves_out_is_said() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    for _ in 0..3 {
        shop.log("Blue Fern", &["--severity", "low"]);
    }
    for format in ["table", "lines", "refs", "csv", "jsonl", "json"] {
        let cut = shop.run(["list", "--limit", "2", "--format", format]);
        assert_eq!(
            cut.stderr,
            "note: 1 more than these 2: --limit N lists so many\n"
        );
        let whole = shop.run(["list", "--limit", "3", "--format", format]);
        assert_eq!(whole.stderr, "");
    }
}

#[test]
fn a_mistyped_option_is_no_query() {
    let shop = Shop::new(&["severity"]);
    let said = shop.fails(2, ["list", "--formt", "csv"]);
    assert!(said.contains("no option --formt"), "{said}");
}

#[test]
fn a_customer_is_found_in_whatever_letters() {
    let shop = Shop::new(&["severity"]);
    let names = ["Ñandú Books", "Łąka", "Müller", "Muller Ltd", "Straße 9"];
    for name in names {
        shop.customer(name);
        shop.log(name, &["--severity", "low"]);
    }
    let counts = [
        ("\"ñandú books\"", 1),
        ("nandu", 1),
        ("NAN", 1),
        ("laka", 1),
        ("łąka", 1),
        ("muller", 2),
        ("Müller", 2),
        ("\"müller ltd\"", 1),
        ("strasse", 1),
    ];
    for (typed, count) in counts {
        let query = format!("customer:{typed}");
        let found = shop.run(["list", &query, "--format", "refs"]);
        assert_eq!(found.stdout.lines().count(), count, "{typed}: {found:?}");
    }
    let unknown = shop.run(["list", "customer:akan"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
}

#[test]
fn keys_may_be_shortened_and_the_column_has_its_name() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &["--severity", "low"]);
    for query in ["agent:none", "age:none", "sev:low", "cust:blue"] {
        let found = shop.run(["list", query, "--format", "refs"]);
        assert_eq!(found.stdout.lines().count(), 1, "{query}: {found:?}");
    }
    let several = shop.run(["list", "s:low"]);
    assert!(several.stderr.contains("\"s\" may be state or severity"));
    let near = shop.run(["list", "agnet:none"]);
    assert!(near.stderr.contains("try agent"), "{near:?}");
}

#[test]
fn what_has_ended_is_hinted_at() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok([
        "close",
        &number,
        "--as",
        "withdrawn",
        "--detail",
        "no longer wanted",
    ]);
    let nothing = shop.run(["list", number.as_str()]);
    let hint = format!("{number} is closed-unresolved, `{number} is:any` lists it");
    assert!(nothing.stderr.contains(&hint), "{nothing:?}");
}

#[test]
fn what_is_missed_is_due_within_no_time() {
    let shop = shop();
    shop.at("2026-12-20T12:00:00Z");
    assert!(!numbers(&shop, &["is:missed"]).is_empty());
    for due in [
        "due:<3d",
        "due:<=2026-12-22",
        "due:<tomorrow",
        "due:today",
        "due:>=today",
    ] {
        assert_eq!(numbers(&shop, &[due, "is:missed"]), [""; 0], "{due}");
    }
}

#[test]
fn who_does_not_work_here_is_told_so() {
    let shop = shop();
    shop.agent("stranger");
    let told = shop.run(["list", "assignee:me"]);
    assert!(
        told.stderr
            .contains("you are stranger, who does not work here"),
        "{told:#?}"
    );
    shop.agent("mira");
    let told = shop.run(["list", "assignee:me"]);
    assert!(!told.stderr.contains("does not work here"), "{told:#?}");
}

/// Where no terminal tells how wide it is, a program could be asked: what nobody looks at in columns asks none.
#[test]
fn a_list_into_a_pipe_runs_no_other_program() {
    use std::os::unix::fs::PermissionsExt;

    let shop = shop();
    let folder = tempfile::tempdir().unwrap();
    let (program, ran) = (folder.path().join("tput"), folder.path().join("ran"));
    let script = format!("#!/bin/sh\n: > {}\necho 80\n", ran.display());
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let listed = shop
        .command()
        .arg("list")
        .env("PATH", folder.path())
        .output();
    assert!(listed.unwrap().status.success());
    assert!(!ran.exists());
}
