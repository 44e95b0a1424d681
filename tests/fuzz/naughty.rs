//! Texts that mean harm to a screen, a parser, a spreadsheet or a shell.

/// Each with something that a screen, a parser or a shell may take for an order.
pub(crate) const NAUGHTY: &[&str] = &[
    "\u{1b}[2J\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P$q\u{1b}\\ \u{9b}31m \u{9d}8;;http://x.example\u{9c}",
    "bell \u{7} back\u{8}\u{8}\u{8} return \rover \u{c} \u{b} \u{7f}",
    "evil\u{202e}cod.exe \u{2066}isolated\u{2069} \u{200f}",
    "zero\u{200b}width \u{feff}mark \u{2060} \u{ad}soft \u{e0041}tag",
    "Z\u{0351}\u{036b}\u{0343}a\u{0349}\u{034d}lgo \u{0301}alone",
    "=HYPERLINK(\"http://x.example\",\"click\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "x,\"y\"\";z",
    "'; DROP TABLE incident; --",
    "\" OR 1=1 -- %s %n %x {0} ${HOME} $(id) `id`",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "| **bold** | [link](http://x.example) # heading",
    "../../../etc/passwd\\..\\con.txt",
    "Ω≈ç√∫ 田中さん 👩‍👩‍👧‍👦 🏳️‍🌈 ﷽ ـ كشيدة",
    "null undefined NaN true 0x1F 1e309 -0",
    "a very long word: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "two\nlines\r\nBcc: evil@x.example\n\n.\nQUIT",
];
