//! What shops stumbled over when they moved in.

use std::fs;

use serde_json::json;

use super::{case, shop};
use crate::shop::Shop;

const IMPORT: [&str; 5] = ["import", "incidents", "cases.csv", "--zone", "UTC"];

#[test]
fn a_customers_name_is_taken_as_it_stands() {
    let text = "id,opened,customer,contact,summary\n\
        1,2026-11-01,\"Hotel \"\"Zur Post\"\"\",Ada Moss <ada@example.com>,Help\n\
        2,2026-11-01,Firma <Neu>,,Help\n\
        3,2026-11-01,\"\"\"Zur Post\"\" <post@example.com>\",,Help\n";
    let shop = shop("severity", "cases.csv", text);
    shop.ok(IMPORT);
    let name = |id: &str| case(&shop, id)["customer"]["name"].clone();
    assert_eq!(name("1"), "Hotel \"Zur Post\"");
    assert_eq!(name("2"), "Firma <Neu>");
    assert_eq!(name("3"), "\"Zur Post\" <post@example.com>");
    assert_eq!(case(&shop, "1")["contact"]["name"], "Ada Moss");
}

/// Reads what was left out: the fields of each line, its number and reason behind.
fn left_out(shop: &Shop, file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_path(shop.path(file))
        .unwrap();
    let lines = reader.records();
    lines
        .map(|line| line.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn lines_that_are_left_out_can_be_corrected_where_they_are_and_read_again() {
    let text = "id,opened,customer,summary,closed\n\
        1,2026-11-02,Blue Fern,Help,-\n\
        2,2026-11-02,Blue Fern,Printer, again,2026-11-03\n\
        3,2026-11-02,'=Fern,-,2026-11-01\n\
        4,2026-11-02,Blue Fern\n\
        5,2026-11-02,,Who,\n";
    let shop = shop("severity", "cases.csv", text);
    let account = shop.json([&IMPORT[..], &["--skip-bad", "bad.csv"]].concat());
    assert_eq!(
        (&account["bad"], &account["incidents"]),
        (&4.into(), &1.into())
    );
    let mut lines = left_out(&shop, "bad.csv");
    let heading = [
        "id", "opened", "customer", "summary", "closed", "line", "reason",
    ];
    assert_eq!(lines[0], heading);
    let whole = [
        &[
            "2",
            "2026-11-02",
            "Blue Fern",
            "Printer",
            " again",
            "2026-11-03",
            "3",
        ][..],
        &["3", "2026-11-02", "'=Fern", "-", "2026-11-01", "4"],
        &["4", "2026-11-02", "Blue Fern", "", "", "5"],
        &["5", "2026-11-02", "", "Who", "", "6"],
    ];
    for (line, wanted) in lines[1..].iter().zip(whole) {
        assert_eq!(line[..line.len() - 1], *wanted);
    }
    assert!(
        lines[2][6].contains("is before it was received"),
        "{lines:?}"
    );
    // What is not corrected is left out again, under one heading, and loses nothing.
    let again = [
        "import",
        "incidents",
        "bad.csv",
        "--zone",
        "UTC",
        "--skip-bad",
    ];
    let account = shop.json([&again[..], &["still.csv"]].concat());
    assert_eq!(account["columns_left"], json!([]), "{account}");
    let still = left_out(&shop, "still.csv");
    assert_eq!(still[0], heading);
    assert_eq!(
        still[1][..7],
        [
            "2",
            "2026-11-02",
            "Blue Fern",
            "Printer",
            " again",
            "2026-11-03",
            "2"
        ]
    );
    // A spreadsheet makes all lines as long as the longest: what is outside is under no heading.
    let longest = lines[1].len();
    let write = |name: &str, lines: &[Vec<String>]| {
        let mut writer = csv::Writer::from_path(shop.path(name)).unwrap();
        for line in lines {
            let mut line = line.clone();
            line.resize(longest, String::new());
            writer.write_record(&line).unwrap();
        }
        writer.flush().unwrap();
    };
    write("cases.csv", &lines);
    let said = shop.fails(2, IMPORT);
    assert!(said.contains("line 2: it has more fields"), "{said}");
    let joined = lines[1].remove(4);
    lines[1][3] += &format!(",{joined}");
    lines[2][4] = "2026-11-04".to_owned();
    for line in &mut lines[2..4] {
        "Slow".clone_into(&mut line[3]);
    }
    lines[4][2] = "Red Oak".to_owned();
    write("cases.csv", &lines);
    shop.ok(IMPORT);
    assert_eq!(case(&shop, "2")["summary"], "Printer, again");
    assert_eq!(case(&shop, "5")["customer"]["name"], "Red Oak");
}

#[test]
fn customers_that_are_left_out_come_out_whole() {
    let text = "customer,contact,phone\n,Ada Moss,5550100\nBlue Fern,Kim,5550101,extra\nRed Oak,Lee,none\n";
    let shop = shop("severity", "people.csv", text);
    shop.ok(["import", "customers", "people.csv", "--skip-bad", "bad.csv"]);
    let lines = left_out(&shop, "bad.csv");
    assert_eq!(lines[1][..4], ["", "Ada Moss", "5550100", "2"]);
    assert_eq!(lines[2][..5], ["Blue Fern", "Kim", "5550101", "extra", "3"]);
    assert_eq!(lines[3][..4], ["Red Oak", "Lee", "none", "4"]);
}

#[test]
fn whom_an_import_makes_is_named() {
    let mut text = "id,opened,customer,summary,agent\n\
        1,2026-11-02,Steuerbuero Weiss,Help,mira\n\
        2,2026-11-02,Blue Fern,Help,jonas\n"
        .to_owned();
    let shop = shop("severity", "cases.csv", "");
    shop.ok(["customer", "add", "Steuerbüro Weiß"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    for n in 0..25 {
        text += &format!("{},2026-11-02,Shop {n},Help,mira\n", n + 3);
    }
    fs::write(shop.path("cases.csv"), &text).unwrap();
    let dry = [&IMPORT[..], &["--dry-run"]].concat();
    let said = shop.ok(&dry);
    assert!(
        said.contains("customers made: Steuerbuero Weiss (near Steuerbüro Weiß), Shop 0, "),
        "{said}"
    );
    assert!(said.contains(", Shop 18 and 6 more\n"), "{said}");
    assert!(said.contains("\nagents made: jonas\n"), "{said}");
    let account = shop.json(&dry);
    let made = account["customers_made"].as_array().unwrap();
    assert_eq!((made.len(), &account["customers"]), (20, &26.into()));
    assert_eq!(
        made[..2],
        [
            json!({"name": "Steuerbuero Weiss", "near": "Steuerbüro Weiß"}),
            json!({"name": "Shop 0"})
        ]
    );
    assert_eq!(account["agents_made"], json!(["jonas"]));
    fs::write(shop.path("people.csv"), "customer\nBlue Fern GmbH\nOtter\n").unwrap();
    let said = shop.ok(["import", "customers", "people.csv", "--dry-run"]);
    assert!(
        said.contains("customers made: Blue Fern GmbH (near Blue Fern), Otter"),
        "{said}"
    );
}

#[test]
fn who_was_erased_is_not_made_again() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    shop.ok(["customer", "add", "Otter"]);
    shop.ok(["customer", "erase", "Otter", "--yes"]);
    shop.ok(["export", "--format", "csv", "--to", "tables"]);
    let table = fs::read_to_string(shop.path("tables/customers.csv")).unwrap();
    assert!(
        table.contains("Blue Fern") && !table.contains("[erased]"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 2, "{table}");
}

#[test]
fn how_it_came_is_not_taken_for_a_call() {
    let text =
        "id,opened,customer,summary,closed\n1,2026-11-02 09:00,Blue Fern,Help,2026-11-02 10:00\n";
    let shop = shop("severity", "cases.csv", text);
    shop.ok(IMPORT);
    assert_eq!(case(&shop, "1")["channel"], "other");
    let on_first_call = || {
        let report = shop.json(["report", "--from", "2026-11-01", "--format", "json"]);
        let rows = report["sections"]["first_call"]["rows"].clone();
        let rows = rows.as_array().unwrap().clone();
        rows.iter()
            .map(|row| row["on_first_call"].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(on_first_call(), 0);
    fs::write(
        shop.path("cases.csv"),
        "id,opened,customer,summary,closed,channel\n2,2026-11-03 09:00,Blue Fern,Help,2026-11-03 10:00,phone\n",
    )
    .unwrap();
    shop.ok(IMPORT);
    assert_eq!(case(&shop, "2")["channel"], "phone");
    assert_eq!(on_first_call(), 1);
}

#[test]
fn a_day_that_is_not_and_another_encoding_are_told_as_what_they_are() {
    let shop = shop(
        "severity",
        "cases.csv",
        "id,opened,customer,summary\n1,31.11.2026 09:00,Blue Fern,Help\n",
    );
    let said = shop.fails(2, IMPORT);
    assert!(
        said.contains("line 2: \"31.11.2026 09:00\": there is no such day"),
        "{said}"
    );
    let mut bytes = b"id,opened,customer,summary\n".to_vec();
    for n in 0..30 {
        bytes.extend(format!("{n},2026-11-02,Caf").bytes().chain([0xe9]));
        bytes.extend(b",Help\n");
    }
    fs::write(shop.path("cases.csv"), bytes).unwrap();
    let said = shop.fails(2, IMPORT);
    assert_eq!(said.matches("UTF-8:").count(), 1, "{said}");
    assert!(
        said.contains("line 2 and 29 more: it is no UTF-8"),
        "{said}"
    );
    assert!(!said.contains('…'), "{said}");
}

#[test]
fn a_policys_file_is_printed_changed_and_given_back() {
    let shop = Shop::new(&["severity"]);
    let kept = shop.ok(["policy", "show", "severity", "--toml"]);
    let own = kept
        .replace("zone = \"America/Denver\"", "zone = \"Europe/Rome\"")
        .replace("holidays = [\"us-federal\"]", "holidays = [\"france\"]");
    fs::write(shop.path("own.toml"), &own).unwrap();
    let shown = shop.ok(["policy", "show", "./own.toml", "--toml"]);
    assert_eq!(shown, own);
    shop.ok(["policy", "add", "own.toml"]);
    assert_eq!(shop.ok(["policy", "show", "severity", "--toml"]), own);
    let other = Shop::empty();
    fs::write(other.path("own.toml"), &own).unwrap();
    other.ok(["init", "--policy", "own.toml"]);
    assert_eq!(
        other.json(["policy", "show", "severity"])["calendar"]["zone"],
        "Europe/Rome"
    );
}
