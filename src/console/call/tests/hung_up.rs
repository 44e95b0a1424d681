//! A call that was hung up while its new incident was not saved: it stays hung up, and looks so.

use super::*;

#[test]
fn a_call_that_was_hung_up_stays_so_while_its_new_incident_is_finished() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("Screens flicker").wait(11);
    console.press("ctrl-x ctrl-d").wait(60);
    let shown = picture(&mut console);
    assert!(shown.contains("hung up, call 0:11 · Blue Fern"), "{shown}");
    assert!(shown.contains("Ctrl-X wrap-up"), "{shown}");
    // It looks like no call that runs, and what leads back is named.
    console.press("f2");
    let shown = picture(&mut console);
    assert!(shown.contains("hung up 0:11  Blue Fern"), "{shown}");
    assert!(
        shown.contains("hung up, call 0:11 Blue Fern, H: its wrap-up"),
        "{shown}"
    );
    assert!(shown.contains("x wrap-up  H take back"), "{shown}");
    assert!(!shown.contains("talking"), "{shown}");
    console.press("q");
    assert!(picture(&mut console).contains("a wrap-up is not filled in"));
    console.press("H");
    let shown = picture(&mut console);
    assert!(shown.contains("Summary"), "{shown}");
    // Another call comes between.
    console
        .press("f1 c")
        .wait(20)
        .press("ctrl-x")
        .type_in("w")
        .press("ctrl-d H");
    let shown = picture(&mut console);
    assert!(shown.contains("Summary"), "{shown}");
    console.press("esc").wait(13);
    let shown = picture(&mut console);
    assert!(shown.contains("A new incident was begun"), "{shown}");
    assert!(shown.contains("call 0:11 "), "{shown}");
    // Who talked with somebody else since is not still talking.
    assert!(!shown.contains("still talking"), "{shown}");
    console.press("esc").wait(13).press("x");
    let shown = picture(&mut console);
    assert!(shown.contains("hanging up"), "{shown}");
    console.press("ctrl-d enter").type_in("h").press("ctrl-d");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 0:11 recorded on 10001-4"),
        "{shown}"
    );
    assert_eq!(incident(&console, first()).call_seconds, 11);
}

#[test]
fn who_hung_up_too_early_says_that_the_call_goes_on() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("Screens flicker").wait(11);
    console.press("ctrl-x ctrl-d").wait(5).press("esc");
    let shown = picture(&mut console);
    assert!(shown.contains("call 0:11 "), "{shown}");
    assert!(shown.contains("Esc still talking"), "{shown}");
    console.press("esc").wait(4);
    let shown = picture(&mut console);
    assert!(shown.contains("call 0:20 "), "{shown}");
    assert!(shown.contains("Screens flicker"), "{shown}");
}
