//! What `cargo deb` packs is there, and the timers run commands that exist.

use std::fs;
use std::path::Path;
use std::process::Command;

use toml::Value;

/// What is made by the README's commands before it is packed.
const MADE: [&str; 2] = ["target/release/holdline", "target/package/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn what_is_packed_is_there_or_made_as_the_readme_says() {
    let read = |name: &str| fs::read_to_string(root().join(name)).unwrap();
    let manifest: Value = toml::from_str(&read("Cargo.toml")).unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"]
        .as_array()
        .unwrap();
    assert!(assets.len() > 4);
    let readme = read("README.md");
    for asset in assets {
        let from = asset[0].as_str().unwrap();
        match MADE.iter().any(|made| from.starts_with(made)) {
            true => {
                let named = from.trim_end_matches("/*.1");
                assert!(readme.contains(named), "the README does not make {named}");
            }
            false => assert!(root().join(from.trim_end_matches('*')).exists(), "{from}"),
        }
    }
}

#[test]
fn each_timer_runs_a_command_that_exists_and_has_its_page() {
    let mut units = 0;
    for entry in fs::read_dir(root().join("assets/systemd")).unwrap() {
        let path = entry.unwrap().path();
        let unit = fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "timer") {
            assert!(path.with_extension("service").exists(), "{path:?}");
            assert!(unit.contains("WantedBy=timers.target"), "{path:?}");
            units += 1;
            continue;
        }
        let runs = unit
            .lines()
            .filter_map(|line| line.strip_prefix("ExecStart="));
        for line in runs {
            let words: Vec<&str> = line.trim_start_matches('-').split(' ').collect();
            assert_eq!(words[0], "/usr/bin/holdline");
            let help = Command::new(env!("CARGO_BIN_EXE_holdline"))
                .args(&words[1..])
                .arg("--help")
                .output()
                .unwrap();
            assert!(help.status.success(), "{line}");
            let page = format!("man:holdline-{}(1)", words[1..].join("-"));
            assert!(unit.contains(&page), "{page}");
            units += 1;
        }
    }
    assert!(units >= 4);
}
