//! Messages and mail, driven by keys over a real desk.

use chrono_tz::Tz;

use super::PAGE;
use crate::console::look::tests::{plain, rich};
use crate::console::model::Layer;
use crate::console::testing::{Console, Shop, at};
use crate::incident::{Addresses, Arrival, Command, Contact, CustomerId, Log, NewCustomer};
use crate::mail::Carrier;

const NOW: &str = "2026-11-23T12:00:00Z";
const SMALL: (u16, u16) = (80, 24);

/// A customer under the ladder's policy, to whom one message waits; and three mails from addresses that nobody knows.
fn shop() -> Shop {
    shop_of("ada@blue-fern.test")
}

/// The same, where the message goes to this address.
fn shop_of(address: &str) -> Shop {
    let mut shop = Shop::new(&["escalation"]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        office: Some("uk".to_owned()),
        contacts: vec![Contact {
            name: "Ada Moss".to_owned(),
            mails: vec![address.to_owned()],
            ..Contact::default()
        }],
        ..NewCustomer::default()
    });
    let log = Log {
        detail: Some("Dark since this morning.".to_owned()),
        ..Log::new(fern, "No picture")
    };
    shop.log("mira", NOW, log);
    mail(
        &mut shop,
        "kim@home.test",
        "[10001-4] It \u{202e}still stops",
    );
    mail(&mut shop, "eve@elsewhere.test", "Buy now");
    shop
}

fn mail(shop: &mut Shop, from: &str, subject: &str) {
    let arrival = Arrival {
        identity: subject.to_owned(),
        message_id: None,
        replies_to: Vec::new(),
        sender: Some(from.to_owned()),
        sender_name: Some("Kim Lee".to_owned()),
        to: Addresses::default(),
        cc: Addresses::default(),
        subject: subject.to_owned(),
        text: Some("The \u{1b}[31mred\u{1b}[0m lamp\nblinks.".to_owned()),
        delivered_at: at(NOW),
        automatic: None,
        by_program: false,
        unclear: None,
        files: Vec::new(),
    };
    shop.run("mira", NOW, &Command::Arrive(Box::new(arrival)));
}

fn console() -> Console {
    let mut console = shop().open(NOW, Tz::UTC, SMALL);
    console.press("f4");
    console
}

fn picture(console: &mut Console) -> String {
    console.picture(SMALL, &rich())
}

fn shows(console: &mut Console, words: &str) {
    let shown = picture(console);
    assert!(shown.contains(words), "no {words} in\n{shown}");
}

#[test]
fn a_message_is_sent_to_a_folder_and_one_that_failed_once_more() {
    let mut console = console();
    let folder = tempfile::tempdir().unwrap();
    console.model.post.carrier = Some(Carrier::program("/nowhere/sendmail -t -i"));
    console.model.post.from = Some("support@shop.test".to_owned());
    console.press("@");
    shows(&mut console, "to ada@blue-fern.test");
    console.press("tab");
    shows(&mut console, "/nowhere/sendmail -t -i");
    console.press("ctrl-d");
    shows(&mut console, "there is no such program");
    console.press("esc");
    shows(&mut console, "✗ failed: ");
    shows(&mut console, "(@ tries again)");
    console.press("@ tab").type_in("folder").press("tab ctrl-u");
    console.type_in(folder.path().to_str().unwrap());
    console.press("ctrl-d");
    shows(&mut console, "message 10001-4/1 is sent");
    shows(&mut console, "nothing waits to be sent");
    let sent = std::fs::read_to_string(folder.path().join("10001-4-1.eml")).unwrap();
    assert!(sent.contains("From: <support@shop.test>"), "{sent}");
    assert!(sent.contains("[10001-4]"), "{sent}");
    console.press("right");
    shows(&mut console, "10001-4/1");
    console.press("@");
    shows(&mut console, "the message was sent already");
}

