//! What another help desk or a spreadsheet kept comes in: by the mapping that goes with it, and by the README alone.
//!
//! The files are written for these tests, in the form in which each system exports.

mod faults;
mod readme;
mod stumbles;

use std::fs;

use rstest::rstest;
use serde_json::Value;

use crate::shop::Shop;

/// A system: its mapping, its export, what the command says besides, and a status that is changed into an unknown one.
struct System {
    map: &'static str,
    file: &'static str,
    text: &'static str,
    zone: &'static [&'static str],
    status: [&'static str; 2],
    /// The line of that.
    line: u64,
    /// What there is in all, resolved, closed without a resolution, ignored.
    counts: [u64; 4],
}

const ROME: &[&str] = &["--zone", "Europe/Rome"];

const ZENDESK: System = System {
    map: "zendesk",
    file: "export.csv",
    text: include_str!("zendesk.csv"),
    zone: ROME,
    status: ["\"Pending\"", "\"Sleeping\""],
    line: 3,
    counts: [4, 2, 0, 0],
};

const ZAMMAD: System = System {
    map: "zammad",
    file: "tickets.json",
    text: include_str!("zammad.json"),
    zone: &[],
    status: ["\"state\": \"new\"", "\"state\": \"sleeping\""],
    line: 3,
    counts: [4, 1, 1, 1],
};

const OSTICKET: System = System {
    map: "osticket",
    file: "queue.csv",
    text: include_str!("osticket.csv"),
    zone: ROME,
    status: ["Web;Open", "Web;Sleeping"],
    line: 3,
    counts: [3, 1, 0, 1],
};

const REQUEST_TRACKER: System = System {
    map: "request-tracker",
    file: "Results.tsv",
    text: include_str!("request-tracker.tsv"),
    zone: ROME,
    status: ["\tnew\t", "\tsleeping\t"],
    line: 3,
    counts: [4, 1, 1, 1],
};

impl System {
    fn command(&self) -> Vec<&'static str> {
        let command = ["import", "incidents", self.file, "--map", self.map];
        [&command[..], self.zone].concat()
    }
}

/// A shop in whose folder the file lies.
fn shop(policy: &str, file: &str, text: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    fs::write(shop.path(file), text).unwrap();
    shop
}

/// What is on record of an incident by its number there.
fn case(shop: &Shop, id: &str) -> Value {
    let listed = shop.json(["list", "is:any", "--limit", "100"]);
    let mut all = listed.as_array().unwrap().iter();
    let found = all
        .find(|one| one["external_id"] == id)
        .unwrap_or_else(|| panic!("{id}: {listed}"));
    shop.json(["show", found["tech_ref"].as_str().unwrap()])
}

