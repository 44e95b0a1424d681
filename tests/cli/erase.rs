//! `holdline customer erase` and `holdline redact`: the words are gone from every file of the desk, the chain holds.

use std::fs;
use std::path::Path;

use crate::shop::Shop;

/// All that is written about the customer. The words are looked for whole: two letters of them come among the bytes of
/// digests, too.
const WORDS: [&str; 13] = [
    "zqada",
    "zqanswer",
    "zqbody",
    "zqconcern",
    "zqdetail",
    "zqfile",
    "zqfirm",
    "zqmistaken",
    "zqname",
    "zqnobody",
    "zqnote",
    "zqsecret",
    "zqsubject",
];

/// A customer of whom every word begins with `zq`, with an ended incident that every kind of text is about.
fn shop() -> (Shop, String) {
    let shop = Shop::new(&["escalation"]);
    let add = [
        "customer",
        "add",
        "Zqfirm",
        "--office",
        "uk",
        "--contact",
        "Zqada",
    ];
    let reach = [
        "--phone",
        "+44 20 7946 0991",
        "--mail",
        "zqada@zqfirm.example",
    ];
    shop.ok(add.iter().chain(&reach));
    assert_eq!(
        shop.run_with("271828\n", ["customer", "pin", "set", "C-0001"])
            .code,
        0
    );
    let mail = "From: Zqada <zqada@zqfirm.example>\nSubject: Zqsubject\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\n\nZqbody\n--b\nContent-Type: text/plain\n\
        Content-Disposition: attachment; filename=zqname.txt\n\nZqfile\n--b--\n";
    assert_eq!(shop.run_with(mail, ["mail", "in"]).code, 0);
    let number = shop.json(["list"])[0]["tech_ref"]
        .as_str()
        .unwrap()
        .to_owned();
    shop.at("2026-11-24T10:00:00Z");
    for step in [
        &["note", "Zqnote and the password zqsecret"][..],
        &["edit", "--summary", "Zqmistaken"],
        &["undo"],
        &["respond", "Zqanswer", "--by", "mail"],
        &["escalate", "--ground", "other", "--concern", "Zqconcern"],
        &["resolve", "--outcome", "satisfied", "--detail", "Zqdetail"],
    ] {
        let (command, rest) = step.split_first().unwrap();
        let ran = shop.run([command, number.as_str()].iter().chain(rest));
        assert!(ran.code == 0 || *command == "escalate", "{ran:?}");
    }
    let queued = shop.json(["mail", "list"]);
    for message in queued.as_array().unwrap() {
        let id = message["message"].as_str().unwrap();
        shop.ok(["mail", "drop", id, "--reason", "zqnobody"]);
    }
    (shop, number)
}

