//! What the README says of moving over is what happens.

use std::fs;

use super::case;
use crate::shop::Shop;

/// The blocks of the README that stand after this sentence or heading.
fn blocks(after: &str) -> Vec<String> {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once(after).unwrap();
    let blocks = rest.split("\n```").skip(1).step_by(2);
    blocks
        .map(|block| block.split_once('\n').unwrap().1.to_owned())
        .collect()
}

#[test]
fn a_shop_moves_from_a_spreadsheet_by_the_readme_alone() {
    let blocks = blocks("## Moving over: from a spreadsheet");
    let shop = Shop::empty();
    shop.at("2026-11-30T10:00:00Z");
    fs::write(shop.path("customers.csv"), &blocks[0]).unwrap();
    fs::write(shop.path("cases.csv"), &blocks[1]).unwrap();
    let commands: Vec<&str> = blocks[2].lines().collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let line = command.split('#').next().unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[0], "holdline");
        shop.ok(&words[1..]);
    }
    let open = case(&shop, "1");
    assert_eq!(
        (&open["contact"]["name"], &open["assignee"]),
        (&"Ada Moss".into(), &"mira".into())
    );
    assert_eq!(open["opened_at"], "2026-11-20T08:00:00Z");
    assert_eq!(case(&shop, "2")["resolution"]["at"], "2026-11-11T23:00:00Z");
    shop.ok(["desk", "check"]);
}

#[test]
fn the_mapping_of_the_readme_maps() {
    let map = &blocks("A mapping of your own says as much as the table holds")[0];
    let shop = Shop::new(&["severity"]);
    fs::write(shop.path("own.toml"), map).unwrap();
    let table = "Ticket,Created,Company,Contact,E-mail,Subject,Priority,Status,Owner,Closed,Solution\n\
        7,20/11/2026 09:00,Blue Fern,Ada Moss <ada@example.com>,,Printer,P1,done,mira,21/11/2026,A new cable\n\
        8,21/11/2026,-,Kim Reed,kim@example.net,Login,other,open,n/a,,\n\
        9,21/11/2026,,Eve Stone,,A prize,,spam,,,\n";
    fs::write(shop.path("table.csv"), table).unwrap();
    let import = ["import", "incidents", "table.csv", "--map", "own.toml"];
    let account = shop.json(import);
    assert_eq!(
        (&account["incidents"], &account["ignored"]),
        (&2.into(), &1.into()),
        "{account}"
    );
    let done = case(&shop, "Legacy 7");
    assert_eq!(
        (&done["state"], &done["severity"]["agreed"]),
        (&"resolved".into(), &"critical".into())
    );
    assert_eq!(done["resolution"]["detail"], "A new cable");
    let open = case(&shop, "Legacy 8");
    assert_eq!(
        (&open["customer"]["name"], &open["channel"]),
        (&"Kim Reed".into(), &"mail".into())
    );
    fs::write(shop.path("table.csv"), table.replace("spam", "junk")).unwrap();
    assert!(
        shop.fails(2, import)
            .contains("line 4: the map knows no \"junk\"")
    );
}
