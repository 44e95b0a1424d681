//! How a form looks: mistakes, help and meanings beneath its fields, scrolling, the cursor.

use super::*;

#[test]
fn what_is_said_beneath_a_field_is_never_cut() {
    let check = "\"never\" is no instant: write 14:30 or +2h";
    let about = "Nobody can work, or money is lost with every hour";
    let mut form = Form::new(vec![
        Field::text("at", "At")
            .check(move |form| (form.value("at") == "never").then(|| check.to_owned()))
            .reading(|form| (form.value("at") == "+2h").then(|| "Tue 14:30".to_owned())),
        Field::pick(
            "severity",
            "Severity",
            vec![
                Choice::new("c", "Critical", about),
                Choice::new("h", "High", ""),
            ],
        )
        .required(),
    ]);
    let before = form.tallest(36);
    write(&mut form, "+2h");
    assert_eq!(
        drawn(&form, 36, 3, &plain()),
        ["> At         +2h", "             Tue 14:30", "  Severity*"]
    );
    assert_eq!(form.tallest(36), before);
    press(&mut form, "ctrl-u");
    write(&mut form, "never");
    press(&mut form, "tab");
    write(&mut form, "c");
    let expected = [
        "  At         never",
        "             x \"never\" is no",
        "               instant: write 14:30",
        "               or +2h",
        "> Severity*  c",
        "             > Critical  Nobody can~",
        "             Nobody can work, or",
        "             money is lost with",
        "             every hour",
    ];
    assert_eq!(drawn(&form, 36, 9, &plain()), expected);
    // The list keeps its lines, whatever is picked.
    press(&mut form, "ctrl-u");
    let tall = form.tallest(36);
    press(&mut form, "down");
    assert_eq!(
        (form.value("severity").as_str(), form.tallest(36)),
        ("h", tall)
    );
}

#[test]
fn what_is_wrong_as_long_as_it_is_empty_is_marked_as_needed() {
    let one_of = |form: &Form| {
        (form.value("a").is_empty() && form.value("b").is_empty()).then(|| "Give one.".to_owned())
    };
    let mut form = Form::new(vec![
        Field::text("a", "A").check(one_of),
        Field::text("b", "B").check(one_of),
    ]);
    assert_eq!(drawn(&form, 9, 2, &plain()), ["> A*", "  B*"]);
    write(&mut form, "x");
    assert_eq!(drawn(&form, 9, 2, &plain()), ["> A  x", "  B"]);
}

#[test]
fn mistakes_and_help_show_at_their_field() {
    let mut form = form();
    write(&mut form, "A summary that is far too long");
    press(&mut form, "tab");
    form.update(&Event::Paste("It smokes.\nAnd burns.".into()));
    press(&mut form, "tab");
    write(&mut form, "h");
    let expected = [
        "  Summary*   A summary that is far too long",
        "             x At most 20 characters.",
        "  Details    It smokes.",
        "             And burns.",
        "",
        "> Severity*  h",
        "             > High  Many cannot work",
        "             How many people cannot work?",
        "  On site    [ ] no",
        "  PIN",
    ];
    assert_eq!(drawn(&form, 60, 10, &plain()), expected);
}

#[test]
fn a_tall_form_scrolls_to_the_field_that_has_the_keys() {
    let mut form = form();
    form.set("pin", "4711");
    form.focus_on("pin");
    assert_eq!(
        drawn(&form, 40, 2, &plain()),
        ["  On site    [ ] no", "> PIN        ****"]
    );
    assert_eq!(
        form.cursor(Rect::new(0, 0, 40, 2)),
        Some(Position::new(17, 1))
    );
}

#[test]
fn a_long_line_scrolls_with_its_cursor_also_over_wide_characters() {
    let mut form = Form::new(vec![Field::text("name", "Name")]);
    write(&mut form, "日本語の会社 Ltd");
    let area = Rect::new(0, 0, 18, 1);
    assert_eq!(drawn(&form, area.width, 1, &plain()), ["> Name  会社 Ltd"]);
    assert_eq!(form.cursor(area), Some(Position::new(16, 0)));
    press(&mut form, "home");
    assert_eq!(
        drawn(&form, area.width, 1, &plain()),
        ["> Name  日本語の会"]
    );
    assert_eq!(form.cursor(area), Some(Position::new(8, 0)));
}

#[test]
fn the_cursor_stands_where_an_area_takes_text() {
    let mut form = Form::new(vec![Field::area("note", "Note", 2)]);
    form.update(&Event::Paste("one\ntwo\nthree".into()));
    let area = Rect::new(0, 0, 30, 4);
    assert_eq!(
        drawn(&form, area.width, area.height, &plain())[..2],
        ["> Note  two", "        three"]
    );
    assert_eq!(form.cursor(area), Some(Position::new(13, 1)));
}

#[test]
fn any_area_will_do() {
    for (width, height) in [(0, 0), (1, 1), (3, 2), (20, 5), (80, 24), (200, 60)] {
        for name in ["summary", "details", "severity", "onsite", "pin"] {
            let mut form = form();
            form.set("details", "one\ntwo\nthree\nfour and more");
            form.focus_on(name);
            press(&mut form, "ctrl-d");
            drawn(&form, width, height, &rich());
            let cursor = form.cursor(Rect::new(0, 0, width, height));
            assert!(cursor.is_none_or(|cursor| cursor.x < width && cursor.y < height));
        }
    }
    let empty = Form::new(Vec::new());
    assert_eq!(drawn(&empty, 9, 1, &rich()), [""]);
    assert_eq!(
        empty
            .clone()
            .update(&Event::Key(crossterm::event::KeyCode::Enter.into())),
        FormOutcome::Submit
    );
}

#[test]
fn a_cards_number_is_marked_while_it_is_typed_in_whatever_holds_text() {
    for name in ["summary", "details"] {
        let mut form = form();
        form.focus_on(name);
        write(&mut form, "4111 1111 1111 111");
        assert_eq!(form.mistake(name), None);
        write(&mut form, "1");
        let shown = drawn(&form, 60, 12, &plain()).join("\n");
        assert!(shown.contains("holds the number of a payment"), "{shown}");
        press(&mut form, "backspace");
        assert_eq!(form.mistake(name), None);
    }
    // What is typed into an editor is judged when it comes back, and a hidden field is kept nowhere.
    let mut form = form();
    form.focus_on("details");
    form.put("4111 1111 1111 1111");
    assert!(form.mistake("details").is_some());
    form.focus_on("pin");
    write(&mut form, "4111111111111111");
    assert_eq!(form.mistake("pin"), None);
}
