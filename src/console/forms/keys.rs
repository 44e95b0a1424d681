//! What keys do in every form.

/// What keys do in every form, for `?` and the README.
pub const KEYS: [(&str, &str); 11] = [
    ("Tab, Shift-Tab", "The next field, the one before"),
    ("Enter", "Go on; in the last field, save"),
    (
        "Ctrl-D",
        "Save from anywhere; once more where money, hours or several incidents are at stake: what would be is told first",
    ),
    ("Ctrl-J", "Break the line, in a text of several"),
    (
        "letters, Up, Down",
        "In a list: narrow it, choose; Ctrl-U: all",
    ),
    ("y, n, Space", "Yes, no, the other"),
    (
        "Ctrl-U, Ctrl-K, Ctrl-W",
        "Delete to the line's start, to its end, the word before",
    ),
    ("Ctrl-Y", "Put back what was deleted so"),
    (
        "Ctrl-O",
        "Write the text in your editor: $VISUAL, $EDITOR or vi",
    ),
    ("Ctrl-R", "Begin anew: everything as it was at first"),
    (
        "Esc",
        "Leave; what was typed is kept for when the form is opened again",
    ),
];

/// [`KEYS`] as Markdown, for the README.
#[must_use]
pub fn keys_as_markdown() -> String {
    let rows = KEYS.iter().map(|(keys, about)| {
        let keys: Vec<String> = keys.split(", ").map(|key| format!("`{key}`")).collect();
        format!("| {} | {about} |\n", keys.join(", "))
    });
    let head = "| in a form | does |\n| --- | --- |\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}
