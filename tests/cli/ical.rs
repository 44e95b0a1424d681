//! `holdline ical` and `holdline closure import`.

use std::collections::BTreeMap;
use std::fs;

use crate::shop::Shop;

/// The events of a calendar by their names, each with its properties; no line may be longer than the format allows.
fn events(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
        "{text}"
    );
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "");
    let events = whole.split("BEGIN:VEVENT\r\n").skip(1);
    let of = |event: &str| {
        let own = event.split("END:VEVENT").next().unwrap();
        let lines = own.split("\r\n").filter_map(|line| line.split_once(':'));
        lines
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    };
    let named = |event| {
        let event: BTreeMap<String, String> = of(event);
        (event["UID"].clone(), event)
    };
    events.map(named).collect()
}

fn calendar(shop: &Shop, more: &[&str]) -> BTreeMap<String, BTreeMap<String, String>> {
    let ran = shop.run([&["ical"], more].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    events(&ran.stdout)
}

#[test]
fn what_is_due_is_in_the_calendar_under_a_name_that_stays() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern, Ltd");
    let number = shop.log("Blue Fern, Ltd", &["--severity", "critical"]);
    let first = calendar(&shop, &[]);
    assert_eq!(first.len(), 1, "{first:?}");
    let (name, event) = first.first_key_value().unwrap();
    let due = shop.json(["show", &number])["next_due_at"]
        .as_str()
        .unwrap()
        .replace(['-', ':'], "");
    assert_eq!(event["DTSTART"], due);
    assert_eq!(event["DTSTAMP"], "20261123T210000Z");
    assert_eq!(
        event["SUMMARY"],
        format!("Response due: {number} Blue Fern\\, Ltd\\, It does not start")
    );
    // An hour later it is the same event; answered, it is gone, and the estimate is there.
    shop.at("2026-11-23T21:05:00Z");
    assert!(calendar(&shop, &[]).contains_key(name));
    shop.ok(["respond", &number, "It is the cable", "--estimate", "+2h"]);
    let estimate = calendar(&shop, &[]);
    assert!(!estimate.contains_key(name), "{estimate:?}");
    assert_eq!(
        estimate.values().next().unwrap()["DTSTART"],
        "20261123T230500Z"
    );
    assert_eq!(estimate.values().next().unwrap()["CATEGORIES"], "estimate");
    // What waits for the customer is nobody's to do by then.
    shop.ok(["close", &number, "--as", "withdrawn", "--detail", "Gone"]);
    assert_eq!(calendar(&shop, &[]).len(), 0);
}

#[test]
fn a_calendar_is_that_of_one_agent_or_of_a_file() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.ok(["agent", "add", "bo"]);
    let [one, two] = [(); 2].map(|()| shop.log("Blue Fern", &["--severity", "high"]));
    shop.ok(["assign", &one, "bo"]);
    let numbers = |more: &[&str]| {
        let due = shop.json([&["ical"], more].concat());
        let due = due.as_array().unwrap().iter();
        due.map(|due| due["tech_ref"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&["--agent-only", "bo"]), std::slice::from_ref(&one));
    assert_eq!(numbers(&["--agent-only", "none"]), [two]);
    let said = shop.fails(3, ["ical", "--agent-only", "bob"]);
    assert!(said.contains("did you mean bo?"), "{said}");
    shop.ok(["schedule", &one, "2026-11-25T10:00:00Z"]);
    let said = shop.ok(["ical", "--to", "desk.ics"]);
    assert_eq!(said, "3 events are in desk.ics");
    let written = events(&fs::read_to_string(shop.path("desk.ics")).unwrap());
    let call = written
        .values()
        .find(|event| event["CATEGORIES"] == "appointment")
        .unwrap();
    assert_eq!(call["DTSTART"], "20261125T100000Z");
    let said = shop.fails(2, ["ical", "--to", "desk.holdline"]);
    assert!(said.contains("such as a desk"), "{said}");
    shop.ok(["desk", "check"]);
    shop.fails(2, ["ical", "--to", "nowhere/desk.ics"]);
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Old Year\\, half a day\r\nDTSTART:20261231T200000Z\r\nDTEND:20270101T010000Z\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Stocktaking\r\nDTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261203\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Long past\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Not after all\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261210\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

#[test]
fn holidays_are_read_from_a_calendar_once() {
    let shop = Shop::new(&["severity"]);
    fs::write(shop.path("holidays.ics"), HOLIDAYS).unwrap();
    let import = ["closure", "import", "holidays.ics", "--policy", "severity"];
    let dry = shop.ok([&import[..], &["--dry-run"]].concat());
    assert!(dry.starts_with("2 of 4 events would be added"), "{dry}");
    assert_eq!(shop.json(["closure", "list"]).as_array().unwrap().len(), 0);
    let done = shop.json(import);
    assert_eq!(
        (&done["past"], &done["cancelled"], &done["already_here"]),
        (&1.into(), &1.into(), &0.into())
    );
    let known = shop.json(["closure", "list"]);
    // Whole days are those of the policy's own clock.
    assert_eq!(known[0]["reason"], "Stocktaking");
    let zone = done["added"].as_array().unwrap().len();
    assert_eq!(zone, 2);
    let from = known[0]["from"].as_str().unwrap();
    assert!(
        from.starts_with("2026-12-01T0") && from != "2026-12-01T00:00:00Z",
        "{from}"
    );
    assert_eq!(known[1]["reason"], "Old Year, half a day");
    assert_eq!(known[1]["from"], "2026-12-31T20:00:00Z");
    let again = shop.json(import);
    assert_eq!(
        (
            &again["already_here"],
            again["added"].as_array().unwrap().len()
        ),
        (&2.into(), 0)
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_calendar_that_does_not_fit_adds_nothing() {
    let shop = Shop::new(&["severity"]);
    let file = |text: &str| fs::write(shop.path("x.ics"), text).unwrap();
    let import = ["closure", "import", "x.ics", "--all"];
    shop.fails(2, import);
    file("Dear all,");
    let said = shop.fails(2, import);
    assert!(said.contains("x.ics, line 1: it is no calendar"), "{said}");
    file(&HOLIDAYS.replace("UID:4", "RRULE:FREQ=YEARLY"));
    let said = shop.fails(2, import);
    assert!(said.contains("comes again"), "{said}");
    file(&HOLIDAYS.replace("DTEND:20270101T010000Z", "DTEND:20261201T010000Z"));
    let said = shop.fails(2, import);
    assert!(!said.contains("Stocktaking"), "{said}");
    file(HOLIDAYS);
    shop.fails(2, ["closure", "import", "x.ics"]);
    shop.fails(3, ["closure", "import", "x.ics", "--policy", "none"]);
    assert_eq!(shop.json(["closure", "list"]).as_array().unwrap().len(), 0);
}
