//! `holdline snippets`.

use std::fs;

use crate::shop::Shop;

#[test]
fn stock_phrases_are_listed_with_where_they_come_from() {
    let shop = Shop::new(&["severity"]);
    let file = shop.path(".config/holdline/snippets.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(
        &file,
        "[[snippet]]\nname = \"later\"\ntext = \"Rings again later.\"\n",
    )
    .unwrap();
    let listed = shop.json(["snippets"]);
    assert_eq!(listed[0]["name"], "later");
    assert_eq!(listed[0]["from"], "you");
    assert_eq!(listed[1]["name"], "files");
    assert_eq!(listed[1]["from"], "severity");
    let table = shop.ok(["snippets"]);
    assert!(
        table.contains(";later  you       Rings again later."),
        "{table}"
    );

    for (text, said) in [
        ("[[snippet]]\nname = \"x\"\n", "snippets.toml: line 1"),
        (
            "[[snippet]]\nname = \"x\"\ntext = \" \"\n",
            "line 3: snippet.0.text: it is empty",
        ),
        (
            "[[snippet]]\nname = \"a b\"\ntext = \"x\"\n",
            "line 2: snippet.0.name",
        ),
        ("[[snipet]]\nname = \"x\"\n", "line 1"),
        ("name", "line 1"),
    ] {
        fs::write(&file, text).unwrap();
        let failed = shop.fails(2, ["snippets"]);
        assert!(failed.contains(said), "{failed}");
        assert_eq!(failed.lines().count(), 1, "{failed}");
    }
}