#[test]
fn files_that_came_with_mail_are_written_to_a_folder() {
    let mut shop = shop();
    let with_file = |from: &str, name: &str| {
        format!(
            "From: {from}\nSubject: [10001-4] {name}\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee this.\n--b\n\
             Content-Type: text/plain; name={name}\nContent-Disposition: attachment\n\nin {name}\n--b--\n"
        )
    };
    for (from, name) in [
        ("ada@blue-fern.test", "log.txt"),
        ("ada@blue-fern.test", "list.txt"),
        ("lee@home.test", "other.txt"),
    ] {
        let mail = crate::mail::read(with_file(from, name).as_bytes(), at(NOW));
        let arrival = mail.keep(&shop.desk).unwrap();
        shop.run("mira", NOW, &Command::Arrive(Box::new(arrival)));
    }
    let mut console = shop.open(NOW, Tz::UTC, SMALL);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // What came with the mails of an incident, from wherever it is meant.
    console.press("W");
    shows(&mut console, "all of them");
    console
        .press("tab ctrl-u")
        .type_in(path("all").to_str().unwrap());
    console.press("ctrl-d");
    shows(&mut console, "written to");
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap_or_default();
    assert_eq!(read("all/log.txt").trim(), "in log.txt");
    assert_eq!(read("all/list.txt").trim(), "in list.txt");
    // What came with a mail that waits.
    console.press("f4 left W");
    shows(&mut console, "other.txt");
    console
        .press("tab ctrl-u")
        .type_in(path("one").to_str().unwrap());
    console.press("ctrl-d");
    assert_eq!(read("one/other.txt").trim(), "in other.txt");
    // One without any has a reason.
    console.press("down W");
    shows(&mut console, "no file came with its mail");
}

#[test]
fn what_waits_is_counted_on_the_tabs_and_in_the_header() {
    let mut console = console();
    shows(&mut console, "[Outbox 1]");
    shows(&mut console, "Quarantine 2");
    console.press("f1");
    shows(&mut console, "mail (F4): 2 in quarantine");
    console.press("f4 left C").type_in("dis").press("tab");
    console.type_in("an advertisement").press("ctrl-d f1");
    shows(&mut console, "mail (F4): 1 in quarantine");
}

#[test]
fn more_than_a_page_of_messages_is_reached_by_going_down() {
    let mut shop = shop();
    let again = Log {
        detail: Some("Dark as well.".to_owned()),
        ..Log::new(CustomerId(1), "No picture either")
    };
    for _ in 0..PAGE {
        shop.log("mira", NOW, again.clone());
    }
    let mut console = shop.open(NOW, Tz::UTC, SMALL);
    console.press("f4");
    let newest = console.model.messages.selected().unwrap().id;
    let waiting = console.desk().correspondence(usize::MAX).unwrap().queued;
    assert!(waiting > PAGE, "only {waiting} messages wait");
    let all = format!("[Outbox {waiting}]");
    shows(&mut console, &all);
    console.press("@");
    shows(&mut console, &format!("{waiting} of them"));
    console.press("esc G G");
    let oldest = console.model.messages.selected().unwrap().id;
    assert_eq!(oldest.tech_ref.to_string(), "10001-4");
    assert_ne!(oldest, newest);
}

#[test]
fn a_message_is_written_to_a_file_without_being_sent() {
    let mut console = console();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.eml");
    console.press("W");
    shows(&mut console, "10001-4-1.eml");
    console.press("ctrl-u").type_in(path.to_str().unwrap());
    console.press("tab").type_in("support").press("ctrl-d");
    shows(&mut console, "\"support\" is no mail address");
    console.type_in("@shop.test").press("ctrl-d");
    shows(&mut console, "written to");
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .contains("[10001-4]")
    );
    shows(&mut console, "queued");
}

/// What nobody would get is said when the form opens, before the agent looks up anything else for it.
#[test]
fn a_message_to_an_address_for_examples_is_refused_before_anything_is_filled_in() {
    let mut console = shop_of("ada@example.com").open(NOW, Tz::UTC, SMALL);
    console.press("f4 @");
    shows(&mut console, "✗ message 10001-4/1 goes to ada@example.com");
    let shown = picture(&mut console);
    assert!(!shown.contains("holdline mail"), "{shown}");
    console.press("ctrl-d");
    let Some(Layer::Edit(edit)) = console.model.layers.last() else {
        panic!("the form stays");
    };
    assert_eq!(edit.form.focused(), "which");
}

