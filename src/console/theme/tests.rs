use super::*;
use rstest::rstest;

fn environment(term: &str, colorterm: &str, no_color: bool) -> Environment {
    Environment {
        term: term.into(),
        colorterm: colorterm.into(),
        no_color,
        ..Environment::default()
    }
}

#[rstest]
#[case("xterm-256color", "truecolor", false, Depth::True)]
#[case("xterm-direct", "", false, Depth::True)]
#[case("tmux-256color", "", false, Depth::Indexed)]
#[case("linux", "", false, Depth::Sixteen)]
#[case("", "", false, Depth::Sixteen)]
#[case("vt220", "", false, Depth::None)]
#[case("dumb", "truecolor", false, Depth::None)]
#[case("xterm-256color", "truecolor", true, Depth::None)]
fn the_environment_tells_the_depth(
    #[case] term: &str,
    #[case] colorterm: &str,
    #[case] no_color: bool,
    #[case] depth: Depth,
) {
    assert_eq!(Depth::of(&environment(term, colorterm, no_color)), depth);
}

#[test]
fn every_role_has_its_own_place() {
    for (place, role) in Role::ALL.into_iter().enumerate() {
        assert_eq!(role as usize, place);
    }
}

#[rstest]
#[case(DARK)]
#[case(LIGHT)]
fn the_shipped_themes_are_sound_and_name_every_role(#[case] file: &str) {
    let entries: BTreeMap<Role, Entry> = toml::from_str(file).unwrap();
    assert_eq!(entries.keys().copied().collect::<Vec<_>>(), Role::ALL);
    Theme::plain().with(file, Depth::True).unwrap();
}

#[test]
fn the_selection_is_reverse_video_under_every_theme_and_depth() {
    let own = Theme::plain()
        .with(r##"selected = { fg = "#ffffff" }"##, Depth::True)
        .unwrap();
    let depths = [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True];
    for theme in depths
        .into_iter()
        .flat_map(|d| [Theme::dark(d), Theme::light(d)])
        .chain([own, Theme::plain()])
    {
        assert!(
            theme
                .style(Role::Selected)
                .add_modifier
                .contains(Modifier::REVERSED)
        );
    }
}

#[test]
fn colours_degrade_with_the_terminal_and_vanish_without() {
    let file = r##"missed = { fg = "#ff7a70 light-red" }
accent = { fg = "#00d0d0" }"##;
    let seen = |depth, role| Theme::plain().with(file, depth).unwrap().style(role).fg;
    assert_eq!(
        seen(Depth::True, Role::Missed),
        Some(Color::Rgb(255, 122, 112))
    );
    assert_eq!(
        seen(Depth::Indexed, Role::Missed),
        Some(Color::Indexed(209))
    );
    assert_eq!(seen(Depth::Sixteen, Role::Missed), Some(Color::LightRed));
    assert_eq!(seen(Depth::Sixteen, Role::Accent), Some(Color::Cyan));
    assert_eq!(seen(Depth::None, Role::Missed), None);
    assert!(
        Role::ALL
            .into_iter()
            .all(|role| Theme::dark(Depth::None).style(role).fg.is_none())
    );
}

#[test]
fn an_own_theme_changes_the_roles_that_it_names() {
    let dark = Theme::dark(Depth::True);
    let own = dark
        .with(r#"good = { fg = "blue", italic = true }"#, Depth::True)
        .unwrap();
    assert_eq!(
        own.style(Role::Good),
        Style::new().fg(Color::Blue).add_modifier(Modifier::ITALIC)
    );
    assert_eq!(own.style(Role::Text), dark.style(Role::Text));
}

#[rstest]
#[case("\nmised = { fg = \"red\" }", 2, "mised")]
#[case("good = { fg = \"reddish\" }", 1, "reddish")]
#[case("\n\ngood = { blink = true }", 3, "blink")]
#[case("good = { fg = \"\" }", 1, "missing")]
fn mistakes_are_named_with_their_line(#[case] file: &str, #[case] line: usize, #[case] word: &str) {
    let mistakes = Theme::plain().with(file, Depth::True).unwrap_err();
    let error = &mistakes[0];
    assert_eq!(error.line, line);
    assert!(error.to_string().contains(word), "{error}");
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn every_mistake_is_named_in_words_of_people() {
    let file =
        "mised = { fg = \"red\" }\ngood = \"green\"\nbad = { bold = 1 }\ntitle = { fg = \"red\" }";
    let mistakes = Theme::plain().with(file, Depth::True).unwrap_err();
    let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [1, 2, 3]);
    let said: Vec<String> = mistakes.into_iter().map(|mistake| mistake.reason).collect();
    assert!(
        said[0].starts_with("nothing is called `mised` here"),
        "{said:?}"
    );
    assert!(
        said[1].contains("there must be colours, like {"),
        "{said:?}"
    );
    assert!(said[2].contains("there must be true or false"), "{said:?}");
    assert!(said.iter().all(|said| !said.contains("struct")), "{said:?}");
}

#[rstest]
#[case("0;15", true)]
#[case("15;0", false)]
#[case("", false)]
fn a_light_terminal_gets_the_light_theme(#[case] colorfgbg: &str, #[case] light: bool) {
    let environment = Environment {
        colorfgbg: colorfgbg.into(),
        ..Environment::default()
    };
    let expected = if light {
        Theme::light(Depth::Sixteen)
    } else {
        Theme::dark(Depth::Sixteen)
    };
    assert_eq!(Theme::suiting(&environment), expected);
}

/// The luminance of a colour, as WCAG 2 has it.
fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        match part <= 0.040_45 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What a name of the sixteen looks like on the Linux console, whose colours are the least even of those in use.
fn on_linux(name: Color) -> [u8; 3] {
    match name {
        Color::Black => [0, 0, 0],
        Color::Red => [170, 0, 0],
        Color::Green => [0, 170, 0],
        Color::Blue => [0, 0, 170],
        Color::Magenta => [170, 0, 170],
        Color::Cyan => [0, 170, 170],
        Color::Gray => [170, 170, 170],
        Color::DarkGray => [85, 85, 85],
        Color::LightRed => [255, 85, 85],
        Color::LightGreen => [85, 255, 85],
        Color::LightYellow => [255, 255, 85],
        Color::LightMagenta => [255, 85, 255],
        Color::LightCyan => [85, 255, 255],
        Color::White => [255, 255, 255],
        other => panic!("{other:?} is used by no theme: say how it looks"),
    }
}

#[rstest]
#[case::dark(Theme::dark as fn(Depth) -> Theme, [[0, 0, 0], [30, 30, 30]])]
#[case::light(Theme::light, [[255, 255, 255], [253, 246, 227]])]
fn what_is_written_can_be_read(#[case] theme: fn(Depth) -> Theme, #[case] grounds: [[u8; 3]; 2]) {
    for depth in [Depth::True, Depth::Sixteen] {
        for role in Role::ALL {
            let Some(fg) = theme(depth).style(role).fg else {
                continue;
            };
            // Lines only part what is written: they may stand back.
            let least = if role == Role::Border { 2.2 } else { 4.5 };
            let fg = match fg {
                Color::Rgb(red, green, blue) => [red, green, blue],
                name => on_linux(name),
            };
            for ground in grounds {
                let found = contrast(fg, ground);
                assert!(
                    found >= least,
                    "{role:?} {depth:?} on {ground:?}: {found:.1}"
                );
            }
        }
    }
}
