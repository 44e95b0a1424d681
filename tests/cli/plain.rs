//! The plain console: lines in, lines out.

mod answers;
mod calls;
mod money;
mod sentences;
mod steps;

use crate::seen::show;
use crate::shop::Shop;

/// A desk with the customer Blue Fern and one incident.
fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.ok(["agent", "add", "mira"]);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    (shop, number)
}

/// What the plain console says to these lines.
fn says(shop: &Shop, lines: &str) -> String {
    let ran = shop.run_with(lines, ["--plain"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:#?}");
    assert!(!ran.stdout.contains('\u{1b}'), "{ran:#?}");
    ran.stdout
}

#[test]
fn the_open_incident_stands_for_a_number_that_is_left_out() {
    let (shop, number) = shop();
    let lines = format!(
        "list\n{number}\nnote Rang again, it's urgent\nr We see it --no-estimate unknown\nundo\nleave\n"
    );
    let said = says(&shop, &lines);
    // The list is one of sentences, and the prompt says what is open.
    assert!(said.contains(&format!("{number}: Blue Fern, ")), "{said}");
    assert!(said.contains(&format!("{number}> ")), "{said}");
    assert!(said.contains("No incident is open."), "{said}");
    let timeline = shop.ok(["show", &number]);
    assert!(timeline.contains("Rang again, it's urgent"), "{timeline}");
    assert!(timeline.contains("We see it"), "{timeline}");
    assert!(show(&shop, &number)["first_response_at"].is_null());
}

#[test]
fn what_a_command_needs_is_asked_for_and_an_empty_line_does_nothing() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("note\n{number}\nTyped later\nnote {number}\n\n"),
    );
    assert!(said.contains("Its Tech Reference number:"), "{said}");
    assert!(said.contains("The note:"), "{said}");
    assert!(said.contains("Nothing was done."), "{said}");
    assert!(shop.ok(["show", &number]).contains("Typed later"));
    // A form asks for the rest as well, with the choices that there are.
    let said = says(
        &shop,
        &format!("{number}\nform note\nThree sites alike\nrecommendation\n"),
    );
    assert!(said.contains("What kind of note, 1 to "), "{said}");
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("Recommendation: Three sites alike"),
        "{shown}"
    );
}

#[test]
fn mistakes_are_one_line_and_end_nothing() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("nonsense\nnote \"x\nshow 99999-9\n{number}\nreopen --reason x\nhelp\nhelp no\n"),
    );
    for words in [
        "Not done: unrecognized subcommand 'nonsense'",
        "A quote is not closed",
        "Not done: ",
        "leave: leaves the incident that is open.",
        "respond: Answers the customer",
        "No command is called no",
        &number,
    ] {
        assert!(said.contains(words), "no {words} in {said}");
    }
}

#[test]
fn what_is_no_number_says_how_one_looks_and_a_kept_note_is_said() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("10203-5\n99\n10014\n{number}\nm Rang again\nm\n\n"),
    );
    for words in [
        "Not done: 10203-5: not a Tech Reference number: one digit is wrong or two were swapped. A number ends with \
         its check digit, such as 10001-4.",
        "Not done: 99: a Tech Reference number has at least six digits.",
        "Not done: 10014: a Tech Reference number has at least six digits.",
    ] {
        assert!(said.contains(words), "no {words} in {said}");
    }
    assert!(!said.contains("subcommand"), "{said}");
    assert_eq!(said.matches("The note is kept.").count(), 1, "{said}");
}

#[test]
fn keys_and_names_of_actions_are_commands_too() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("{number}\nhelp note\nA\nkeys\n"));
    assert!(
        said.contains("r: respond. Respond to the customer."),
        "{said}"
    );
    assert!(said.contains("Keeps a note on an incident"), "{said}");
    assert_eq!(show(&shop, &number)["assignee"], "mira");
    // An action that the console called otherwise would be missing here.
    let listed = said
        .lines()
        .filter(|line| line.contains(": ") && line.ends_with('.'));
    let from = listed.skip_while(|line| !line.contains("c: call start."));
    assert_eq!(from.count(), 46, "{said}");
}

#[test]
fn a_call_of_ones_own_is_not_forgotten_and_no_desk_is_said() {
    let (shop, number) = shop();
    let said = says(&shop, "c\n\nquit\nx --no-incident wrong-number\nquit\n");
    assert!(
        said.contains("A call of yours runs: x hangs it up"),
        "{said}"
    );
    // Where input ends meanwhile, the next start goes on with it.
    let said = says(&shop, &format!("c {number}\n"));
    assert!(said.contains("runs, 0 min: x hangs it up."), "{said}");
    let said = says(&shop, "note Goes on\nx\nsave\n");
    assert!(
        said.contains("Call 2 with Blue Fern runs, 0 min: x hangs it up."),
        "{said}"
    );
    assert!(said.contains("1 open: the number in front"), "{said}");
    let goes_on = format!("The call goes on with {number}.");
    assert!(said.contains(&goes_on), "{said}");
    assert!(shop.ok(["show", &number]).contains("Goes on"), "{said}");
    let none = Shop::empty();
    let said = says(&none, "list\n");
    assert!(said.contains("holdline init"), "{said}");
}

#[test]
fn the_switch_is_for_the_console_alone_and_can_be_kept() {
    let (shop, _) = shop();
    let said = shop.fails(2, ["--plain", "list"]);
    assert!(said.contains("leave it out with a command"), "{said}");
    let mut command = shop.command();
    let output = command
        .env("HOLDLINE_PLAIN", "1")
        .write_stdin("quit\n")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Holdline, "));
    std::fs::write(shop.path("config.toml"), "plain = true\n").unwrap();
    let mut command = shop.command();
    command.env("HOLDLINE_CONFIG", shop.path("."));
    let output = command.write_stdin("quit\n").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Holdline, "));
}
