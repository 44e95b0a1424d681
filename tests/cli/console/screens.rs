//! The screens beside the queue, in a terminal.

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

/// F3 as terminals send it.
const F3: &str = "\u{1b}OR";

#[test]
fn a_customer_is_found_and_changed() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.log("Grey Heron", &["--severity", "low"]);
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.type_in(F3).shows("Customers 2");
        terminal.type_in("/").shows("filter:");
        terminal.type_in("heron").shows("Customers 1");
        terminal.press("enter enter").shows("It does not start");
        terminal.type_in("C").shows("Change Grey Heron");
        terminal.type_in("s").press("ctrl-d");
        terminal.shows("the customer is changed");
        let shown = shop.json(["customer", "show", "C-0002"]);
        assert!(shown["name"].as_str().unwrap().starts_with("Grey Herons"));
        terminal.press("backspace backspace").shows("Customers 2");
        // What another program does shows by itself.
        shop.ok(["customer", "edit", "C-0002", "--name", "Grey Heron"]);
        terminal.shows("Grey Heron ");
    }
}
