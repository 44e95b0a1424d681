//! `holdline customer`, `contact`, `agent`, `entitlement`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::shop::Shop;

#[test]
fn a_customer_is_added_found_and_shown() {
    let shop = Shop::new(&["severity"]);
    let said = shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--contact",
        "Ada Moss",
        "--phone",
        "+44 20 7946 0001",
        "--mail",
        "ada@blue-fern.test",
    ]);
    assert_eq!(said, "Blue Fern is customer C-0001");
    shop.customer("Grey Heron");

    let list = shop.ok(["customer", "list"]);
    assert_eq!(
        list,
        "CODE    NAME        POLICY  OFFICE  CONTACT\n\
         C-0001  Blue Fern                   Ada Moss, +44 20 7946 0001, ada@blue-fern.test\n\
         C-0002  Grey Heron"
    );
    for text in [
        "fern",
        "moss",
        "0001",
        "020 7946 0001",
        "0044 20 7946",
        "ada@blue",
    ] {
        let found = shop.json(["customer", "list", text]);
        assert_eq!(found[0]["id"], "C-0001", "{text}");
        assert_eq!(found.as_array().unwrap().len(), 1, "{text}");
    }

    let number = shop.log("C-0001", &["--severity", "low"]);
    let page = shop.ok(["customer", "show", "blue fern"]);
    assert_eq!(
        page,
        format!(
            "Blue Fern (C-0001)\nPolicy   severity\nPays     Free of charge\n\n\
             Contacts\n  Ada Moss, +44 20 7946 0001, ada@blue-fern.test\n\n\
             Open\n  {number}  open  It does not start"
        )
    );
    let shown = shop.json(["customer", "show", "c-0001"]);
    assert_eq!(shown["contacts"][0]["phones"], json!(["+44 20 7946 0001"]));
    assert_eq!(shown["cover"], "Free of charge");
    assert_eq!(shown["open"], json!([number]));
}

/// A customer who is there already under another name is told of; the answer stays the new code alone.
#[test]
fn a_customer_who_may_be_there_already_is_told_of() {
    let shop = Shop::new(&["severity"]);
    let add = ["customer", "add"];
    let phone = ["--phone", "+44 20 7946 0001"];
    shop.ok([&add[..], &["Blue Fern"], &phone].concat());
    let added = shop.run([&add[..], &["Quince"], &["--phone", "020 7946 0001"]].concat());
    assert_eq!(added.stdout, "Quince is customer C-0002\n");
    let told = "Blue Fern (C-0001) has that telephone number too: see that it is another one";
    assert!(added.stderr.contains(told), "{}", added.stderr);
    let other = shop.run([&add[..], &["Grey Heron"]].concat());
    assert_eq!(other.stderr, "");
}

#[test]
fn what_is_wrong_about_a_customer_is_told_apart() {
    let shop = Shop::new(&["escalation"]);
    shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--code",
        "BF",
        "--office",
        "uk",
    ]);
    shop.fails(
        1,
        ["customer", "add", "Other", "--code", "bf", "--office", "uk"],
    );
    shop.fails(2, ["customer", "add", "  "]);
    shop.fails(2, ["customer", "add", "Other", "--mail", "no address"]);
    let said = shop.fails(3, ["customer", "add", "Other", "--office", "ku"]);
    assert!(said.contains("did you mean uk?"), "{said}");
    shop.fails(3, ["customer", "add", "Other", "--policy", "none"]);
    let said = shop.fails(3, ["customer", "show", "Blue Ferm"]);
    assert!(said.contains("did you mean Blue Fern?"), "{said}");

    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let said = shop.fails(2, ["customer", "show", "Blue Fern"]);
    assert!(said.contains("BF Blue Fern, C-0002 Blue Fern"), "{said}");
}