#[test]
fn a_missing_or_wrong_sender_is_refused_at_its_field() {
    for key in ["@", "W"] {
        let mut console = console();
        console.press(key).press("ctrl-d");
        let Some(Layer::Edit(edit)) = console.model.layers.last() else {
            panic!("the form stays");
        };
        assert_eq!(edit.form.focused(), "from", "{key}");
        shows(
            &mut console,
            "The policy names no address of the shop's own",
        );
        console.type_in("a@shop.test, b@shop.test");
        shows(&mut console, "comes from one address");
    }
}

#[test]
fn p4_02_a_mail_in_quarantine_is_read_and_joined_to_what_was_proposed() {
    let mut console = console();
    console.press("left down");
    insta::assert_snapshot!("quarantine_80x24", picture(&mut console));
    console.press("enter");
    shows(&mut console, "May belong to: 10001-4");
    shows(&mut console, "The \\u{1b}[31mred\\u{1b}[0m lamp");
    console.press("q C");
    insta::assert_snapshot!("decide_80x24", picture(&mut console));
    insta::assert_snapshot!("decide_plain", console.picture(SMALL, &plain()));
    // Nothing is chosen beforehand: a stranger's mail is not taken in by the way.
    console.press("ctrl-d");
    shows(&mut console, "What: pick one of these");
    console.type_in("take").press("tab ctrl-d");
    shows(&mut console, "Registers kim@home.test for C-0001 Blue Fern");
    shows(&mut console, "Once more Ctrl-D does it");
    console.press("ctrl-d");
    shows(&mut console, "is approved by the account");
    // It is said at the field for that, and typing goes on there.
    console.type_in("Lee").press("ctrl-d ctrl-d");
    shows(&mut console, "M-1 continued 10001-4");
    let customer = console.desk().customer_named("Blue Fern").unwrap();
    assert_eq!(customer.contacts[1].mails, ["kim@home.test"]);
    shows(&mut console, "M-2");
}

#[test]
fn p4_02_a_mail_in_quarantine_opens_an_incident_or_is_dismissed_with_a_reason() {
    let mut console = console();
    console.press("left");
    console.press("@");
    shows(&mut console, "that is for what the desk writes");
    console.press("C").type_in("dis").press("tab ctrl-d");
    shows(&mut console, "Reason is needed");
    // What was typed is kept when it is left.
    console.type_in("an advertisement").press("esc");
    shows(&mut console, "what you typed is kept");
    console.press("C");
    shows(&mut console, "an advertisement");
    console.press("ctrl-d");
    shows(&mut console, "M-2 is dismissed");
    // Whose it is is looked for as everywhere: by how it sounds, and never taken where nobody is found.
    console.press("C").type_in("take").press("tab");
    console.type_in("nobody such").press("ctrl-d");
    shows(&mut console, "Nobody is found by \"nobody such\"");
    console.press("shift-tab ctrl-u").type_in("blu fern");
    shows(&mut console, "Blue Fern");
    shows(&mut console, "for C-0001");
    // Its policy has none.
    assert!(!picture(&mut console).contains("Severity"));
    console.press("tab tab tab").type_in("Lee").press("tab");
    console.type_in("new").press("ctrl-d ctrl-d");
    shows(&mut console, "M-1 opened 10002-3");
    shows(&mut console, "no mail waits in quarantine");
}

#[test]
fn a_word_that_is_none_of_the_choices_asks_for_nothing_of_theirs() {
    let mut console = console();
    console.press("C");
    shows(&mut console, "Subject");
    console.press("ctrl-u ctrl-u").type_in("zzz");
    let shown = picture(&mut console);
    assert!(!shown.contains("Reason"), "{shown}");
    assert!(!shown.contains("with the reason"), "{shown}");
    console.press("ctrl-u").type_in("drop");
    shows(&mut console, "Reason");
}
