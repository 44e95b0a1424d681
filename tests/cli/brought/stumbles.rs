//! What shops stumbled over when they moved in.

use super::{case, shop};

const IMPORT: [&str; 5] = ["import", "incidents", "cases.csv", "--zone", "UTC"];

#[test]
fn a_customers_name_is_taken_as_it_stands() {
    let text = "id,opened,customer,contact,summary\n\
        1,2026-11-01,\"Hotel \"\"Zur Post\"\"\",Ada Moss <ada@example.com>,Help\n\
        2,2026-11-01,Firma <Neu>,,Help\n\
        3,2026-11-01,\"\"\"Zur Post\"\" <post@example.com>\",,Help\n";
    let shop = shop("severity", "cases.csv", text);
    shop.ok(IMPORT);
    let name = |id: &str| case(&shop, id)["customer"]["name"].clone();
    assert_eq!(name("1"), "Hotel \"Zur Post\"");
    assert_eq!(name("2"), "Firma <Neu>");
    assert_eq!(name("3"), "\"Zur Post\" <post@example.com>");
    assert_eq!(case(&shop, "1")["contact"]["name"], "Ada Moss");
}