#[test]
fn a_contact_is_added_once() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let add = [
        "contact",
        "add",
        "Blue Fern",
        "Ada Moss",
        "--phone",
        "+1 555 0100",
        "--role",
        "buyer",
    ];
    assert_eq!(shop.ok(add), "Ada Moss is a contact of Blue Fern");
    shop.fails(1, add);
    shop.fails(2, ["contact", "add", "Blue Fern", "Bo", "--phone", "none"]);
    shop.fails(3, ["contact", "add", "Red Fern", "Bo"]);
    let shown = shop.json(["customer", "show", "Blue Fern"]);
    assert_eq!(
        shown["contacts"],
        json!([{"name": "Ada Moss", "role": "buyer", "phones": ["+1 555 0100"], "mails": [], "zone": null}])
    );
}

#[test]
fn agents_are_added_and_listed_by_name() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["agent", "add", "zoe"]);
    shop.ok(["agent", "add", "bo"]);
    shop.ok(["agent", "add", "bo"]);
    assert_eq!(shop.ok(["agent", "list"]), "bo\nmira\nzoe");
    assert_eq!(shop.json(["agent", "list"]), json!(["bo", "mira", "zoe"]));
    shop.fails(2, ["agent", "add", ""]);
}

#[test]
fn an_agent_who_does_not_work_here_is_told_the_nearest() {
    let shop = Shop::new(&["severity"]);
    let said = shop
        .agent("mria")
        .fails(3, ["customer", "add", "Blue Fern"]);
    assert!(said.contains("did you mean mira?"), "{said}");
}

#[test]
fn what_pays_is_said_in_words() {
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let pays = |shop: &Shop| shop.json(["customer", "show", "Blue Fern"])["cover"].clone();
    assert_eq!(pays(&shop), "No contract: 60.00 GBP before work");
    let add = |more: &[&str]| {
        let args = ["entitlement", "add", "--customer", "Blue Fern", "--kind"];
        shop.ok(args.iter().chain(more))
    };
    assert_eq!(
        add(&["pack", "--method", "cash", "--reference", "INV-1"]),
        "Blue Fern: entitlement 1, Season ticket: 10 of 10 left"
    );
    assert_eq!(pays(&shop), "Season ticket: 10 of 10 left");
    add(&["contract", "--from", "2026-01-01", "--to", "2026-12-31"]);
    assert_eq!(pays(&shop), "Contract until 31 Dec 2026");
    let shown = shop.json(["customer", "show", "Blue Fern"]);
    assert_eq!(
        shown["entitlements"][0],
        json!({"id": 1, "kind": "pack", "from": null, "to": null, "granted": 10, "remaining": 10,
               "price": "450.00", "currency": "GBP", "reference": "INV-1"})
    );
    assert_eq!(shown["entitlements"][1]["remaining"], Value::Null);
    assert_eq!(shown["entitlements"][1]["to"], "2026-12-31");
}

#[test]
fn what_is_wrong_about_an_entitlement_is_told_apart() {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    let add = ["entitlement", "add", "--customer", "Blue Fern", "--kind"];
    let fails = |code, more: &[&str]| shop.fails(code, add.iter().chain(more));
    fails(1, &["pack"]);
    fails(1, &["hours", "--time", "2h", "--method", "cash"]);
    fails(2, &["hours"]);
    fails(2, &["hours", "--time", "soon"]);
    fails(2, &["contract", "--from", "2026-13-01"]);
    fails(
        2,
        &["contract", "--from", "2026-12-01", "--to", "2026-11-30"],
    );
    fails(2, &["contract", "--price", "9.999"]);
    let said = fails(1, &["hours", "--time", "2h 30m", "--price", "200"]);
    assert!(said.contains("237.50 USD today, not 200.00 USD"), "{said}");
    let added = shop.ok(add
        .iter()
        .chain(&["hours", "--time", "2h 30m", "--price", "237.50"]));
    assert!(added.ends_with("Prepaid hours: 2 h 30 min left"), "{added}");
}