/// The fields of an incident by their paths, as text.
fn facts(case: &Value, paths: &[&str]) -> Vec<String> {
    let fact = |path: &&str| match case.pointer(path) {
        Some(Value::String(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    paths.iter().map(fact).collect()
}

const FACTS: [&str; 7] = [
    "/opened_at",
    "/customer/name",
    "/contact/name",
    "/channel",
    "/severity/agreed",
    "/assignee",
    "/state",
];

#[rstest]
#[case::zendesk(ZENDESK)]
#[case::zammad(ZAMMAD)]
#[case::osticket(OSTICKET)]
#[case::request_tracker(REQUEST_TRACKER)]
fn an_export_comes_in_once_and_whole(#[case] system: System) {
    let shop = shop("severity", system.file, system.text);
    let counted = |account: &Value| {
        ["incidents", "resolved", "closed_unresolved", "ignored"]
            .map(|what| account[what].as_u64().unwrap())
    };
    let dry = shop.json(system.command().iter().chain(&["--dry-run"]));
    assert_eq!(counted(&dry), system.counts, "{dry}");
    assert_eq!(shop.json(["list", "is:any"]), serde_json::json!([]));
    // A status of the shop's own is no reason to guess.
    let [known, unknown] = system.status;
    assert_eq!(system.text.matches(known).count(), 1);
    fs::write(shop.path(system.file), system.text.replace(known, unknown)).unwrap();
    let said = shop.fails(2, system.command());
    let line = format!("line {}: the map knows no \"", system.line);
    assert!(
        said.contains(&line) && said.to_lowercase().contains("sleeping"),
        "{said}"
    );
    fs::write(shop.path(system.file), system.text).unwrap();
    let account = shop.json(system.command());
    assert_eq!(counted(&account), system.counts, "{account}");
    let before = shop.ok(["list", "is:any", "--json"]);
    let again = shop.json(system.command());
    assert_eq!(again["incidents"], 0, "{again}");
    assert_eq!(again["already_here"], system.counts[0], "{again}");
    assert_eq!(shop.ok(["list", "is:any", "--json"]), before);
    shop.ok(["desk", "check"]);
}

#[rstest]
#[case::zendesk(ZENDESK)]
#[case::zammad(ZAMMAD)]
#[case::osticket(OSTICKET)]
#[case::request_tracker(REQUEST_TRACKER)]
fn an_export_comes_in_under_every_policy(#[case] system: System) {
    for policy in holdline::policy::shipped_names() {
        let shop = shop(policy, system.file, system.text);
        let office: &[&str] = match policy {
            "escalation" => &["--office", "uk"],
            _ => &[],
        };
        let account = shop.json(system.command().iter().chain(office));
        assert_eq!(
            account["incidents"], system.counts[0],
            "{policy}: {account}"
        );
        assert_eq!(account["resolved"], system.counts[1], "{policy}: {account}");
        shop.ok(["desk", "check"]);
    }
}

#[test]
fn zendesk_tells_who_what_and_when() {
    let shop = shop("severity", ZENDESK.file, ZENDESK.text);
    shop.ok(ZENDESK.command());
    let open = case(&shop, "Zendesk 101");
    let wanted = [
        "2026-11-20T08:00:00Z",
        "Blue Fern",
        "Ada Moss",
        "mail",
        "high",
        "Mira Lund",
        "open",
    ];
    assert_eq!(facts(&open, &FACTS), wanted);
    assert_eq!(open["first_response_at"], Value::Null);
    let pending = case(&shop, "Zendesk 102");
    let wanted = [
        "2026-11-19T09:00:00Z",
        "Kim Reed",
        "Kim Reed",
        "other",
        "normal",
        "Mira Lund",
        "open",
    ];
    assert_eq!(facts(&pending, &FACTS), wanted);
    assert_eq!(pending["first_response_at"], "2026-11-19T11:00:00Z");
    let solved = case(&shop, "Zendesk 103");
    assert_eq!(
        facts(&solved, &FACTS)[3..],
        ["phone", "urgent", "Jonas Berg", "resolved"]
    );
    assert_eq!(solved["resolution"]["at"], "2026-11-12T16:00:00Z");
    let closed = case(&shop, "Zendesk 104");
    assert_eq!(closed["summary"], "(no subject)");
    assert_eq!(closed["resolution"]["at"], "2026-11-05T09:00:00Z");
    // The number that the caller has from there finds it.
    assert!(shop.ok(["search", "103"]).contains("Invoices, twice"));
    // Whoever is known by an address from now on may write.
    let answer = crate::mail::post::mail("kim@example.net", "One more thing", "");
    assert_ne!(
        crate::mail::post::post(&shop, &answer)["reason"],
        "kim@example.net is no registered address of any customer"
    );
}

#[test]
fn an_address_leads_to_the_customer_for_whom_it_is_registered() {
    let shop = shop("severity", OSTICKET.file, OSTICKET.text);
    fs::write(shop.path("customers.csv"), include_str!("customers.csv")).unwrap();
    shop.ok(["import", "customers", "customers.csv"]);
    let account = shop.json(OSTICKET.command());
    assert_eq!(account["customers"], 0, "{account}");
    let open = case(&shop, "osTicket 482913");
    let wanted = [
        "2026-11-20T08:00:00Z",
        "Blue Fern",
        "Ada Moss",
        "mail",
        "high",
        "Mira Lund",
        "open",
    ];
    assert_eq!(facts(&open, &FACTS), wanted);
    assert_eq!(open["product"], "Printers");
    assert_eq!(open["first_response_at"], "2026-11-20T10:00:00Z");
    let new = case(&shop, "osTicket 482914");
    assert_eq!(facts(&new, &FACTS)[1..3], ["Red Oak", "Kim Reed"]);
    assert_eq!(new["assignee"], Value::Null);
    let closed = case(&shop, "osTicket 482915");
    assert_eq!(
        facts(&closed, &FACTS)[3..],
        ["phone", "critical", "Jonas Berg", "resolved"]
    );
}

#[test]
fn zammad_tells_who_what_and_when() {
    let shop = shop("severity", ZAMMAD.file, ZAMMAD.text);
    shop.ok(ZAMMAD.command());
    let open = case(&shop, "Zammad 71003");
    let wanted = [
        "2026-11-20T08:00:00Z",
        "Blue Fern",
        "ada@example.com",
        "mail",
        "high",
        "mira@example.org",
        "open",
    ];
    assert_eq!(facts(&open, &FACTS), wanted);
    assert_eq!(open["first_response_at"], "2026-11-20T08:40:00Z");
    // What was answered after it was closed reopens nothing.
    let closed = case(&shop, "Zammad 71005");
    assert_eq!(
        facts(&closed, &FACTS)[3..],
        ["phone", "low", "jonas@example.org", "resolved"]
    );
    assert_eq!(
        (&closed["reopened"], &closed["resolution"]["at"]),
        (&0.into(), &"2026-11-12T17:00:00Z".into())
    );
    let merged = case(&shop, "Zammad 71006");
    assert_eq!(merged["resolution"]["outcome"], "duplicate");
}

#[test]
fn request_tracker_tells_who_what_and_when() {
    let shop = shop("severity", REQUEST_TRACKER.file, REQUEST_TRACKER.text);
    shop.ok(REQUEST_TRACKER.command());
    let open = case(&shop, "RT 2301");
    let wanted = [
        "2026-11-20T08:00:00Z",
        "Ada Moss",
        "Ada Moss",
        "mail",
        "high",
        "mira",
        "open",
    ];
    assert_eq!(facts(&open, &FACTS), wanted);
    assert_eq!(open["summary"], "\"Printer\" stops after one page");
    assert_eq!(open["first_response_at"], "2026-11-20T08:40:00Z");
    let new = case(&shop, "RT 2302");
    assert_eq!(
        facts(&new, &FACTS)[1..3],
        ["kim@example.net", "kim@example.net"]
    );
    assert_eq!(
        (&new["assignee"], &new["first_response_at"]),
        (&Value::Null, &Value::Null)
    );
    let resolved = case(&shop, "RT 2303");
    assert_eq!(
        facts(&resolved, &["/summary", "/customer/name", "/resolution/at"]),
        ["\"Invoices twice", "Ada Moss", "2026-11-12T16:00:00Z"]
    );
    assert_eq!(
        case(&shop, "RT 2304")["resolution"]["outcome"],
        "not-an-incident"
    );
}

#[test]
fn a_spreadsheet_comes_in_without_a_mapping() {
    let shop = shop("severity", "customers.csv", include_str!("customers.csv"));
    fs::write(shop.path("cases.csv"), include_str!("cases.csv")).unwrap();
    let account = shop.json(["import", "customers", "customers.csv"]);
    assert_eq!(
        (&account["customers"], &account["people"]),
        (&2.into(), &3.into()),
        "{account}"
    );
    let said = shop.fails(2, ["import", "incidents", "cases.csv"]);
    assert!(said.contains("--zone"), "{said}");
    let import = ["import", "incidents", "cases.csv", "--zone", "Europe/Rome"];
    let account = shop.ok(import);
    assert!(
        account.contains("nothing was taken of the columns \"Shelf\""),
        "{account}"
    );
    let open = case(&shop, "1");
    let wanted = [
        "2026-11-20T08:00:00Z",
        "Blue Fern",
        "Ada Moss",
        "other",
        "high",
        "Mira Lund",
        "open",
    ];
    assert_eq!(facts(&open, &FACTS), wanted);
    let new = case(&shop, "2");
    assert_eq!(
        facts(&new, &FACTS)[..2],
        ["2026-11-18T23:00:00Z", "Red Oak"]
    );
    assert_eq!(new["severity"]["agreed"], "normal");
    // The day on which it was closed is the day on which it was opened.
    let done = case(&shop, "3");
    assert_eq!(
        facts(&done, &FACTS)[4..],
        ["critical", "Jonas Berg", "resolved"]
    );
    assert_eq!(done["resolution"]["at"], "2026-11-10T07:15:00Z");
    let closed = case(&shop, "4");
    assert_eq!(
        facts(&closed, &["/customer/name", "/state"]),
        ["Grey Elm", "resolved"]
    );
    assert_eq!(shop.json(import)["incidents"], 0);
    shop.ok(["desk", "check"]);
}

#[rstest]
#[case::dates("id,opened,customer,summary\n1,31/12/2025,Blue Fern,Help\n", &[], "line 2: \"31/12/2025\" is no time")]
#[case::no_number("opened,customer,summary\n2026-11-01,Blue Fern,Help\n", &[], "no column \"id\"")]
#[case::no_customer("id,opened,customer,summary\n1,2026-11-01,,Help\n", &[], "line 2: it names no customer")]
#[case::status("id,opened,customer,summary,status\n1,2026-11-01,Blue Fern,Help,opne\n", &[], "did you mean \"open\"?")]
#[case::zone("id,opened,customer,summary\n1,2026-11-01,Blue Fern,Help\n", &["--zone", "Rome"], "no time zone")]
#[case::times("id,opened,customer,summary\n1,2026-11-01,Blue Fern,Help\n", &["--times", "%Q"], "no strftime format")]
#[case::map("id,opened,customer,summary\n", &["--map", "zendsk"], "zendesk")]
#[case::utf16("\u{feff}", &[], "no column")]
fn what_a_spreadsheet_lacks_is_said_in_a_line(
    #[case] text: &str,
    #[case] more: &[&str],
    #[case] why: &str,
) {
    let shop = shop("severity", "cases.csv", text);
    let zone: &[&str] = if more.contains(&"--zone") { &[] } else { ROME };
    let import = ["import", "incidents", "cases.csv"];
    let said = shop.fails(2, [&import[..], zone, more].concat());
    assert!(said.contains(why), "{said}");
}

#[test]
fn times_are_read_as_it_is_told() {
    let text = "id,opened,customer,summary\n1,31/12/2025,Blue Fern,Help\n2,1/2/2026 15:30,Blue Fern,Help\n";
    let shop = shop("severity", "cases.csv", text);
    let times = [
        "--times",
        "%d/%m/%Y",
        "--times",
        "%d/%m/%Y %H:%M",
        "--zone",
        "UTC",
    ];
    shop.ok(["import", "incidents", "cases.csv"].iter().chain(&times));
    assert_eq!(case(&shop, "1")["opened_at"], "2025-12-31T00:00:00Z");
    assert_eq!(case(&shop, "2")["opened_at"], "2026-02-01T15:30:00Z");
}

#[rstest]
#[case::latin(
    "id,opened,customer,summary\n1,2026-11-01,Caf\u{e9},Help\n",
    "CSV UTF-8"
)]
#[case::wide("\u{ff}\u{fe}i\u{0}d\u{0}", "UTF-16")]
fn another_encoding_is_told_with_what_to_do(#[case] text: &str, #[case] why: &str) {
    let shop = shop("severity", "cases.csv", "");
    // One byte a character, as spreadsheets write that are not told otherwise.
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    fs::write(shop.path("cases.csv"), bytes).unwrap();
    let said = shop.fails(2, ["import", "incidents", "cases.csv", "--zone", "UTC"]);
    assert!(said.contains(why), "{said}");
}

#[test]
fn a_mapping_that_comes_with_the_program_can_be_made_ones_own() {
    let shop = shop(
        "severity",
        ZENDESK.file,
        &ZENDESK.text.replace("\"Pending\"", "\"Sleeping\""),
    );
    let listed = shop.ok(["import", "map"]);
    assert!(
        listed.lines().any(|line| line.starts_with("zendesk: ")),
        "{listed}"
    );
    let own = shop.ok(["import", "map", "zendesk"]);
    fs::write(
        shop.path("own.toml"),
        own.replace("\"Pending\"", "\"Sleeping\""),
    )
    .unwrap();
    let import = [
        "import",
        "incidents",
        ZENDESK.file,
        "--map",
        "own.toml",
        "--zone",
        "UTC",
    ];
    assert_eq!(shop.json(import)["incidents"], 4);
    assert!(
        shop.fails(2, ["import", "map", "zendesc"])
            .contains("zendesk")
    );
}
