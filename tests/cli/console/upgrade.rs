//! A console that is left open while a newer program brings the desk up.

use super::terminal::{LARGE, Terminal};
use crate::shop::Shop;

#[test]
fn a_console_left_open_over_an_upgrade_says_restart() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows(&number);
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    desk.pragma_update(None, "user_version", 9_999).unwrap();
    // What is typed then is not recorded, and not lost.
    terminal.press("m").shows("Note");
    terminal.type_in("Seen by nobody").press("ctrl-d");
    terminal.shows("end this program");
    terminal.shows("Seen by nobody");
    let noted: i64 = desk
        .query_row(
            "SELECT count(*) FROM timeline WHERE kind = 'noted'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(noted, 0);
    desk.pragma_update(None, "user_version", holdline::store::SCHEMA)
        .unwrap();
    shop.ok(["desk", "check"]);
}
