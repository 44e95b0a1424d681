//! Forms in a terminal: stock phrases, the agent's own editor, what is left and comes back.

use std::fs;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// A desk with one incident.
fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    (shop, number)
}

/// The texts of the notes on an incident.
fn notes(shop: &Shop, number: &str) -> Vec<String> {
    let timeline = show(shop, number)["timeline"].clone();
    let texts = timeline.as_array().unwrap().iter();
    let texts = texts.filter(|entry| entry["kind"] == "noted");
    texts
        .map(|entry| entry["text"].as_str().unwrap())
        .map(|text| text.strip_prefix("Note: ").unwrap().to_owned())
        .collect()
}

fn own_phrases(shop: &Shop, text: &str) {
    fs::create_dir_all(shop.path(".config/holdline")).unwrap();
    fs::write(shop.path(".config/holdline/snippets.toml"), text).unwrap();
}

#[test]
fn a_stock_phrase_is_inserted_by_its_name() {
    let (shop, number) = shop();
    own_phrases(
        &shop,
        "[[snippet]]\nname = \"later\"\ntext = \"Rings again later.\"\n",
    );
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.press("m").shows("Note*");
    // The shop's own, by the beginning of its name; then the agent's, written out.
    terminal
        .type_in("Asked: ;fi")
        .shows(";files Please send us");
    terminal.press("tab").shows("a picture of the whole screen");
    terminal.type_in(" ;later ").shows("Rings again later.");
    terminal.press("ctrl-d").shows("the note is kept");
    let note = &notes(&shop, &number)[0];
    assert!(
        note.starts_with("Asked: Please send us the log file"),
        "{note}"
    );
    assert!(note.ends_with("on it. Rings again later."), "{note}");
}

#[test]
fn a_file_of_phrases_that_does_not_fit_is_named_at_start() {
    let (shop, _) = shop();
    own_phrases(&shop, "[[snippet]]\nname = \"later\"\n");
    let terminal = Terminal::open(&shop, LARGE);
    terminal.shows("snippets.toml: line 1");
}

#[test]
fn a_long_text_is_written_in_the_agents_own_editor() {
    let (shop, number) = shop();
    // An editor that asks on the terminal, as editors do.
    let editor =
        "printf 'in the editor: '; cat \"$1\"; read line; printf '%s\\n' \"$line\" >> \"$1\"";
    fs::write(shop.path("edit.sh"), editor).unwrap();
    let editor = format!("sh {}", shop.path("edit.sh").display());
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::with(&shop, size, &[("EDITOR", &editor)]);
        terminal.shows(&number);
        terminal.press("m").shows("Ctrl-O editor");
        terminal.type_in("It is dark").type_in("\u{f}");
        terminal.shows("in the editor: It is dark");
        terminal.type_in("since Friday\r").shows("Ctrl-D save");
        terminal.shows("since Friday");
        terminal.press("ctrl-d").shows("the note is kept");
    }
    assert_eq!(notes(&shop, &number), ["It is dark\nsince Friday"; 2]);
}

#[test]
fn an_editor_that_cannot_be_run_leaves_the_text_as_it_was() {
    let (shop, number) = shop();
    let mut terminal = Terminal::with(&shop, SMALL, &[("EDITOR", "no-such-editor")]);
    terminal.shows(&number);
    terminal.press("m").shows("Ctrl-O editor");
    terminal.type_in("It is dark").type_in("\u{f}");
    terminal.shows("no-such-editor ended with 127");
    terminal.press("ctrl-d").shows("the note is kept");
    assert_eq!(notes(&shop, &number), ["It is dark"]);
}

#[test]
fn a_refusal_is_read_in_full_on_a_small_terminal() {
    let (shop, number) = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    // Its end, for which a line of 80 columns has no room, stands there too.
    terminal.press("p").shows("nothing is owed for ");
    terminal.shows("nothing was paid for ");
    let shown = terminal.shows("that could be given");
    assert!(!shown.contains("given…"), "{shown}");
}

#[test]
fn what_was_typed_survives_esc() {
    let (shop, number) = shop();
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.shows(&number);
        terminal.press("m").shows("Note*");
        terminal
            .type_in("It is dark")
            .press("esc")
            .shows("what you typed is kept");
        terminal.press("m").shows("It is dark");
        terminal.shows("Ctrl-R begins anew");
        terminal
            .type_in(" since Friday")
            .press("ctrl-d")
            .shows("the note is kept");
        // Once it is saved, nothing comes back.
        terminal.press("m").shows("Note*");
        assert!(!terminal.screen().contains("begins anew"));
        terminal.press("esc");
    }
    assert_eq!(notes(&shop, &number), ["It is dark since Friday"; 2]);
}
