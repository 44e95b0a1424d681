//! Files that came with mail: which names and how many are kept, and how they are got at.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use super::post::{blue_fern, number, post};

/// A mail with these files, each a name and what is in it.
fn with_files(files: &[(&str, &str)]) -> String {
    let mut mail = "From: ada@blue-fern.test\nSubject: Help\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee this.\n"
        .to_owned();
    for (name, text) in files {
        mail += &format!(
            "--b\nContent-Type: text/plain; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\n{text}\n"
        );
    }
    mail + "--b--\n"
}

#[test]
fn files_are_listed_and_written_under_names_that_are_safe() {
    let shop = blue_fern("season-ticket");
    let files = [
        ("list.csv", "one"),
        ("LIST.CSV", "two"),
        ("../../escape.sh", "three"),
        ("con.txt", "four"),
        ("", "five"),
    ];
    let number = number(&post(&shop, &with_files(&files)));
    let names = [
        "list.csv",
        "2-LIST.CSV",
        "escape.sh",
        "_con.txt",
        "attachment-5",
    ];
    let listed = shop.json(["mail", "files", &number]);
    let found: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert_eq!(found, names);
    assert_eq!(shop.json(["mail", "files", "M-1"]), listed);
    let table = shop.ok(["mail", "files", &number]);
    assert!(
        table.contains("M-1") && table.contains("2-LIST.CSV"),
        "{table}"
    );
    shop.ok(["mail", "files", &number, "--to", "received"]);
    for (name, (_, text)) in names.iter().zip(files) {
        assert_eq!(
            fs::read_to_string(shop.path("received").join(name))
                .unwrap()
                .trim(),
            text
        );
    }
    // Nothing outside the folder, nothing twice under one name.
    assert!(!shop.path("escape.sh").exists());
    assert_eq!(fs::read_dir(shop.path("received")).unwrap().count(), 5);
}

#[test]
fn what_is_there_is_never_replaced() {
    let shop = blue_fern("season-ticket");
    let number = number(&post(&shop, &with_files(&[("list.csv", "new")])));
    fs::create_dir(shop.path("received")).unwrap();
    fs::write(shop.path("received/list.csv"), "old").unwrap();
    symlink(shop.path("elsewhere"), shop.path("received/2-list.csv")).unwrap();
    let said = shop.ok(["mail", "files", &number, "--to", "received"]);
    assert_eq!(said, "received/3-list.csv");
    assert_eq!(
        fs::read_to_string(shop.path("received/list.csv")).unwrap(),
        "old"
    );
    assert_eq!(
        fs::read_to_string(shop.path("received/3-list.csv"))
            .unwrap()
            .trim(),
        "new"
    );
    assert!(!shop.path("elsewhere").exists());
}

#[test]
fn one_file_is_taken_by_its_name_and_what_is_not_there_is_said() {
    let shop = blue_fern("season-ticket");
    let mail = with_files(&[("list.csv", "one"), ("log.txt", "two")]);
    let number = number(&post(&shop, &mail));
    let written = shop.json([
        "mail", "files", &number, "--name", "LOG.txt", "--to", "received",
    ]);
    assert_eq!(written.as_array().unwrap().len(), 1);
    let said = shop.fails(3, ["mail", "files", &number, "--name", "nothing.txt"]);
    assert!(said.contains("no file called \"nothing.txt\""), "{said}");
    shop.fails(3, ["mail", "files", "M-9"]);
    // What is not any more what came is no file of the customer's.
    let path = written[0]["hash"].as_str().unwrap().to_owned();
    let kept = shop
        .path("desk.holdline.files")
        .join(&path[..2])
        .join(&path);
    fs::write(kept, "tampered").unwrap();
    let said = shop.fails(
        5,
        [
            "mail", "files", &number, "--name", "log.txt", "--to", "again",
        ],
    );
    assert!(said.contains("is not what came"), "{said}");
    assert!(!shop.path("again/log.txt").exists());
}

#[test]
fn of_very_many_files_a_hundred_are_kept_and_the_mail_whole() {
    let shop = blue_fern("season-ticket");
    let many: Vec<(String, String)> = (0..120)
        .map(|n| (format!("{n}.txt"), n.to_string()))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let number = number(&post(&shop, &with_files(&many)));
    let listed: Value = shop.json(["mail", "files", &number]);
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 101);
    assert_eq!(listed[100]["name"], "message.eml");
    assert!(shop.ok(["show", &number]).contains("over 100 files"));
}
