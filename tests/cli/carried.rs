//! `holdline export`, `import desk`, `import customers` and `import incidents`: out, in again, and out the same.

use std::fs;

use serde_json::{Value, json};

use crate::shop::Shop;

/// The sample desk, with mail, closures and money on it.
fn rich() -> Shop {
    let shop = Shop::empty();
    shop.ok(["demo", "--incidents", "80"]);
    let mail = "From: Stranger <stranger@outside.example>\r\nTo: support@shop.example\r\nSubject: Hello\r\n\
                Message-ID: <1@outside.example>\r\nDate: Mon, 23 Nov 2026 20:00:00 +0000\r\n\r\nIt stops.\r\n";
    shop.run_with(mail, ["mail", "in"]);
    shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--policy",
        "escalation",
        "--office",
        "uk",
    ]);
    shop.log("Blue Fern", &["--detail", "Since this morning"]);
    shop.ok([
        "closure",
        "add",
        "--all",
        "--from",
        "2026-11-23T21:30:00Z",
        "--to",
        "2026-11-24T23:00:00Z",
        "--reason",
        "Power cut",
    ]);
    shop.ok(["agent", "add", "guest"]);
    shop.ok(["agent", "leave", "guest"]);
    shop
}

#[test]
fn a_desk_that_went_out_and_in_goes_out_the_same() {
    let shop = rich();
    let said = shop.ok(["export", "--to", "one.jsonl", "--files", "files"]);
    assert!(
        said.ends_with("incidents and all around them are in one.jsonl"),
        "{said}"
    );
    for there in ["one.jsonl", "desk.holdline"] {
        let said = shop.fails(2, ["export", "--to", there]);
        assert!(said.contains("exists already"), "{said}");
    }
    let made = shop.ok([
        "import",
        "desk",
        "one.jsonl",
        "--files",
        "files",
        "--desk",
        "two.holdline",
    ]);
    assert!(made.starts_with("Made the desk"), "{made}");
    shop.ok(["export", "--desk", "two.holdline", "--to", "two.jsonl"]);
    let read = |name: &str| fs::read_to_string(shop.path(name)).unwrap();
    let (one, two) = (read("one.jsonl"), read("two.jsonl"));
    let differs = one.lines().zip(two.lines()).find(|(one, two)| one != two);
    assert_eq!(differs, None);
    assert_eq!(one.lines().count(), two.lines().count());
    // It is a sound desk on which work goes on.
    shop.ok(["desk", "check", "--desk", "two.holdline"]);
    let kinds = |kind: &str| one.lines().filter(|line| line.contains(kind)).count();
    assert!(kinds("\"record\":\"incident\"") >= 80);
    for kind in [
        "mail-quarantined",
        "closure-added",
        "\"table\":\"moved\"",
        "\"table\":\"ledger\"",
        "agent-left",
    ] {
        assert!(kinds(kind) > 0, "the sample has no {kind}");
    }
    let open = shop.json(["list", "--desk", "two.holdline", "--limit", "1"]);
    let number = open[0]["tech_ref"].as_str().unwrap();
    shop.ok(["note", number, "It goes on", "--desk", "two.holdline"]);
    shop.ok(["desk", "check", "--desk", "two.holdline"]);
}

