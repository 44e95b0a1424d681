//! What comes in from outside: under which licences, from where, how much of it, and that the README says so.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences under which a shop may run, change and hand on the program without giving anything away; one of those that a
/// package offers is enough.
const LICENCES: [&str; 10] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
];

/// File by file copyleft: used unchanged, which it is, it asks for nothing more.
const UNCHANGED: [&str; 1] = ["MPL-2.0"];

/// More than this is not needed: look twice before it grows.
const MOST: usize = 205;

/// Of Linux: others need some packages more, and have the same rules.
const TARGET: &str = "x86_64-unknown-linux-gnu";

fn cargo(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .args(["--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output.stdout
}

fn metadata() -> Value {
    let args = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        TARGET,
    ];
    serde_json::from_slice(&cargo(&args)).unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The packages that end up in the program or make it: everything that is needed but for tests.
fn shipped(all: &Value) -> Vec<&Value> {
    let args = [
        "tree",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--target",
        TARGET,
    ];
    let tree = String::from_utf8(cargo(&args)).unwrap();
    let of_line = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next()?.to_owned();
        Some((name, words.next()?.trim_start_matches('v').to_owned()))
    };
    let needed: BTreeSet<(String, String)> = tree.lines().filter_map(of_line).collect();
    let packages = all["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| {
            let (name, version) = (text(package, "name"), text(package, "version"));
            name != "holdline" && needed.contains(&(name.to_owned(), version.to_owned()))
        })
        .collect()
}

/// Whether a licence expression offers one that is fine: `A OR B`, the older `A/B`, and all parts of `A AND B`.
fn is_fine(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let bare = |part: &str| {
        let part = part.trim().trim_matches(['(', ')']);
        let name = part.split(" WITH ").next().unwrap_or_default().trim();
        LICENCES.contains(&name) || UNCHANGED.contains(&name)
    };
    let each = |part: &str| part.split(" OR ").any(bare);
    expression.split(" AND ").all(each)
}

/// Whether a package has the word as code: a line that only talks of it does not count.
fn is_unsafe(package: &Value) -> bool {
    fn any(folder: &Path) -> bool {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(Result::unwrap).any(|entry| {
            let path = entry.path();
            if path.is_dir() {
                return any(&path);
            }
            if path.extension().is_none_or(|ending| ending != "rs") {
                return false;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let code = text
                .lines()
                .map(str::trim_start)
                .filter(|line| !line.starts_with("//"));
            code.into_iter().any(|line| {
                ["unsafe {", "unsafe fn", "unsafe impl"]
                    .iter()
                    .any(|it| line.contains(it))
            })
        })
    }
    let manifest = Path::new(text(package, "manifest_path"));
    any(&manifest.parent().unwrap().join("src"))
}

#[test]
fn a_licence_is_read_as_it_is_written() {
    for fine in [
        "MIT",
        "MIT OR Apache-2.0",
        "MIT/Apache-2.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-3.0 OR MIT",
    ] {
        assert!(is_fine(fine), "{fine}");
    }
    for not in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "AGPL-3.0-only",
        "SSPL-1.0",
    ] {
        assert!(!is_fine(not), "{not}");
    }
}

#[test]
fn every_package_may_be_used_and_comes_from_the_registry() {
    let all = metadata();
    let packages = shipped(&all);
    for package in &packages {
        let name = text(package, "name");
        assert!(
            is_fine(text(package, "license")),
            "{name}: {}",
            package["license"]
        );
        let source = text(package, "source");
        assert_eq!(
            source, "registry+https://github.com/rust-lang/crates.io-index",
            "{name}"
        );
    }
    assert!(packages.len() <= MOST, "{} packages", packages.len());
}

#[test]
fn what_is_not_rust_is_sqlite_and_the_ciphers() {
    let all = metadata();
    let links: Vec<&str> = shipped(&all)
        .into_iter()
        .filter(|package| !package["links"].is_null())
        .map(|package| text(package, "links"))
        .collect();
    let native: Vec<_> = links
        .iter()
        .filter(|name| !name.contains("rayon") && !name.contains("wasm"))
        .collect();
    let [sqlite, ciphers] = native.as_slice() else {
        panic!("{links:?}");
    };
    assert_eq!(**sqlite, "sqlite3");
    assert!(ciphers.starts_with("ring_core"), "{links:?}");
}

/// What could call out by itself, beside what hands mail to the server that the settings name.
const NETWORK: [&str; 9] = [
    "async-std",
    "curl",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "reqwest",
    "tokio",
    "ureq",
];

#[test]
fn nothing_else_that_comes_along_reaches_a_network() {
    let all = metadata();
    for package in shipped(&all) {
        let name = text(package, "name");
        assert!(!NETWORK.contains(&name), "{name} is among the dependencies");
    }
}

/// The README's account of it: the packages that are asked for, and how many there are in all.
#[test]
fn the_readme_tells_of_them() {
    let all = metadata();
    let packages = shipped(&all);
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let hidden: Vec<&str> = packages
        .iter()
        .filter(|package| is_unsafe(package))
        .map(|package| text(package, "name"))
        .collect();
    let told = format!(
        "{} packages in all, {} of them with `unsafe` code",
        packages.len(),
        hidden.len()
    );
    assert!(readme.contains(&told), "README.md is to say \"{told}\"");
    let root = all["packages"].as_array().unwrap().iter();
    let root = root
        .into_iter()
        .find(|package| text(package, "name") == "holdline")
        .unwrap();
    for dependency in root["dependencies"].as_array().unwrap() {
        let name = text(dependency, "name");
        let told = readme.contains(&format!("`{name}`"));
        assert!(
            told || dependency["kind"] == "dev",
            "README.md is silent about {name}"
        );
    }
}