/// The files under a folder that hold one of the customer's words.
fn holding(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(holding(&path, word)),
            false => {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
                if text.contains(word) {
                    found.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
    }
    found
}

#[test]
fn a_customer_is_erased_from_every_file_and_the_chain_holds() {
    let (shop, number) = shop();
    let folder = shop.desk().parent().unwrap().to_owned();
    for word in ["zqada", "zqbody", "zqfile", "zqfirm", "zqnote", "zqsubject"] {
        assert!(!holding(&folder, word).is_empty(), "{word}");
    }
    let head = shop.json(["desk", "info"])["head"]
        .as_str()
        .unwrap()
        .to_owned();
    let said = shop.fails(1, ["customer", "erase", "C-0001"]);
    assert!(
        said.contains("this erases all that is written about Zqfirm (C-0001), "),
        "{said}"
    );
    assert!(
        said.contains("1 incident, 1 file") && said.contains("say --yes"),
        "{said}"
    );
    let done = shop.ok([
        "customer",
        "erase",
        "Zqfirm",
        "--reason",
        "asked by letter",
        "--yes",
    ]);
    assert!(done.starts_with("C-0001: erased, "), "{done}");
    for word in WORDS {
        assert_eq!(holding(&folder, word), [""; 0], "{word}");
    }
    assert_eq!(holding(&folder, "79460991"), [""; 0]);
    // What was said before holds on: nothing was cut off, nothing was written anew.
    shop.ok(["desk", "check", "--head", &head]);
    let shown = shop.json(["show", &number]);
    assert_eq!(
        (&shown["summary"], &shown["state"]),
        (&"[erased]".into(), &"resolved".into())
    );
    assert_eq!(shop.json(["list", "zqnote"]), serde_json::json!([]));
    assert_eq!(
        shop.json(["customer", "list", "zqada"]),
        serde_json::json!([])
    );
    assert_eq!(shop.json(["customer", "show", "C-0001"])["pin"], false);
    // The desk goes on.
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    shop.log("Blue Fern", &["--detail", "Since Friday"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn who_has_something_open_is_not_erased() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let said = shop.fails(1, ["customer", "erase", "Blue Fern", "--yes"]);
    assert!(
        said.contains(&format!(
            "something of Blue Fern is open ({number}): resolve or close it first"
        )),
        "{said}"
    );
}

#[test]
fn redacting_takes_every_text_with_those_words_and_no_other() {
    let (shop, number) = shop();
    let folder = shop.desk().parent().unwrap().to_owned();
    let head = shop.json(["desk", "info"])["head"]
        .as_str()
        .unwrap()
        .to_owned();
    let said = shop.fails(1, ["redact", &number, "ZQSecret"]);
    assert!(
        said.contains("hold those words, 1 entry, 1 incident; nothing brings them back"),
        "{said}"
    );
    let ran = shop.run_with(
        "ZQSecret\n",
        ["redact", &number, "-", "--reason", "a password", "--yes"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(holding(&folder, "zqsecret"), [""; 0]);
    assert!(!holding(&folder, "zqbody").is_empty());
    shop.ok(["desk", "check", "--head", &head]);
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("Texts of 1 entry were erased: a password"),
        "{shown}"
    );
    // Also where a step that was taken back keeps what was before.
    let ran = shop.run_with("Zqsubject", ["redact", &number, "-", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(holding(&folder, "zqsubject"), [""; 0]);
    assert_eq!(shop.json(["show", &number])["summary"], "[erased]");
    shop.ok(["desk", "check"]);
    let said = shop.fails(3, ["redact", &number, "nowhere", "--yes"]);
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_rest_that_somebody_alters_shows() {
    let (shop, number) = shop();
    shop.run_with("Zqsubject", ["redact", &number, "-", "--yes"]);
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    let altered = desk
        .execute(
            "UPDATE timeline SET words = json_set(words, '$.back.summary', 'Otherwise') WHERE kind = 'undone'",
            [],
        )
        .unwrap();
    assert_eq!(altered, 1);
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.contains("the back of entry"), "{said}");
}

#[test]
fn copies_that_hold_it_still_are_named() {
    let (shop, _) = shop();
    shop.ok(["desk", "backup"]);
    shop.ok(["desk", "backup", "elsewhere"]);
    let done = shop.ok(["customer", "erase", "Zqfirm", "--yes"]);
    let named = done.lines().last().unwrap();
    assert!(
        named.starts_with("backups that were made before hold it still"),
        "{done}"
    );
    for copy in ["desk.holdline.backups/2026-11-24.holdline", "/elsewhere"] {
        assert!(named.contains(copy), "{done}");
    }
}

#[test]
fn on_a_desk_with_everything_whoever_is_through_can_be_erased_and_all_else_redacted() {
    let shop = Shop::empty();
    shop.ok(["demo", "--incidents", "60"]);
    shop.agent("ines");
    for incident in shop.json(["list", "--limit", "60"]).as_array().unwrap() {
        let number = incident["tech_ref"].as_str().unwrap();
        shop.run(["close", number, "--as", "withdrawn", "--detail", "over"]);
    }
    for message in shop
        .json(["mail", "list", "--limit", "999"])
        .as_array()
        .unwrap()
    {
        let id = message["message"].as_str().unwrap();
        shop.run(["mail", "drop", id, "--reason", "nobody is there"]);
    }
    let customers = shop.json(["customer", "list", "--limit", "500"]);
    let mut erased = 0;
    for customer in customers.as_array().unwrap().iter().take(12) {
        let code = customer["id"].as_str().unwrap();
        let ran = shop.run(["customer", "erase", code, "--yes"]);
        let refused = ran.code == 1
            && (ran.stderr.contains("is open") || ran.stderr.contains("waits to be sent"));
        assert!(ran.code == 0 || refused, "{code}: {ran:?}");
        erased += usize::from(ran.code == 0);
    }
    assert!(erased > 0, "nobody was through");
    shop.ok(["desk", "check"]);
    for incident in shop.json(["list", "--limit", "10"]).as_array().unwrap() {
        let number = incident["tech_ref"].as_str().unwrap();
        let summary = incident["summary"].as_str().unwrap();
        let ran = shop.run(["redact", number, summary, "--yes"]);
        assert!(
            ran.code == 0 || ran.stderr.contains("waits to be sent"),
            "{number}: {ran:?}"
        );
    }
    shop.ok(["desk", "check"]);
}

/// What is exported of a customer is all that erasing takes away, and nothing of another one.
#[test]
fn a_customer_is_exported_as_a_whole_and_alone() {
    let shop = Shop::new(&["season-ticket"]);
    for (name, person, word) in [
        ("Blue Fern", "Ada Moss", "azure"),
        ("Grey Heron", "Bo Reed", "silver"),
    ] {
        shop.ok([
            "customer",
            "add",
            name,
            "--contact",
            person,
            "--phone",
            "+1 555 0100",
        ]);
        shop.entitle(name, "pack --method cash --reference INV-1");
        let number = shop.log(name, &["--detail", &format!("The {word} light blinks")]);
        shop.ok(["accept", &number]);
        shop.ok(["note", &number, &format!("It is {word} indeed")]);
    }
    let text = shop.ok(["customer", "export", "Blue Fern"]);
    let exported: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(exported["customer"]["name"], "Blue Fern");
    assert_eq!(exported["customer"]["contacts"][0]["name"], "Ada Moss");
    assert_eq!(exported["pin"], false);
    assert_eq!(exported["entitlements"][0]["remaining"], 9);
    assert_eq!(exported["entitlements"][0]["uses"][0]["change"], 1);
    assert_eq!(exported["incidents"].as_array().unwrap().len(), 1);
    let kinds: Vec<&str> = exported["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    for kind in ["customer-added", "entitlement-added", "opened", "noted"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(text.contains("azure indeed"), "{text}");
    for foreign in ["Grey Heron", "Bo Reed", "silver"] {
        assert!(!text.contains(foreign), "{foreign} is another customer's");
    }
    shop.fails(3, ["customer", "export", "Red Oak"]);
}
