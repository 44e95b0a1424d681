//! Messages handed over to a mail server.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::post::blue_fern;
use super::server::{Does, Secret, Server};
use crate::shop::{Ran, Shop};

/// A shop whose settings name a server, with one message that waits: its number.
fn shop(settings: &str) -> (Shop, String) {
    let shop = blue_fern("escalation");
    let number = shop.log(
        "Blue Fern",
        &[
            "--contact",
            "Ada Moss",
            "--detail",
            "Dark since this morning.",
        ],
    );
    let folder = shop.path(".config/holdline");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("config.toml");
    fs::write(
        &path,
        format!("[mail]\nfrom = \"support@shop.test\"\n{settings}"),
    )
    .unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    (shop, number)
}

fn on_this_machine(server: &Server) -> String {
    format!(
        "server = \"localhost\"\nport = {}\ntls = \"none\"\n",
        server.port
    )
}

/// The states of the messages and why.
fn outbox(shop: &Shop) -> Vec<(String, String)> {
    let listed = shop.json(["mail", "list", "--all"]);
    let listed = listed.as_array().unwrap().iter();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    listed
        .map(|message| (word(&message["state"]), word(&message["reason"])))
        .collect()
}

fn send(shop: &Shop) -> Ran {
    shop.run(["mail", "send"])
}

