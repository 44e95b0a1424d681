//! The outbox: reading, changing, sending and dropping, and what a message looks like on its way.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use mail_parser::{Message, MessageParser};
use rstest::rstest;
use serde_json::Value;

use crate::seen::entries;
use crate::shop::Shop;

const FROM: [&str; 2] = ["--from", "support@shop.test"];

/// A desk with a customer whose Ada Moss writes from `mail`, one incident, and a reply to it in the outbox.
fn replied(mail: &str, text: &str) -> (Shop, String) {
    let shop = Shop::new(&["tech-reference"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    shop.ok(["contact", "add", "Blue Fern", "Ada Moss", "--mail", mail]);
    shop.entitle("Blue Fern", "contract");
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "mail",
        "drop",
        &format!("{number}/1"),
        "--reason",
        "said on the telephone",
    ]);
    shop.ok(["respond", &number, text, "--by", "mail"]);
    (shop, format!("{number}/2"))
}

fn ada(text: &str) -> (Shop, String) {
    replied("ada@blue-fern.test", text)
}

fn shown(shop: &Shop, message: &str) -> Value {
    shop.json(["mail", "show", message])
}

fn eml(shop: &Shop, message: &str) -> Vec<u8> {
    let show = ["mail", "show", message, "--eml"];
    let output = shop.command().args(show).args(FROM).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

fn address(list: Option<&mail_parser::Address<'_>>) -> Vec<String> {
    let list = list.into_iter().flat_map(mail_parser::Address::iter);
    list.map(|one| one.address().unwrap().to_owned()).collect()
}

/// A program in the shop's folder that does what the lines say.
fn program(shop: &Shop, lines: &str) -> String {
    let path = shop.path("deliver");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

#[test]
fn a_message_is_written_as_mail_programs_read_it() {
    let (shop, id) = ada(
        "Grüße aus dem Süden.\nEine Zeile, die sehr lang ist: äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü",
    );
    shop.ok([
        "mail",
        "edit",
        &id,
        "--subject",
        "Über die Rechnungen",
        "--cc",
        "kim@blue-fern.test",
    ]);
    let bytes = eml(&shop, &id);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.is_ascii(), "{text}");
    assert!(
        text.split("\r\n")
            .all(|line| line.len() < 998 && !line.contains('\n')),
        "{text}"
    );
    let message: Message<'_> = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(address(message.from()), ["support@shop.test"]);
    assert_eq!(address(message.to()), ["ada@blue-fern.test"]);
    assert_eq!(address(message.cc()), ["kim@blue-fern.test"]);
    let (number, _) = id.split_once('/').unwrap();
    assert_eq!(
        message.subject().unwrap(),
        format!("[{number}] Über die Rechnungen")
    );
    assert!(message.message_id().unwrap().ends_with("@shop.test"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2026-11-23T21:00:00Z");
    let body = message.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(body.trim_end(), shown(&shop, &id)["text"].as_str().unwrap());
}

#[test]
fn a_copy_leaves_the_message_in_the_outbox() {
    let (shop, id) = ada("See page 4");
    assert_eq!(eml(&shop, &id), eml(&shop, &id));
    assert_eq!(shown(&shop, &id)["state"], "queued");
}

#[test]
fn what_was_edited_is_sent_and_what_it_said_before_stays_on_record() {
    let (shop, id) = ada("See page 4");
    let (number, _) = id.split_once('/').unwrap();
    let edited = shop.json([
        "mail",
        "edit",
        &id,
        "--text",
        "See page 5",
        "--to",
        "kim@blue-fern.test",
    ]);
    assert_eq!(edited["text"], "See page 5");
    assert_eq!(edited["to"], serde_json::json!(["kim@blue-fern.test"]));
    assert!(
        String::from_utf8(eml(&shop, &id))
            .unwrap()
            .contains("See page 5")
    );
    assert_eq!(entries(&shop, number, "message-queued"), 2);
    assert_eq!(entries(&shop, number, "message-edited"), 1);
    let mut command = shop.command();
    command
        .args(["mail", "edit", &id, "--text", "-"])
        .write_stdin("From a file");
    command.assert().success();
    assert_eq!(shown(&shop, &id)["text"], "From a file");
}

#[rstest]
#[case::nothing(&[], 2, "nothing to change")]
#[case::nobody(&["--to", " "], 2, "goes to nobody")]
#[case::no_address(&["--to", "Ada"], 2, "\"Ada\" is no mail address")]
#[case::two_in_one(&["--cc", "ada@blue-fern.test\nBcc: all@blue-fern.test"], 2, "is no mail address")]
#[case::empty(&["--text", " "], 2, "the message is empty")]
fn an_edit_that_cannot_be_sent_is_refused(
    #[case] more: &[&str],
    #[case] code: i32,
    #[case] why: &str,
) {
    let (shop, id) = ada("See page 4");
    let said = shop.fails(code, ["mail", "edit", &id].iter().chain(more));
    assert!(said.contains(why), "{said}");
}

#[test]
fn a_text_too_long_to_keep_is_refused() {
    let (shop, id) = ada("See page 4");
    let mut command = shop.command();
    let edit = ["mail", "edit", &id, "--text", "-"];
    command.args(edit).write_stdin("a ".repeat(40_000));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("at most 64"));
}

#[rstest]
#[case("Invoices\r\nBcc: all@blue-fern.test")]
#[case("Invoices =?utf-8?Q?=0D=0ABcc:_all=40blue-fern.test?=")]
#[case("Invoices\u{2028}Bcc: all@blue-fern.test")]
fn no_subject_adds_a_header(#[case] subject: &str) {
    let (shop, id) = ada("See page 4");
    shop.ok(["mail", "edit", &id, "--subject", subject]);
    let bytes = eml(&shop, &id);
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert!(message.bcc().is_none(), "{message:?}");
    assert!(message.subject().unwrap().contains("Bcc:"), "{message:?}");
    assert_eq!(address(message.to()), ["ada@blue-fern.test"]);
}

#[test]
fn the_outbox_is_sent_into_a_folder_once() {
    let (shop, id) = ada("See page 4");
    let send = ["mail", "send", "--folder", "out"];
    let said = shop.ok(send.iter().chain(&FROM));
    assert_eq!(said, format!("{id} sent"));
    let file = fs::read(
        shop.path("out")
            .join(format!("{}.eml", id.replace('/', "-"))),
    )
    .unwrap();
    assert!(MessageParser::default().parse(&file).is_some());
    assert_eq!(fs::read_dir(shop.path("out")).unwrap().count(), 1);
    assert_eq!(shown(&shop, &id)["state"], "sent");
    assert_eq!(
        shop.ok(send.iter().chain(&FROM)),
        "nothing waits to be sent"
    );
    let said = shop.fails(1, ["mail", "edit", &id, "--text", "Page 5"]);
    assert!(said.contains("was sent already"), "{said}");
    let said = shop.fails(1, ["mail", "drop", &id, "--reason", "no"]);
    assert!(said.contains("was sent already"), "{said}");
    let again = shop.run(["mail", "send", &id, "--folder", "out"].iter().chain(&FROM));
    assert_eq!(again.code, 1);
    assert!(again.stdout.contains("was sent already"), "{again:?}");
}

#[test]
fn the_outbox_is_sent_through_a_program() {
    let (shop, id) = ada("See page 4");
    let program = program(&shop, "echo \"$@\" > arguments; cat > taken");
    let line = format!("{program} -t -i");
    shop.ok(["mail", "send", "--program", &line].iter().chain(&FROM));
    assert_eq!(
        fs::read_to_string(shop.path("arguments")).unwrap(),
        "-t -i\n"
    );
    assert!(
        fs::read_to_string(shop.path("taken"))
            .unwrap()
            .contains("See page 4")
    );
    assert_eq!(shown(&shop, &id)["state"], "sent");
    let (number, _) = id.split_once('/').unwrap();
    assert!(
        shop.ok(["show", number])
            .contains("Message 2 sent by deliver")
    );
}

#[rstest]
#[case::refuses("cat > /dev/null; echo 'no such host' >&2; exit 75", "no such host")]
#[case::does_not_listen("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1", "xxx")]
#[case::dies("kill -9 $$", "signal: 9")]
fn what_a_program_does_not_take_failed_and_can_be_tried_again(
    #[case] lines: &str,
    #[case] why: &str,
) {
    let (shop, id) = ada("See page 4");
    let program = program(&shop, lines);
    let ran = shop.run(["mail", "send", "--program", &program].iter().chain(&FROM));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains(why), "{ran:?}");
    assert!(ran.stderr.contains("1 of 1 not sent"), "{ran:?}");
    assert_eq!(shown(&shop, &id)["state"], "failed");
    assert!(shop.ok(["mail", "list"]).contains("failed"));
    let nothing = shop.ok(["mail", "send", "--folder", "out"].iter().chain(&FROM));
    assert!(
        nothing.starts_with(
            "nothing waits to be sent now; 1 message that failed is tried again after Mon "
        ),
        "{nothing}"
    );
    shop.ok(["mail", "send", "--retry", "--folder", "out"]
        .iter()
        .chain(&FROM));
    assert_eq!(shown(&shop, &id)["state"], "sent");
}

#[test]
fn no_program_of_that_name() {
    let (shop, id) = ada("See page 4");
    let ran = shop.run(
        ["mail", "send", "--program", "/nowhere/sendmail"]
            .iter()
            .chain(&FROM),
    );
    assert!(ran.stdout.contains("there is no such program"), "{ran:?}");
    assert_eq!(shown(&shop, &id)["state"], "failed");
}

#[test]
fn one_message_goes_to_standard_output() {
    let (shop, id) = ada("See page 4");
    let said = shop.run(["mail", "send", &id, "--stdout"].iter().chain(&FROM));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stdout.contains("See page 4"), "{said:?}");
    assert!(said.stderr.contains(&format!("{id} sent")), "{said:?}");
    let other = shop.log("Blue Fern", &[]);
    shop.ok(["respond", &other, "Yes", "--by", "mail"]);
    let said = shop.fails(2, ["mail", "send", "--stdout"].iter().chain(&FROM));
    assert!(said.contains("could not be told apart"), "{said}");
}