#[test]
fn a_customer_and_its_people_are_put_right() {
    let shop = Shop::new(&["severity", "escalation"]);
    shop.customer("Blue Fern");
    shop.ok([
        "contact",
        "add",
        "Blue Fern",
        "Ada Moss",
        "--phone",
        "+44 20 7946 0001",
    ]);
    let edit = ["customer", "edit", "Blue Fern"];
    let said = shop.ok([&edit[..], &["--name", "Blue Fern Ltd"]].concat());
    assert_eq!(said, "Blue Fern Ltd is customer C-0001");
    let moved = ["customer", "edit", "C-0001", "--policy", "escalation"];
    shop.ok([&moved[..], &["--office", "uk"]].concat());
    let shown = shop.json(["customer", "show", "C-0001"]);
    assert_eq!(shown["name"], "Blue Fern Ltd");
    assert_eq!(shown["office"], "uk");
    // Found by the new name, and under the old policy the office is none.
    let found = shop.json(["customer", "list", "ltd"]);
    assert_eq!(found[0]["id"], "C-0001");
    let back = ["customer", "edit", "C-0001", "--policy", "severity"];
    let why = shop.fails(3, back);
    assert!(why.contains("office"), "{why}");
    shop.ok([&back[..], &["--office", ""]].concat());
    assert_eq!(
        shop.json(["customer", "show", "C-0001"])["office"],
        Value::Null
    );

    let person = ["contact", "edit", "C-0001", "ada moss"];
    shop.ok([&person[..], &["--name", "Ada Reed", "--role", "owner"]].concat());
    let contacts = shop.json(["customer", "show", "C-0001"])["contacts"].clone();
    assert_eq!(contacts[0]["name"], "Ada Reed");
    assert_eq!(contacts[0]["role"], "owner");
    assert_eq!(contacts[0]["phones"], json!(["+44 20 7946 0001"]));
    let why = shop.fails(2, person);
    assert!(why.contains("nothing to change was given"), "{why}");
    let gone = [&person[..], &["--role", "x"]].concat();
    let why = shop.fails(3, gone);
    assert!(why.contains("Ada Reed"), "{why}");
    let wrong = ["customer", "edit", "C-0001", "--account-manager", "nobody"];
    let why = shop.fails(2, wrong);
    assert!(why.contains("no mail address"), "{why}");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_name_that_was_only_heard_is_found_last_and_marked() {
    let shop = Shop::new(&["severity"]);
    for name in ["Meyer Optics", "Mayer & Sons", "Murray Books"] {
        shop.customer(name);
    }
    let list = shop.ok(["customer", "list", "mayer"]);
    let names: Vec<&str> = list.lines().skip(1).map(|line| line[8..].trim()).collect();
    assert_eq!(names, ["Mayer & Sons", "~ Meyer Optics"]);
    let found = shop.json(["customer", "list", "maier", "optix"]);
    assert_eq!(found[0]["name"], "Meyer Optics");
    assert_eq!(found[0]["sounds_alike"], true);
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[rstest]
#[case::a_d_between_consonants("norlicht", "Nordlicht Foods")]
#[case::k_and_q("linkvist", "Lindqvist AB")]
#[case::qu("lindquist", "Lindqvist AB")]
fn letters_that_are_not_spoken_are_not_missed(#[case] heard: &str, #[case] name: &str) {
    let shop = Shop::new(&["severity"]);
    for name in ["Nordlicht Foods", "Lindqvist AB", "Lankester", "Norland"] {
        shop.customer(name);
    }
    let found = shop.json(["customer", "list", heard]);
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["name"], name);
    assert_eq!(found[0]["sounds_alike"], true);
}

#[test]
fn a_whole_name_is_found_before_those_that_begin_with_it() {
    let shop = Shop::new(&["severity"]);
    for name in ["Zoe Lee", "Alba Leeds", "Lea"] {
        shop.customer(name);
    }
    let list = shop.ok(["customer", "list", "lee"]);
    let names: Vec<&str> = list.lines().skip(1).map(|line| line[8..].trim()).collect();
    assert_eq!(names, ["Zoe Lee", "Alba Leeds", "~ Lea"]);
}

#[test]
fn a_part_of_several_names_is_ambiguous() {
    let shop = Shop::new(&["severity"]);
    for name in ["Blue Fern", "Blue Finch", "Grey Heron"] {
        shop.customer(name);
    }
    let said = shop.fails(2, ["customer", "show", "blue f"]);
    assert!(
        said.contains("\"blue f\" may be C-0001 Blue Fern, C-0002 Blue Finch: give the code"),
        "{said}"
    );
    // What only one name begins with is still not its name.
    let said = shop.fails(3, ["customer", "show", "grey"]);
    assert!(said.contains("Grey Heron"), "{said}");
    // A whole name is that customer, whoever else's begins with it.
    shop.customer("Blue Fern and Sons");
    assert_eq!(shop.json(["customer", "show", "blue fern"])["id"], "C-0001");
}

#[test]
fn a_name_that_only_sounds_right_is_answered_with_those_it_may_mean() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Müller & Sohn");
    shop.customer("Grey Heron");
    let said = shop.fails(3, ["log", "--customer", "mueller", "--summary", "It stops"]);
    assert!(said.contains("Müller & Sohn"), "{said}");
    assert!(!said.contains("Grey Heron"), "{said}");
    // Where nothing is near, nobody is named.
    let said = shop.fails(3, ["log", "--customer", "xyzzy", "--summary", "It stops"]);
    assert!(said.contains("none sounds like it"), "{said}");
    assert!(!said.contains("Grey Heron"), "{said}");
}