#[test]
fn a_message_goes_to_whom_it_says_and_once() {
    let server = Server::new(Secret::No, &[]);
    let (shop, number) = shop(&on_this_machine(&server));
    let ran = send(&shop);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let [taken] = server.taken().try_into().unwrap();
    assert_eq!(taken.from, "support@shop.test");
    assert_eq!(taken.to, ["ada@blue-fern.test"]);
    assert!(
        taken.text.contains(&format!("Subject: [{number}]")),
        "{}",
        taken.text
    );
    assert!(shop.ok(["show", &number]).contains("localhost"));
    assert!(send(&shop).stdout.contains("nothing waits"));
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn it_is_encrypted_and_the_other_side_checked() {
    for (secret, tls) in [(Secret::Tls, "tls"), (Secret::Starttls, "starttls")] {
        let server = Server::new(secret, &[]);
        let settings = format!(
            "server = \"localhost\"\nport = {}\ntls = \"{tls}\"\nuser = \"support\"\npassword_from = [\"echo\", \"secret\"]\n",
            server.port
        );
        // Nobody vouches for it.
        let (shop, _) = shop(&settings);
        let ran = send(&shop);
        assert_eq!(ran.code, 1, "{ran:#?}");
        assert!(ran.stdout.contains("certificate"), "{ran:#?}");
        assert!(server.taken().is_empty());
        // The shop does.
        let trust = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/mail/localhost.pem");
        let (shop, _) = self::shop(&format!("{settings}trust = \"{trust}\"\n"));
        let ran = send(&shop);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let [taken] = server.taken().try_into().unwrap();
        assert!(taken.user);
    }
}

#[test]
fn a_server_that_offers_no_encryption_gets_nothing() {
    let server = Server::new(Secret::No, &[]);
    let settings = format!(
        "server = \"localhost\"\nport = {}\ntls = \"starttls\"\n",
        server.port
    );
    let (shop, _) = shop(&settings);
    assert_eq!(send(&shop).code, 1);
    assert!(server.taken().is_empty());
    let (shop, _) = self::shop("server = \"192.0.2.1\"\ntls = \"none\"\n");
    let ran = send(&shop);
    assert!(ran.stdout.contains("would send in the clear"), "{ran:#?}");
}

#[test]
fn what_was_not_taken_says_why_in_the_server_s_words_and_is_tried_again_later() {
    let busy = Does::Says("RCPT", "451 4.3.0 the queue is full, come back");
    let server = Server::new(Secret::No, &[busy, busy]);
    let (shop, number) = shop(&on_this_machine(&server));
    let ran = send(&shop);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(
        ran.stdout
            .contains("localhost: 451 4.3.0 the queue is full, come back"),
        "{ran:#?}"
    );
    assert_eq!(outbox(&shop)[0].0, "failed");
    assert!(outbox(&shop)[0].1.contains("the queue is full"));
    assert!(shop.ok(["show", &number]).contains("the queue is full"));
    // Not at once, but after five minutes; then after fifteen.
    assert!(send(&shop).stdout.contains("nothing waits"));
    shop.at("2026-11-23T10:05:01Z");
    assert_eq!(send(&shop).code, 1);
    shop.at("2026-11-23T10:15:00Z");
    let waits = send(&shop).stdout;
    assert!(
        waits.contains(
            "nothing waits to be sent now; 1 message that failed is tried again after Mon 10:20 UTC"
        ),
        "{waits}"
    );
    shop.at("2026-11-23T10:20:02Z");
    assert_eq!(send(&shop).code, 0);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn what_the_server_refuses_for_good_waits_for_somebody() {
    let unknown = Does::Says("RCPT", "550 5.1.1 no such person here");
    let server = Server::new(Secret::No, &[unknown]);
    let (shop, number) = shop(&on_this_machine(&server));
    assert!(send(&shop).stdout.contains("550 5.1.1 no such person here"));
    shop.at("2026-11-24T10:00:00Z");
    let waits = send(&shop).stdout;
    assert!(
        waits.contains("nothing waits to be sent; 1 failed for good"),
        "{waits}"
    );
    // Who has looked at it sends it again.
    let message = format!("{number}/1");
    shop.ok(["mail", "edit", &message, "--to", "ada.moss@blue-fern.test"]);
    assert_eq!(send(&shop).code, 0);
    assert_eq!(server.taken()[0].to, ["ada.moss@blue-fern.test"]);
}

#[test]
fn who_is_not_let_in_has_settings_to_correct_not_messages() {
    let server = Server::new(
        Secret::No,
        &[Does::Says("AUTH", "535 5.7.8 wrong password")],
    );
    let settings = on_this_machine(&server) + "user = \"support\"\npassword = \"wrong\"\n";
    let (shop, _) = shop(&settings);
    let ran = send(&shop);
    assert!(ran.stdout.contains("535 5.7.8 wrong password"), "{ran:#?}");
    shop.at("2026-11-23T10:06:00Z");
    assert_eq!(send(&shop).code, 0);
}

#[test]
fn a_message_that_may_have_been_taken_is_not_sent_twice() {
    let server = Server::new(Secret::No, &[Does::TakesAndGoes]);
    let (shop, number) = shop(&on_this_machine(&server));
    let ran = send(&shop);
    assert!(ran.stdout.contains("may be delivered"), "{ran:#?}");
    shop.at("2026-11-24T10:00:00Z");
    assert!(send(&shop).stdout.contains("nothing waits"));
    assert_eq!(server.taken().len(), 1);
    // By its name it is, by somebody who has asked.
    shop.ok(["mail", "send", &format!("{number}/1")]);
    assert_eq!(server.taken().len(), 2);
}

#[test]
fn a_program_that_was_ended_while_it_sent_leaves_the_message_to_somebody() {
    let server = Server::new(Secret::No, &[]);
    let (shop, number) = shop(&on_this_machine(&server));
    // As one that was killed between the server's word and its own leaves it.
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    let held = "UPDATE message SET held_until = 1795428600";
    assert_eq!(desk.execute(held, []).unwrap(), 1);
    shop.at("2026-11-24T10:00:00Z");
    let ran = send(&shop);
    assert!(ran.stdout.contains("nothing waits"), "{ran:#?}");
    let message = format!("{number}/1");
    assert!(ran.stderr.contains(&message), "{ran:#?}");
    assert!(server.taken().is_empty());
    shop.ok(["mail", "send", &message]);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn mistakes_in_the_settings_name_their_line() {
    for (settings, problem) in [
        (
            "server = \"a\"\nprogram = [\"b\"]\n",
            "line 4: mail is sent by a server or by a program",
        ),
        ("program = []\n", "line 3: program names none"),
        (
            "server = \"a\"\nuser = \"u\"\n",
            "line 4: no password is named",
        ),
        (
            "server = \"a\"\ntls = \"ssl\"\n",
            "line 4: nothing is called `ssl` here",
        ),
        ("sever = \"a\"\n", "line 3: nothing is called `sever` here"),
    ] {
        let (shop, _) = shop(settings);
        let said = shop.fails(2, ["mail", "send"]);
        assert!(said.contains(problem), "{said}");
    }
    let (shop, _) = shop("server = \"a\"\nuser = \"u\"\npassword = \"secret\"\n");
    let path = shop.path(".config/holdline/config.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let said = shop.fails(2, ["mail", "send"]);
    assert!(said.contains("line 5: others may read this file"), "{said}");
    assert!(!said.contains("secret"), "{said}");
}