#[rstest]
#[case("ada@example.com")]
#[case("ada@mail.example.org")]
fn nothing_is_sent_to_an_address_for_examples(#[case] nobody: &str) {
    let (shop, id) = replied(nobody, "See page 4");
    let ran = shop.run(["mail", "send", "--folder", "out"].iter().chain(&FROM));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("an address for examples"), "{ran:?}");
    assert!(!shop.path("out").exists());
    assert_eq!(shown(&shop, &id)["state"], "queued");
}

#[test]
fn sending_needs_to_know_from_whom_and_how() {
    let (shop, _) = ada("See page 4");
    let said = shop.fails(2, ["mail", "send", "--folder", "out"]);
    assert!(
        said.contains("the shop's own address is not known"),
        "{said}"
    );
    let said = shop.fails(2, ["mail", "send"].iter().chain(&FROM));
    assert!(said.contains("nothing delivers mail here yet"), "{said}");
    let said = shop.fails(2, ["mail", "send", "--folder", "out", "--from", "Support"]);
    assert!(said.contains("is no mail address"), "{said}");
}

#[test]
fn two_programs_at_once_send_each_message_once() {
    let (shop, _) = ada("See page 4");
    for _ in 0..5 {
        let number = shop.log("Blue Fern", &[]);
        shop.ok(["respond", &number, "Yes", "--by", "mail"]);
    }
    let program = program(&shop, "grep '^Message-ID' >> taken");
    let send = || {
        let mut command = std::process::Command::new(shop.command().get_program());
        command
            .args(["mail", "send", "--program", &program])
            .args(FROM);
        command
            .env("HOLDLINE_DESK", shop.desk())
            .current_dir(shop.path(""));
        command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let both = [send(), send(), send()];
    for mut child in both {
        child.wait().unwrap();
    }
    let taken = fs::read_to_string(shop.path("taken")).unwrap();
    let mut ids: Vec<&str> = taken.lines().collect();
    assert_eq!(ids.len(), 11, "{taken}");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 11, "{taken}");
}

