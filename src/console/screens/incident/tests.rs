//! An incident on the clocks of those who read it.

use chrono_tz::{America::New_York, Asia::Tokyo};

use crate::console::look::tests::rich;
use crate::console::testing::Shop;
use crate::incident::{Contact, Log, NewCustomer};

const LARGE: (u16, u16) = (200, 60);

#[test]
fn what_happened_is_on_the_agents_clock_and_a_deadline_on_the_others_too() {
    let mut shop = Shop::new(&["severity"]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("high".to_owned()),
        contact: Some(Contact {
            name: "Ada Moss".to_owned(),
            zone: Some("America/New_York".to_owned()),
            ..Contact::default()
        }),
        ..Log::new(fern, "No sound")
    };
    let number = shop.log("mira", "2026-11-23T16:00:00Z", log);
    let mut console = shop.open("2026-11-23T16:30:00Z", Tokyo, LARGE);
    console.press("enter");
    let shown = console.picture(LARGE, &rich());
    assert!(shown.contains("Tue 01:00 JST, phone"), "{shown}");
    assert!(shown.contains("01:00  mira  Logged"), "{shown}");
    let (incident, _) = console.desk().incident(number, console.model.now).unwrap();
    let due = incident.next_clock().unwrap().due_at;
    let office = console.desk().ruling(Some("severity")).unwrap();
    let office = office.deadlines.calendar(None).unwrap().unwrap().zone();
    let here = due.with_timezone(&Tokyo).format("due %a %H:%M JST (");
    assert!(shown.contains(&here.to_string()), "{shown}");
    for zone in [office, New_York] {
        let there = due.with_timezone(&zone).format("%H:%M %Z");
        assert!(shown.contains(&there.to_string()), "{there}: {shown}");
    }
    // The queue's preview says the same.
    console.press("esc");
    let shown = console.picture(LARGE, &rich());
    assert!(shown.contains(&here.to_string()), "{shown}");
    assert!(shown.contains("Tue 01:00 JST, phone"), "{shown}");
}
