//! What an agent chose for the console: keys, a theme, further views; and the sentence that is read out.

use std::fs;

use rstest::rstest;

use crate::console::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

/// A shop whose agent has these settings.
fn with_settings(text: &str) -> Shop {
    let shop = Shop::new(&["severity"]);
    let folder = shop.path(".config/holdline");
    fs::create_dir_all(folder.join("themes")).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
    shop
}

#[test]
fn every_action_is_listed_with_its_keys() {
    let shop = Shop::new(&["severity"]);
    let listed = shop.ok(["keys"]);
    let note = |listed: &str| {
        let mut lines = listed.lines();
        let line = lines.find(|line| line.starts_with("note ")).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!(note(&listed), "m");
    let shop = with_settings("[keys]\nnote = [\"ctrl-n\"]\n");
    assert_eq!(note(&shop.ok(["keys"])), "Ctrl-N");
    let json = shop.json(["keys"]);
    let named = json.as_array().unwrap();
    assert!(
        named
            .iter()
            .any(|action| action["name"] == "call" && action["keys"][0] == "c")
    );
}

#[test]
fn a_mistake_is_named_with_its_line() {
    for (text, line, problem) in [
        (
            "[keys]\n\nnoet = [\"n\"]\n",
            3,
            "no action is called \"noet\"",
        ),
        (
            "[keys]\nnote = [\"hyper-n\"]\n",
            2,
            "\"hyper-n\" names no key",
        ),
        ("# mine\n[keys]\nnote = [\"c\"]\n", 3, "c stands for both"),
        ("theme = \"dusk\"\n", 1, "no theme is called \"dusk\""),
        ("\ncolour = 1\n", 2, "nothing is called `colour` here"),
        ("[keys\n", 1, ""),
    ] {
        let said = with_settings(text).fails(2, ["keys"]);
        assert!(
            said.contains(&format!("config.toml, line {line}: ")),
            "{said}"
        );
        assert!(said.contains(problem), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_mistake_leaves_the_rest_as_it_was_chosen() {
    let rest = "[keys]\nnote = [\"z\"]\n[[view]]\nname = \"Fern\"\nquery = \"fern\"\n";
    // A theme that is missing, and one whose file means nothing: keys and views are the agent's own.
    for theme in ["dusk", "torn"] {
        let shop = with_settings(&format!("theme = \"{theme}\"\n{rest}"));
        let torn = shop.path(".config/holdline/themes/torn.toml");
        fs::write(torn, "title = { fg = \"#12345\" }\n").unwrap();
        shop.customer("Blue Fern");
        shop.log("Blue Fern", &["--severity", "low"]);
        let mut terminal = Terminal::open(&shop, LARGE);
        terminal.shows("the theme is as it ships");
        terminal.press("z").shows("Ctrl-O editor");
        terminal.press("esc").press(":").type_in("fern");
        terminal.shows("view Fern");
    }
    // Keys that clash are as they ship; the views are there.
    let shop = with_settings(&rest.replace("\"z\"", "\"c\""));
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows("the keys are as they ship");
    terminal.press(":").type_in("fern");
    terminal.shows("view Fern");
}

#[test]
fn every_mistake_of_theme_keys_and_views_is_named_at_once() {
    let text = "theme = \"dusk\"\n[keys]\nnoet = [\"z\"]\nnote = [\"hyper-n\"]\n[[view]]\nname = \"Fern\"\nquery = \"is:mised\"\n";
    let said = with_settings(text).fails(2, ["keys"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 4, "{said}");
    for (line, problem) in lines.iter().zip([
        "no theme is called \"dusk\"",
        "\"noet\"",
        "\"hyper-n\"",
        "view \"Fern\": no property \"mised\": try missed",
    ]) {
        assert!(line.contains(problem), "{said}");
    }
}

#[test]
fn the_console_has_the_keys_and_views_that_were_chosen() {
    let shop = with_settings(
        "theme = \"light\"\n[keys]\nnote = [\"z\"]\n[[view]]\nname = \"Fern\"\nquery = 'customer:\"Blue Fern\"'\n",
    );
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.log("Blue Fern", &["--severity", "low"]);
    shop.log("Grey Heron", &["--severity", "low"]);
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.shows("Grey Heron");
        // From the first view back is the last one: the agent's own.
        terminal.type_in("h").shows("Fern 1");
        terminal.type_in("z").shows("Shift-Tab leads to the kind");
    }
}

#[test]
fn the_console_opens_in_spite_of_a_mistake_and_says_it() {
    for text in [
        "[keys]\nnoet = [\"n\"]\n",
        "[[view]]\nname = \"x\"\nquery = \"sate:open\"\n",
    ] {
        let shop = with_settings(text);
        let terminal = Terminal::open(&shop, LARGE);
        terminal.shows("config.toml, line 2: ");
    }
    let shop = with_settings("theme = \"mine\"\n");
    let theme = shop.path(".config/holdline/themes/mine.toml");
    fs::write(&theme, "# dark, mostly\ntitle = { fg = \"#12345\" }\n").unwrap();
    Terminal::open(&shop, LARGE).shows("mine.toml, line 2: ");
    fs::write(&theme, "title = { fg = \"#ff00aa magenta\" }\n").unwrap();
    assert!(!Terminal::open(&shop, LARGE).screen().contains("line"));
}

#[test]
fn what_narrows_the_queue_is_kept_as_a_view() {
    let before = "# mine\nnotify = true\n";
    let shop = with_settings(before);
    let file = shop.path(".config/holdline/config.toml");
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &["--severity", "low"]);
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows("Blue Fern");
    terminal.press("S").shows("nothing narrows the queue");
    // Letters at once after a key that did nothing would be taken for the rest of a word.
    terminal.press("esc /").type_in("customer:\"Blue Fern\"");
    terminal.press("enter S").shows("A view of your own");
    terminal.type_in("Mine").press("ctrl-d");
    terminal.shows("there is a view of that name");
    terminal.type_in(" fern").press("ctrl-d");
    terminal.shows("Mine fern is a view now");
    terminal.shows("Mine fern 1");
    // It is renamed and taken out by the same key.
    terminal.press("S").shows("Your view Mine fern");
    terminal.press("tab").type_in(" too").press("ctrl-d");
    terminal.shows("the view Mine fern is called Mine fern too now");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("name = \"Mine fern too\"")
    );
    terminal.press("S").shows("Your view Mine fern too");
    terminal.type_in("take").press("ctrl-d");
    terminal.shows("Once more Ctrl-D does it.");
    terminal.press("ctrl-d");
    terminal.shows("the view Mine fern too is taken out of config.toml");
    let after = fs::read_to_string(&file).unwrap();
    assert!(
        after.starts_with(before) && !after.contains("view"),
        "{after}"
    );
    terminal.press("/").type_in("customer:\"Blue Fern\"");
    terminal
        .press("enter S")
        .type_in("Mine fern")
        .press("ctrl-d");
    terminal.shows("Mine fern is a view now");
    let written = fs::read_to_string(&file).unwrap();
    let added = "\n[[view]]\nname = \"Mine fern\"\nquery = 'customer:\"Blue Fern\"'\n";
    assert_eq!(written, format!("{before}{added}"));
    drop(terminal);
    // It is there the next time, and what was typed wrong meanwhile is no reason to lose anything.
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows("Blue Fern");
    terminal.type_in("h").shows("Mine fern 1");
    fs::write(&file, "[[view]\n").unwrap();
    terminal.press("/").type_in("fern");
    terminal.press("enter S").shows("A view of your own");
    terminal.type_in("Other").press("ctrl-d");
    terminal.shows("config.toml, line 1: ");
    assert_eq!(fs::read_to_string(&file).unwrap(), "[[view]\n");
}

#[test]
fn themes_are_listed_and_own_ones_checked() {
    let shop = with_settings("theme = \"light\"\n");
    let own = |name: &str| shop.path(&format!(".config/holdline/themes/{name}.toml"));
    fs::write(own("dusk"), "title = { fg = \"red\" }\n").unwrap();
    let listed = shop.json(["themes"]);
    let names = listed.as_array().unwrap().iter();
    let names: Vec<_> = names
        .map(|theme| (theme["name"].as_str().unwrap(), theme["chosen"] == true))
        .collect();
    assert_eq!(names, [("dark", false), ("light", true), ("dusk", false)]);
    assert!(shop.ok(["themes"]).contains("themes/dusk.toml"));
    fs::write(own("dawn"), "\ntitel = { }\n").unwrap();
    fs::write(own("dusk"), "title = { fg = \"rde\" }\n").unwrap();
    let said = shop.fails(2, ["themes"]);
    assert!(
        said.contains("dawn.toml, line 2: nothing is called `titel` here"),
        "{said}"
    );
    assert!(
        said.contains("dusk.toml, line 1: \"rde\" is no colour"),
        "{said}"
    );
}

#[rstest]
#[case::last_quarter(
    "2026-11-24T14:59:54Z",
    "response in its last quarter, due Tue 21:00 UTC"
)]
#[case::missed("2026-11-24T20:59:55Z", "response missed, was due Tue 21:00 UTC")]
fn the_bell_rings_once_for_a_clock_of_mine(#[case] now: &str, #[case] words: &str) {
    let shop = with_settings("notify = true\n");
    shop.customer("Blue Fern");
    let [mine, other] = ["me", "none"].map(|agent| {
        let number = shop.log("Blue Fern", &["--severity", "critical"]);
        shop.ok(["assign", &number, agent]);
        number
    });
    shop.at(now);
    let terminal = Terminal::open(&shop, LARGE);
    terminal.shows(&format!("{mine}: {words}"));
    let notice = format!("\u{1b}]9;{mine}: {words}\u{1b}\\");
    let written = terminal.writes(&notice);
    assert_eq!(written.matches('\u{7}').count(), 1);
    assert_eq!(written.matches(&notice).count(), 1);
    assert!(!written.contains(&format!("{other}: ")));
}

#[test]
fn the_next_deadline_is_said_in_a_sentence() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("To say        You will have our answer by Friday 27 November at "),
        "{shown}"
    );
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("Blue Fern");
    terminal
        .type_in("\"")
        .shows("You will have our answer by Friday 27 November");
}

#[test]
fn the_version_names_what_a_report_of_a_fault_needs() {
    let shop = Shop::empty();
    assert_eq!(
        shop.ok(["-V"]),
        format!("holdline {}", env!("CARGO_PKG_VERSION"))
    );
    let said = shop.ok(["--version"]);
    let desk = rusqlite::version();
    let schema = holdline::store::SCHEMA;
    assert!(
        said.ends_with(&format!("desk schema {schema}, SQLite {desk}")),
        "{said}"
    );
}
