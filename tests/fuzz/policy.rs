//! Policy files.

use holdline::policy::{self, example_settings, shipped, shipped_names};

use crate::tries;

#[test]
fn damaged_policies_are_refused_or_read() {
    for name in shipped_names() {
        let whole = shipped(name).unwrap();
        let settings = example_settings(whole).unwrap();
        tries(60, |damage| {
            let text = damage.text(whole);
            match policy::load(&text, &settings) {
                // What was taken can be told: to callers, and by `policy show`.
                Ok(loaded) => assert!(!policy::describe(&loaded.policy, Some(80)).is_empty()),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        });
    }
}