#[test]
fn a_customer_that_another_changed_is_not_changed_unseen() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let revision = |shop: &Shop| {
        let shown: serde_json::Value =
            serde_json::from_str(&shop.ok(["customer", "show", "C-0001", "--json"])).unwrap();
        shown["revision"].as_u64().unwrap().to_string()
    };
    let seen = revision(&shop);
    let edit = |name: &str| {
        shop.run([
            "customer",
            "edit",
            "C-0001",
            "--name",
            name,
            "--if-revision",
            &seen,
        ])
    };
    assert_eq!(edit("Green Fern").code, 0);
    let late = edit("Red Fern");
    assert_eq!(late.code, 4, "{late:?}");
    assert!(
        late.stderr.contains("Green Fern was changed meanwhile by"),
        "{late:?}"
    );
    assert!(late.stderr.contains("(customer changed)"), "{late:?}");
    assert_ne!(revision(&shop), seen);
}

#[test]
fn a_pin_that_is_set_shows() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let shown = |shop: &Shop| shop.ok(["customer", "show", "C-0001"]);
    assert!(!shown(&shop).contains("PIN"));
    let set = shop.run_with("271828\n", ["customer", "pin", "set", "C-0001"]);
    assert_eq!(set.code, 0, "{set:?}");
    assert!(shown(&shop).contains("PIN      set"));
}

#[test]
fn what_a_list_of_customers_leaves_out_is_said() {
    let shop = Shop::new(&["severity"]);
    for name in ["Blue Fern", "Red Oak", "Grey Heron"] {
        shop.customer(name);
    }
    for more in [&[][..], &["--json"]] {
        let cut = shop.run(["customer", "list", "--limit", "2"].iter().chain(more));
        assert_eq!(
            cut.stderr,
            "note: 1 more than these 2: --limit N lists so many\n"
        );
    }
    assert_eq!(shop.run(["customer", "list"]).stderr, "");
    // Who was erased has no name to be listed by, and is found by the code.
    shop.ok(["customer", "erase", "Grey Heron", "--yes"]);
    let listed = shop.ok(["customer", "list"]);
    assert!(!listed.contains("[erased]"), "{listed}");
    let found = shop.ok(["customer", "list", "C-0003"]);
    assert!(found.contains("[erased]"), "{found}");
    let unknown = shop.fails(3, ["customer", "show", "Zzyzx"]);
    assert!(unknown.contains("none sounds like it"), "{unknown}");
    assert!(
        !unknown.contains("Red Oak") && !unknown.contains("[erased]"),
        "{unknown}"
    );
}
