use chrono_tz::Europe::London;
use rstest::rstest;

use crate::console::bulk::Change;
use crate::console::look::tests::{plain, rich};
use crate::console::model::Layer;
use crate::console::testing::{BUSY_NOW, Console, busy};
use crate::incident::{Incident, MessageState, NoteKind, Step, TechRef};

fn console(keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, (120, 40));
    console.press(keys);
    console
}

fn picture(console: &mut Console) -> String {
    console.picture((120, 40), &rich())
}

fn marked(console: &Console) -> Vec<TechRef> {
    console.model.queue.marked.clone()
}

fn assignees(console: &Console, numbers: &[TechRef]) -> Vec<Option<String>> {
    let desk = console.desk();
    let assignee = |number: &TechRef| {
        let now = console.model.now;
        desk.incident(*number, now).unwrap().0.assignee
    };
    numbers.iter().map(assignee).collect()
}

#[test]
fn a_step_is_taken_on_all_that_are_marked_after_it_was_shown() {
    let mut console = console("space space space");
    let numbers = marked(&console);
    assert_eq!(numbers.len(), 3);
    assert!(picture(&mut console).contains("3 marked"));
    console.press("a").type_in("jonas");
    assert!(picture(&mut console).contains("Assign: 3 incidents"));
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("3 of 3 can be done."), "{shown}");
    assert!(shown.contains("-> jonas"), "{shown}");
    let jonas = Some("jonas".to_owned());
    assert_ne!(assignees(&console, &numbers), vec![jonas.clone(); 3]);
    console.press("enter");
    assert_eq!(assignees(&console, &numbers), vec![jonas; 3]);
    assert!(marked(&console).is_empty() && console.model.layers.is_empty());
    let shown = picture(&mut console);
    assert!(shown.contains("3 incidents: assigned"), "{shown}");
    console.wait(2);
    assert!(
        !picture(&mut console).contains('◆'),
        "one's own changes are no news"
    );
}

#[test]
fn messages_that_are_queued_and_those_that_are_dropped_are_told() {
    let console = console("");
    let row = console.model.queue.selected().unwrap().number;
    let mut before = console.desk().incident(row, console.model.now).unwrap().0;
    let mut one = *before.messages.first().unwrap();
    one.state = MessageState::Queued;
    before.messages = vec![one];
    let mut after = before.clone();
    after.messages.push(one);
    let words = |before: &Incident, after: &Incident| {
        Change::between(before, after, console.model.now, console.model.zone).words
    };
    let (queued, dropped) = (words(&before, &after), &mut after);
    assert_eq!(queued, "1 message to the customer queued");
    dropped.messages.pop();
    dropped.messages[0].state = MessageState::Dropped;
    let said = words(&before, dropped);
    assert_eq!(said, "1 message to the customer dropped, never sent");
}

#[test]
fn what_was_typed_is_still_there_after_looking() {
    let mut console = console("space space m");
    console.type_in("Asked the developers").press("ctrl-d esc");
    assert!(picture(&mut console).contains("Asked the developers"));
    console.press("esc");
    assert_eq!(marked(&console).len(), 2);
    console.press("esc");
    assert!(marked(&console).is_empty());
}

#[test]
fn what_a_rule_refuses_is_told_row_by_row_and_stays_marked() {
    let mut console = console("*");
    let numbers = marked(&console);
    assert_eq!(numbers.len(), console.model.queue.rows.len());
    console.press("i");
    let shown = picture(&mut console);
    assert!(shown.contains("1 of 9 can be done."), "{shown}");
    assert!(shown.contains("state to be accepted -> open"), "{shown}");
    assert!(shown.contains("refused: "), "{shown}");
    console.press("enter");
    let refused = marked(&console);
    assert_eq!(refused.len(), numbers.len() - 1);
    let shown = picture(&mut console);
    assert!(shown.contains("Refused, and still marked"), "{shown}");
}

#[test]
fn one_that_somebody_changed_between_is_refused_alone() {
    let mut console = console("space space m");
    let numbers = marked(&console);
    console.type_in("Seen").press("ctrl-d");
    let text = "I have it".to_owned();
    let kind = NoteKind::Internal;
    console.meanwhile("jonas", numbers[0], Step::Note { kind, text });
    console.press("enter");
    assert_eq!(marked(&console), [numbers[0]]);
    let shown = picture(&mut console);
    assert!(shown.contains("was changed meanwhile by jonas"), "{shown}");
}

#[test]
fn a_step_on_several_is_taken_back_on_all_of_them_right_after_it() {
    let mut console = console("space space space");
    let numbers = marked(&console);
    let before = assignees(&console, &numbers);
    console.press("a").type_in("jonas").press("ctrl-d enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("3 incidents: assigned; u takes all back"),
        "{shown}"
    );
    // Somebody works on one of them meanwhile: that one is told, and stays.
    let text = "I have it".to_owned();
    let kind = NoteKind::Internal;
    console.meanwhile("jonas", numbers[2], Step::Note { kind, text });
    console.press("u");
    let shown = picture(&mut console);
    assert!(shown.contains("2 of 3 can be done."), "{shown}");
    assert!(shown.contains("agent jonas ->"), "{shown}");
    assert_eq!(
        assignees(&console, &numbers),
        vec![Some("jonas".to_owned()); 3]
    );
    console.press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("Not taken back"), "{shown}");
    assert!(shown.contains("only who took it takes it back"), "{shown}");
    let after = assignees(&console, &numbers);
    assert_eq!(after[..2], before[..2]);
    assert_eq!(after[2].as_deref(), Some("jonas"));
    assert!(marked(&console).is_empty());
    // It is done once: the key means the selected incident again.
    console.press("esc u");
    assert!(!picture(&mut console).contains("can be done."));
}

