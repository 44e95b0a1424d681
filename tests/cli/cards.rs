//! Numbers of payment cards: refused in whatever is typed, masked in what comes from outside, and nowhere on the disk.

use std::fs;
use std::path::Path;

use crate::shop::Shop;

const CARD: &str = "4111 1111 1111 1111";

/// Whether the number stands in any file under a folder, however it is grouped.
fn is_kept(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_kept(&path);
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).replace([' ', '-'], "");
        text.contains("4111111111111111")
    })
}

#[test]
fn whatever_the_command_a_card_that_is_typed_is_refused_with_the_reason() {
    let shop = Shop::new(&["severity", "per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let unpaid = shop.log("Blue Fern", &["--policy", "per-incident"]);
    shop.at("2026-11-23T22:00:00Z");
    let card = format!("It is {CARD}");
    let card = card.as_str();
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--severity",
        "low",
        "--summary",
    ];
    let commands: Vec<Vec<&str>> = vec![
        [&log[..], &[card]].concat(),
        [&log[..], &["Short", "--detail", card]].concat(),
        vec!["customer", "add", card],
        vec!["contact", "add", "Blue Fern", card],
        vec!["note", &number, card],
        vec![
            "respond",
            &number,
            card,
            "--by",
            "phone",
            "--no-estimate",
            "none",
        ],
        vec!["wait", &number, card],
        vec!["edit", &number, "--summary", card],
        vec!["resolve", &number, "--outcome", "fixed", "--detail", card],
        vec!["pay", &unpaid, "--method", "online", "--reference", CARD],
        vec![
            "call",
            "log",
            &number,
            "--in",
            "--minutes",
            "3",
            "--note",
            card,
        ],
        vec!["call", "no-incident", "wrong-number", "--note", card],
        vec!["handover", "--take", "--note", card],
        vec!["agent", "add", CARD],
        vec![
            "closure", "add", "--all", "--from", "+1h", "--to", "+2h", "--reason", card,
        ],
        vec!["split", &number, "--summary", card, "--told"],
        [&log[..], &["Short", "--external-id", CARD]].concat(),
        vec!["note", &number, "Short", "--once", CARD],
        vec!["ring", "--from", "+44 20 7946 0001", "--line", card],
    ];
    for command in commands {
        let ran = shop.run(&command);
        assert_ne!(ran.code, 0, "{command:?}");
        let why = "holds the number of a payment card, and none is ever kept: leave it out";
        assert!(ran.stderr.contains(why), "{command:?}: {ran:?}");
        assert_eq!(
            (ran.code, ran.stderr.lines().count()),
            (1, 1),
            "{command:?}: {ran:?}"
        );
        assert!(!ran.stderr.contains("4111"), "{command:?}: {ran:?}");
    }
    assert!(!is_kept(shop.desk().parent().unwrap()));
    shop.ok([
        "note",
        &number,
        "Order 1234 5678 9012 3452, ring +44 20 7946 0001, the card ends in 1111",
    ]);
    shop.ok(["desk", "check"]);
}

#[test]
fn in_mail_it_is_masked_and_the_timeline_says_so() {
    let shop = Shop::new(&["escalation"]);
    let add = ["customer", "add", "Blue Fern", "--office", "uk"];
    shop.ok(add.iter().chain(&["--mail", "ada@fern.example"]));
    let mail = format!(
        "From: \"Ada {CARD}\" <ada@fern.example>\r\nTo: help@shop.example\r\nSubject: Pay with {CARD}\r\n\
         Message-ID: <4111111111111111@fern.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\nTake 4111=201111=\r\n 1111 1111 please.\r\n--b\r\n\
         Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{CARD}.txt\"\r\n\r\nthe number {CARD}\r\n--b--\r\n"
    );
    let ran = shop.run_with(&mail, ["mail", "in"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let found = shop.json(["list"]);
    assert_eq!(found.as_array().unwrap().len(), 1, "{ran:?}");
    let number = found[0]["tech_ref"].as_str().unwrap();
    assert_eq!(
        found[0]["summary"],
        "Pay with [card number masked: 4111 11** **** 1111]"
    );
    let shown = shop.ok(["show", number]);
    assert!(
        shown.contains("Take [card number masked: 4111 11** **** 1111] please."),
        "{shown}"
    );
    // The Message-ID, which a program made, is the one of the mail.
    let again = shop.run_with(&mail, ["mail", "in"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(shop.json(["list"]).as_array().unwrap().len(), 1);
    let files = shop.path("desk.holdline.files");
    assert!(files.exists() && !is_kept(&files));
    shop.ok(["desk", "check"]);
}

#[test]
fn a_mail_from_a_stranger_waits_masked_with_the_whole_mail_beside_it() {
    let shop = Shop::new(&["severity"]);
    let mail = format!(
        "From: a@x.example, b@y.example\r\nSubject: {CARD}\r\nAuto-Submitted: {CARD}\r\n\r\nIt is {CARD}\r\n"
    );
    assert_eq!(shop.run_with(&mail, ["mail", "in"]).code, 0);
    let shown = shop.ok(["mail", "quarantine", "show", "M-1"]);
    assert!(shown.contains("4111 11** **** 1111"), "{shown}");
    assert!(!is_kept(shop.desk().parent().unwrap()));
}

#[test]
fn in_an_import_it_is_masked_and_the_timeline_says_so() {
    let shop = Shop::new(&["season-ticket"]);
    let log = format!(
        "case,what,when,who,text\n4111111111111111,Opened,2026-11-20 10:00,Blue Fern,Pay with {CARD}\n"
    );
    fs::write(shop.path("log.csv"), log).unwrap();
    let map = "case = '{case}'\nactivity = '{what}'\n[at]\ntime = '{when}'\nformat = '%Y-%m-%d %H:%M'\nzone = 'UTC'\n\
        [opens]\nchannel = 'mail'\ncustomer = '{who}'\nsummary = '{text}'\naccept = true\nwaive = 'settled'\n\
        [activities.Opened]\nnote = 'Said: {text}'\n";
    fs::write(shop.path("map.toml"), map).unwrap();
    shop.ok(["import", "events", "log.csv", "--map", "map.toml"]);
    let found = shop.json(["list"]);
    assert_eq!(
        found[0]["summary"],
        "Pay with [card number masked: 4111 11** **** 1111]"
    );
    // The case keeps its number in the other system: it is no text.
    assert_eq!(found[0]["external_id"], "4111111111111111");
    let shown = shop.ok(["show", found[0]["tech_ref"].as_str().unwrap()]);
    assert!(
        shown.contains("Said: Pay with [card number masked: "),
        "{shown}"
    );
}