#[test]
fn an_export_that_does_not_hold_together_makes_no_desk() {
    let shop = rich();
    let whole = shop.ok(["export"]);
    let refused = |text: &str| {
        fs::write(shop.path("bad.jsonl"), text).unwrap();
        let said = shop.fails(2, ["import", "desk", "bad.jsonl", "--desk", "bad.holdline"]);
        assert!(!shop.path("bad.holdline").exists());
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    assert!(refused("").contains("no export"));
    assert!(refused("{}").contains("line 1"));
    assert!(refused(&whole.replacen("\"format\":1", "\"format\":9", 1)).contains("format 9"));
    let lines: Vec<&str> = whole.lines().collect();
    let cut = lines[..lines.len() - 5].join("\n");
    assert!(refused(&cut).contains("the file was cut off"));
    let agent = lines
        .iter()
        .position(|line| line.contains("\"table\":\"agent\""))
        .unwrap();
    let altered = lines[agent].replace("\"name\":\"", "\"name\":\"x");
    let altered = whole.replacen(lines[agent], &altered, 1);
    assert!(refused(&altered).contains("no sound desk"));
    let entry = lines
        .iter()
        .position(|line| line.contains("\"record\":\"entry\",\"place\":3,"))
        .unwrap();
    let without = [&lines[..entry], &lines[entry + 1..]].concat().join("\n");
    assert!(refused(&without).contains("entry 3 of the timeline is missing"));
    let row = lines
        .iter()
        .position(|line| line.contains("\"table\":\"entitlement\""))
        .unwrap();
    let without = [&lines[..row], &lines[row + 1..]].concat().join("\n");
    assert!(refused(&without).contains("no desk was made"));
    let foreign = whole.replacen("\"table\":\"agent\"", "\"table\":\"sqlite_master\"", 1);
    assert!(refused(&foreign).contains("no table \"sqlite_master\" is carried"));
    // What is there already is not written over.
    fs::write(shop.path("one.jsonl"), &whole).unwrap();
    shop.fails(5, ["import", "desk", "one.jsonl"]);
}

#[test]
fn customers_come_back_from_their_table_as_they_were() {
    let shop = Shop::new(&["escalation"]);
    let add = |args: &[&str]| shop.ok([&["customer", "add"], args].concat());
    add(&[
        "Blue Fern, Ltd",
        "--code",
        "BF",
        "--office",
        "uk",
        "--contact",
        "Ada Moss",
        "--phone",
        "+1 555 0100",
        "--mail",
        "ada@blue-fern.test",
    ]);
    shop.ok([
        "contact",
        "add",
        "BF",
        "=Bo",
        "--phone",
        "+1 555 0101",
        "--phone",
        "+1 555 0102",
        "--role",
        "buyer",
    ]);
    shop.ok(["contact", "add", "BF", "Cy", "--mail", "cy@blue-fern.test"]);
    add(&[
        "'t Hooft",
        "--office",
        "florida",
        "--account-manager",
        "am@shop.test",
    ]);
    let said = shop.ok(["export", "--format", "csv", "--to", "tables"]);
    assert!(said.ends_with("are in tables"), "{said}");
    let other = Shop::new(&["escalation"]);
    let table = shop.path("tables/customers.csv").display().to_string();
    let account = other.json(["import", "customers", &table]);
    assert_eq!(
        (&account["customers"], &account["people"]),
        (&json!(2), &json!(3))
    );
    for code in ["BF", "C-0002"] {
        // How often it was changed is told by the timeline, which a table does not carry.
        let shown = |shop: &Shop| {
            let mut shown = shop.json(["customer", "show", code]);
            shown.as_object_mut().unwrap().remove("revision").unwrap();
            shown
        };
        assert_eq!(shown(&shop), shown(&other), "{code}");
    }
    other.ok(["export", "--format", "csv", "--to", "tables"]);
    let read = |shop: &Shop| fs::read_to_string(shop.path("tables/customers.csv")).unwrap();
    assert_eq!(read(&shop), read(&other));
    // No spreadsheet takes a name for a formula.
    assert!(read(&shop).contains("'=Bo"));
    let again = other.json(["import", "customers", &table]);
    assert_eq!(
        (&again["customers"], &again["already_here"]),
        (&json!(0), &json!(4))
    );
    other.ok(["desk", "check"]);
}

#[test]
fn customers_of_another_system_are_mapped_and_accounted_for() {
    let shop = Shop::new(&["severity"]);
    let file = |name: &str, text: &str| fs::write(shop.path(name), text).unwrap();
    file(
        "crm.toml",
        "delimiter = \";\"\nname = \"{Company}\"\ncontact = \"{First} {Last}\"\nphones = \"{Phone}\"\n",
    );
    file(
        "crm.csv",
        "Company;First;Last;Phone\nBlue Fern;Ada;Moss;+1 555 0100\nGrey Heron;;;\n;Bo;Reed;\nBlue Fern;Cy;;none\n",
    );
    let import = ["import", "customers", "crm.csv", "--map", "crm.toml"];
    let said = shop.fails(2, import);
    assert!(said.contains("line 4: it names no customer"), "{said}");
    let skip = |more: &[&str]| shop.json([&import[..], &["--skip-bad", "bad.csv"], more].concat());
    let dry = skip(&["--dry-run"]);
    assert_eq!(shop.json(["customer", "list"]), json!([]));
    let account = skip(&[]);
    assert_eq!(dry["lines"], account["lines"]);
    // Of a customer whose people cannot all be taken, nothing is: its lines go together.
    let lines: Vec<(u64, &str)> = account["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["line"].as_u64().unwrap(),
                line["did"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (2, "left out"),
            (3, "added"),
            (4, "left out"),
            (5, "left out")
        ]
    );
    assert!(
        fs::read_to_string(shop.path("bad.csv"))
            .unwrap()
            .contains("Ada")
    );
    file("other.csv", "Firma;Phone\nBlue Fern;+1 555 0100\n");
    let said = shop.fails(2, ["import", "customers", "other.csv"]);
    assert!(said.contains("no column \"customer\""), "{said}");
    file("wrong.toml", "nam = \"{Company}\"\n");
    let said = shop.fails(2, ["import", "customers", "crm.csv", "--map", "wrong.toml"]);
    assert!(said.contains("wrong.toml"), "{said}");
}

const MAP: &str = r#"
id = "{Ticket}"
agent = "{Owner}"
opened = { time = "{Created}", format = "%Y-%m-%d %H:%M", zone = "Europe/Rome" }
[opens]
channel = "mail"
customer = "{Company}"
summary = "{Subject}"
severity = { of = "{Priority}", values = { P1 = "critical" }, otherwise = "normal" }
[[then]]
time = "{Answered}"
does = { respond = { text = "Answered", no_estimate = "not kept" }, assign = true }
[[then]]
time = "{Ended}"
only = { of = "{Status}", values = ["done"] }
does = { resolve = { outcome = ["fixed"], detail = "{Solution}" } }
[[then]]
time = "{Ended}"
only = { of = "{Status}", values = ["dropped"] }
does = { close = { as = "withdrawn", detail = "{Solution}" } }
"#;

const TICKETS: &str = "Ticket,Owner,Created,Company,Subject,Priority,Answered,Ended,Status,Solution\n\
    T-1,zoe,2026-11-02 09:00,Blue Fern,It stops,P1,2026-11-02 09:30,2026-11-03 10:00,done,A new cable\n\
    T-2,bo,2026-11-03 09:00,Blue Fern,It hums,P3,,2026-11-03 12:00,dropped,Gone by itself\n\
    T-3,,2026-11-04 09:00,Grey Heron,It blinks,P3,,,open,\n";

#[test]
fn incidents_of_another_system_come_in_once_from_csv_or_json() {
    let shop = Shop::new(&["severity"]);
    let file = |name: &str, text: &str| fs::write(shop.path(name), text).unwrap();
    file("map.toml", MAP);
    file("tickets.csv", TICKETS);
    let import = ["import", "incidents", "tickets.csv", "--map", "map.toml"];
    let dry = shop.json([&import[..], &["--dry-run"]].concat());
    assert_eq!((&dry["incidents"], &dry["lines"]), (&json!(3), &json!(3)));
    assert_eq!(shop.json(["list", "is:any"]), json!([]));
    let account = shop.json(import);
    assert_eq!(
        [
            &account["resolved"],
            &account["closed_unresolved"],
            &account["still_open"],
            &account["customers"]
        ],
        [&json!(1), &json!(1), &json!(1), &json!(2)]
    );
    let all = shop.json(["list", "is:any", "--sort", "newest"]);
    let by_id = |id: &str| -> Value {
        let all = all.as_array().unwrap().iter();
        all.clone()
            .find(|one| one["external_id"] == id)
            .unwrap()
            .clone()
    };
    let one = by_id("T-1");
    assert_eq!(
        (&one["opened_at"], &one["assignee"]),
        (&json!("2026-11-02T08:00:00Z"), &json!("zoe"))
    );
    assert_eq!(one["resolution"]["detail"], "A new cable");
    assert_eq!(one["severity"]["agreed"], "critical");
    assert_eq!(by_id("T-3")["state"], "open");
    // As JSON lines, grown by one: only that one is new.
    let mut lines: Vec<Value> = Vec::new();
    let mut table = TICKETS
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let names = table.next().unwrap();
    for cells in table {
        lines.push(
            names
                .iter()
                .zip(cells)
                .map(|(name, cell)| ((*name).to_owned(), json!(cell)))
                .collect(),
        );
    }
    lines.push(json!({"Ticket": "T-4", "Created": "2026-11-05 09:00", "Company": "Blue Fern", "Subject": "Again"}));
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    file("tickets.jsonl", &text.join("\n"));
    let again = shop.json(["import", "incidents", "tickets.jsonl", "--map", "map.toml"]);
    assert_eq!(
        (&again["incidents"], &again["already_here"]),
        (&json!(1), &json!(3))
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_table_of_incidents_that_does_not_fit_brings_in_nothing() {
    let shop = Shop::new(&["severity"]);
    let file = |name: &str, text: &str| fs::write(shop.path(name), text).unwrap();
    file("map.toml", MAP);
    let import = ["import", "incidents", "tickets.csv", "--map", "map.toml"];
    for (from, to, said) in [
        (
            "2026-11-03 09:00",
            "yesterday",
            "line 3: \"yesterday\" is no time",
        ),
        (
            "2026-11-02 09:30",
            "2026-11-01 09:30",
            "line 2: 2026-11-01 09:30 is before it was received",
        ),
        (
            "2026-11-04 09:00",
            "2027-11-04 09:00",
            "line 4: Thu 4 Nov 2027 08:00 UTC is in the future",
        ),
        (
            "Blue Fern,It hums",
            ",It hums",
            "line 3: it names no customer",
        ),
    ] {
        file("tickets.csv", &TICKETS.replacen(from, to, 1));
        let told = shop.fails(2, import);
        assert!(told.contains(said), "{told}");
    }
    file("tickets.csv", &TICKETS.replacen("Gone by itself", "", 1));
    let told = shop.fails(2, import);
    assert!(
        told.contains("line 3: ") && told.contains("nothing was imported"),
        "{told}"
    );
    file("tickets.csv", "Ticket\nT-1\n");
    let told = shop.fails(2, import);
    assert!(
        told.contains("\"Created\"") && told.contains("\"Owner\""),
        "{told}"
    );
    file("map.toml", &MAP.replace("\"fixed\"", "\"cured\""));
    let told = shop.fails(2, import);
    assert!(told.contains("none of these outcomes"), "{told}");
    assert_eq!(shop.json(["list", "is:any"]), json!([]));
    assert_eq!(shop.json(["customer", "list"]), json!([]));
}