#[test]
fn what_was_so_already_is_not_taken_back_and_another_step_ends_it() {
    let mut console = console("space space a");
    let numbers = marked(&console);
    console.type_in("jonas").press("ctrl-d enter");
    assert_eq!(console.model.taken_on, numbers);
    console.model.queue.marked = numbers;
    console.press("a").type_in("jonas").press("ctrl-d enter");
    assert!(console.model.taken_on.is_empty());
    let mut console = self::console("space space m");
    console.type_in("Seen").press("ctrl-d enter");
    assert_eq!(console.model.taken_on.len(), 2);
    console.press("u esc");
    assert!(
        console.model.taken_on.is_empty(),
        "Esc leaves them as they are"
    );
    let mut console = self::console("space space m");
    console.type_in("Seen").press("ctrl-d enter m");
    console.type_in("And this").press("ctrl-d");
    assert!(console.model.taken_on.is_empty());
}

#[test]
fn what_cannot_be_done_to_several_says_so() {
    let mut console = console("space s");
    let shown = picture(&mut console);
    assert!(shown.contains("that is done one by one"), "{shown}");
    console.press("space k space");
    assert!(marked(&console).len() < 3);
    // A mark that is not in this view is not forgotten.
    let mut console = self::console("space / z z z enter A");
    let shown = picture(&mut console);
    assert!(
        shown.contains("none of the marked incidents is in this view"),
        "{shown}"
    );
}

#[test]
fn ctrl_d_does_what_was_shown_as_enter_does() {
    let mut console = console("space space a");
    let numbers = marked(&console);
    console.type_in("jonas").press("ctrl-d");
    assert!(picture(&mut console).contains("Ctrl-D Enter do what can be done"));
    console.press("ctrl-d");
    assert_eq!(
        assignees(&console, &numbers),
        vec![Some("jonas".to_owned()); 2]
    );
    assert!(console.model.layers.is_empty());
}

#[test]
fn what_is_so_already_is_not_counted_as_what_can_be_done() {
    let mut console = console("space space a");
    console.type_in("jonas").press("ctrl-d enter");
    console.press("g space space space a");
    console.type_in("jonas").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("1 of 3 can be done. 2 are so already."),
        "{shown}"
    );
    console.press("enter g space space a");
    console.type_in("jonas").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("None of them would change. 2 are so already."),
        "{shown}"
    );
    console.press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("2 were so already"), "{shown}");
}

#[test]
fn what_was_done_is_taken_back_from_the_box_that_tells_what_was_not() {
    let mut console = console("* i enter");
    let shown = picture(&mut console);
    assert!(shown.contains("Refused, and still marked"), "{shown}");
    assert!(shown.contains("u take all back"), "{shown}");
    console.press("u");
    let shown = picture(&mut console);
    assert!(shown.contains("1 of 1 can be done."), "{shown}");
    assert!(shown.contains("state open -> to be accepted"), "{shown}");
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("the last step is taken back"));
    // Any other key only closes it.
    let console = self::console("* i enter m");
    assert!(console.model.layers.is_empty());
}

#[rstest]
#[case((80, 24))]
#[case((120, 40))]
#[case((200, 60))]
fn it_looks_well_at_every_size(#[case] size: (u16, u16)) {
    let mut console = console("* i");
    assert!(matches!(console.model.layers.as_slice(), [Layer::Bulk(_)]));
    let (width, height) = size;
    insta::assert_snapshot!(
        format!("bulk_{width}x{height}"),
        console.picture(size, &rich())
    );
    if size == (80, 24) {
        insta::assert_snapshot!("bulk_plain", console.picture(size, &plain()));
    }
}

#[test]
fn a_severity_is_agreed_with_each_ones_own_people() {
    // All of the queue, whose first incident is under a policy without severities.
    let mut console = console("* v");
    assert!(picture(&mut console).contains("Agree on a severity"));
    console.type_in("high").press("tab");
    let shown = picture(&mut console);
    assert!(shown.contains("its own contact, if empty"), "{shown}");
    assert!(!shown.contains("would be refused"), "{shown}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("agreed with Lee Tran"), "{shown}");
    assert!(
        shown.contains("refused: nobody is named as its contact")
            || shown.contains("agreed with Mesa Verde Billing"),
        "{shown}"
    );
    let refused = |name: &str| {
        shown
            .lines()
            .any(|line| line.contains(name) && line.contains("refused: "))
    };
    assert!(refused("Harbour Clinic Trust"), "{shown}");
    // A name is taken only where it is one of theirs.
    console.press("esc").type_in("Lee tran").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("agreed with Lee Tran"), "{shown}");
    assert!(
        shown.contains("Lee tran is none of its customer's"),
        "{shown}"
    );
}
