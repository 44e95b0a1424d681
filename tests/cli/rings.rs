//! What rings, and whose number it is, in whatever notation.

use crate::shop::Shop;

/// How many calls ring or run.
fn running(shop: &Shop) -> usize {
    shop.json(["call", "list"]).as_array().unwrap().len()
}

#[test]
fn a_number_is_found_as_it_rings_in_whatever_notation_it_was_noted() {
    let shop = Shop::new(&["severity"]);
    for (name, phone) in [
        ("Blue Fern", "+49 (0) 40 / 55 50 109"),
        ("Red Oak", "+353 (0)1 555 0103"),
        ("Grey Heron", "0171 / 555 01 06"),
        ("Green Elm", "+44 20 7946 0112"),
    ] {
        shop.ok(["customer", "add", name, "--phone", phone]);
    }
    for (dialled, name) in [
        ("+49405550109", "Blue Fern"),
        ("0049405550109", "Blue Fern"),
        ("49405550109", "Blue Fern"),
        ("0405550109", "Blue Fern"),
        ("+49 (0)40 5550109", "Blue Fern"),
        ("+35315550103", "Red Oak"),
        ("+491715550106", "Grey Heron"),
        ("+44 (0)20 7946 0112", "Green Elm"),
    ] {
        let rang = shop.json(["ring", "--from", dialled]);
        assert_eq!(rang["who"], name, "{dialled}");
        shop.ok(["ring", "--from", dialled, "--over"]);
        let listed = shop.ok(["customer", "list", dialled]);
        assert!(listed.contains(name), "{dialled}: {listed}");
        let typed = format!("c {dialled}\n1\nx\n");
        let plain = shop.run_with(&typed, ["--plain"]).stdout;
        assert!(plain.contains(name), "{dialled}: {plain}");
    }
    // A number is found while it is being typed, too; one of nobody's is not.
    assert!(
        shop.ok(["customer", "list", "+4940555"])
            .contains("Blue Fern")
    );
    assert!(
        !shop
            .ok(["customer", "list", "+49405550199"])
            .contains("Blue Fern")
    );
}

#[test]
fn who_gives_up_is_known_by_the_digits() {
    let shop = Shop::new(&["severity"]);
    for (rang, over) in [
        ("0171 / 555 01 06", "01715550106"),
        ("0305550116", "+49305550116"),
        ("+49305550116", "030 5550116"),
    ] {
        shop.ok(["ring", "--from", rang]);
        shop.ok(["ring", "--from", "+49305550117"]);
        let said = shop.ok(["ring", "--from", over, "--over"]);
        assert!(said.contains("rings no more"), "{said}");
        assert_eq!(running(&shop), 1, "the other rings on");
        shop.ok(["ring", "--from", "+49305550117", "--over"]);
    }
}

#[test]
fn who_withholds_the_number_and_gives_up_ends_no_ring_of_others() {
    let shop = Shop::new(&["severity"]);
    let facts = |id: &str| {
        format!("agi_callerid: unknown\nagi_uniqueid: {id}\n\n") + &"200 result=1\n".repeat(4)
    };
    let ring = |id: &str, over: &[&str]| {
        let words = ["ring", "--agi"].iter().chain(over);
        let ran = shop.run_with(&facts(id), words);
        assert_eq!(ran.code, 0, "{ran:#?}");
        ran.stdout
    };
    let first = ring("1795428600.17", &[]);
    assert!(ring("1795428603.18", &[]) != first, "two callers ring");
    assert_eq!(ring("1795428600.17", &[]), first, "it rings on");
    assert_eq!(running(&shop), 2);
    ring("1795428609.19", &["--over"]);
    assert_eq!(running(&shop), 2, "that one never rang");
    ring("1795428603.18", &["--over"]);
    let left = shop.json(["call", "list"]);
    let id = format!("HOLDLINE_CALL \"{}\"", left[0]["id"]);
    assert!(first.contains(&id), "{first}");
    ring("1795428600.17", &["--over"]);
    assert_eq!(running(&shop), 0);
    // Where nothing tells them apart, one who gives up ends one ring: the oldest, of that line where one is named.
    let rings = |line: &str| shop.ok(["ring", "--from", "anonymous", "--line", line]);
    rings("sales");
    rings("support");
    shop.ok(["ring", "--from", "anonymous", "--line", "support", "--over"]);
    assert_eq!(shop.json(["call", "list"])[0]["line"], "sales");
    rings("support");
    shop.ok(["ring", "--from", "anonymous", "--over"]);
    assert_eq!(shop.json(["call", "list"])[0]["line"], "support");
    assert_eq!(running(&shop), 1);
}

#[test]
fn an_option_that_is_not_there_is_not_offered_as_a_text() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let said = shop.fails(2, ["respond", &number, "--text", "On its way"]);
    assert!(said.contains("unexpected argument '--text'"), "{said}");
    assert!(!said.contains("as a value"), "{said}");
    assert!(said.contains("see `holdline respond --help`"), "{said}");
}

#[test]
fn a_number_that_was_never_filled_in_rings_nowhere() {
    let shop = Shop::new(&["severity"]);
    for empty in ["", "  "] {
        for more in [&[][..], &["--over"]] {
            let said = shop.fails(2, ["ring", "--from", empty].iter().chain(more));
            assert!(said.contains("--from is empty"), "{said}");
        }
    }
    assert_eq!(running(&shop), 0);
    // Of whoever withholds it Asterisk may say nothing at all.
    let told = shop.run_with("agi_callerid: \n\n", ["ring", "--agi"]);
    assert_eq!(told.code, 0, "{told:#?}");
    assert_eq!(running(&shop), 1);
}