#[test]
fn a_dropped_message_keeps_its_reason() {
    let (shop, id) = ada("See page 4");
    shop.fails(2, ["mail", "drop", &id, "--reason", " "]);
    shop.ok(["mail", "drop", &id, "--reason", "Rang instead"]);
    let (number, _) = id.split_once('/').unwrap();
    assert!(
        shop.ok(["show", number])
            .contains("Message 2 dropped: Rang instead")
    );
    let said = shop.fails(1, ["mail", "edit", &id, "--text", "Page 5"]);
    assert!(said.contains("was dropped"), "{said}");
    assert!(!shop.ok(["mail", "list"]).contains(&id));
    shop.ok(["desk", "check"]);
}

#[test]
fn a_later_message_names_the_one_before() {
    let (shop, id) = ada("See page 4");
    shop.ok(["mail", "send", "--folder", "out"].iter().chain(&FROM));
    let (number, _) = id.split_once('/').unwrap();
    shop.ok(["respond", number, "And page 5", "--by", "mail"]);
    let first = fs::read(shop.path("out").join(format!("{number}-2.eml"))).unwrap();
    let first = MessageParser::default()
        .parse(&first)
        .unwrap()
        .message_id()
        .unwrap()
        .to_owned();
    let second = eml(&shop, &format!("{number}/3"));
    let second = MessageParser::default().parse(&second).unwrap();
    assert_eq!(second.in_reply_to().as_text(), Some(first.as_str()));
}

#[test]
fn a_list_that_is_cut_says_how_many_more_there_are() {
    let (shop, message) = ada("Done.");
    let (number, _) = message.split_once('/').unwrap();
    for text in ["Once more.", "And again."] {
        shop.ok(["respond", number, text, "--by", "mail"]);
    }
    let cut = shop.run(["mail", "list", "--limit", "1"]);
    assert_eq!(
        cut.stderr,
        "note: 2 more than these 1: --limit N lists so many\n"
    );
    assert_eq!(shop.run(["mail", "list", "--limit", "3"]).stderr, "");
}
