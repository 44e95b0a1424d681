//! What is read in a box, and what leaves the console as a file, in a terminal.

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

#[test]
fn p1_22_the_receipt_is_written_to_a_file_by_keys() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "Our mistake"]);
    let said = shop.ok(["receipt", &number]);
    for (size, name) in [(SMALL, "one.txt"), (LARGE, "two.txt")] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.shows(&number);
        terminal.press("$").shows("Receipt for 10001-4");
        terminal.press("W").shows("receipt-10001-4.txt");
        terminal.type_in("\u{15}").type_in(name).press("enter");
        terminal.shows(&format!("written to {name}"));
        let written = std::fs::read_to_string(shop.path(name)).unwrap();
        assert_eq!(written, format!("{said}\n"));
    }
}

#[test]
fn p4_16_the_ground_that_a_mail_owes_is_said_by_keys() {
    let shop = Shop::new(&["escalation"]);
    let customer = ["customer", "add", "Blue Fern", "--office", "uk"];
    shop.ok(customer
        .iter()
        .chain(&["--contact", "Ada Moss", "--mail", "ada@blue-fern.test"]));
    let mail = "From: ada@blue-fern.test\r\nTo: support@example.com\r\nCc: support.manager@example.com\r\n\
                Subject: Nobody answers\r\n\r\nWe wait.\r\n";
    let took = shop.run_with(mail, ["mail", "in"]);
    assert_eq!(took.code, 0, "{took:?}");
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("Nobody answers");
    terminal.press("e").shows("its ground not said yet");
    terminal.type_in("not u").press("ctrl-d");
    terminal.shows("10001-4: the ground is recorded");
    let ground = &show(&shop, "10001-4")["escalations"][0]["ground"];
    assert!(ground.as_str().unwrap().starts_with("not-u"), "{ground}");
}
