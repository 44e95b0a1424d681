//! What is read in a box, and what leaves the console as a file, in a terminal.

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// F4 as terminals send it.
const F4: &str = "\u{1b}OS";

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
    terminal.press("e").shows("its ground not said");
    terminal.type_in("not u").press("ctrl-d");
    terminal.shows("10001-4: the ground is recorded");
    let ground = &show(&shop, "10001-4")["escalations"][0]["ground"];
    assert!(ground.as_str().unwrap().starts_with("not-u"), "{ground}");
}

/// Mail from this address, of one line.
fn mail_from(shop: &Shop, from: &str, subject: &str) {
    let mail = format!(
        "From: {from}\r\nTo: support@example.com\r\nSubject: {subject}\r\n\r\nIt blinks.\r\n"
    );
    let took = shop.run_with(&mail, ["mail", "in"]);
    assert_eq!(took.code, 0, "{took:?}");
}

#[test]
fn p5_10_messages_are_sent_and_mail_is_decided_about_by_keys() {
    let shop = Shop::new(&["escalation"]);
    let customer = ["customer", "add", "Blue Fern", "--office", "uk"];
    shop.ok(customer
        .iter()
        .chain(&["--contact", "Ada Moss", "--mail", "ada@blue-fern.test"]));
    shop.log("Blue Fern", &["--detail", "Dark since this morning."]);
    mail_from(&shop, "kim@home.test", "[10001-4] It still stops");
    mail_from(&shop, "eve@elsewhere.test", "Buy now");
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("10001-4");
    terminal.type_in(F4).shows("10001-4/1");
    terminal.press("@").shows("kept as failed");
    terminal.press("tab tab").type_in("\u{15}sent").press("tab");
    terminal.type_in("\u{15}support@shop.test").press("ctrl-d");
    terminal.shows("message 10001-4/1 is sent");
    let sent = std::fs::read_to_string(shop.path("sent/10001-4-1.eml")).unwrap();
    assert!(sent.contains("support@shop.test"), "{sent}");
    terminal.type_in("h").shows("M-2");
    terminal.press("C").shows("What*");
    terminal.type_in("dis").press("tab");
    terminal.type_in("an advertisement").press("ctrl-d");
    terminal.shows("M-2 is dismissed");
    terminal.press("enter").shows("It blinks.");
    terminal.press("q C").shows("What*");
    terminal.type_in("take").press("tab").shows("Who wrote it");
    terminal.press("tab tab tab").type_in("Lee").press("ctrl-d");
    terminal.shows("Once more Ctrl-D does it");
    terminal.press("ctrl-d");
    terminal.shows("M-1 continued 10001-4");
    assert!(shop.ok(["show", "10001-4"]).contains("It blinks."));
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_07_a_closure_is_added_by_keys_once_it_was_foreseen() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "Our mistake"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("10001-4");
    terminal.type_in("\u{1b}[17~").shows("Offices: 1 of 1 open");
    terminal.press("+ tab").type_in("+10m").press("tab");
    terminal.type_in("+2h").press("tab").type_in("Power cut");
    terminal.press("ctrl-d").shows("1 deadline moves");
    assert!(shop.ok(["closure", "list"]).contains("No closure"));
    terminal.press("ctrl-d").shows("the hours are changed");
    assert!(shop.ok(["closure", "list"]).contains("Power cut"));
    terminal.press("-").shows("closure 1 (Power cut)");
    terminal.press("ctrl-d").shows("1 deadline moves");
    terminal.press("ctrl-d").shows("the hours are as before");
    assert!(shop.ok(["closure", "list"]).contains("No closure"));
}
