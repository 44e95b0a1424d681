//! How many colours a terminal has, and the nearest that it can show to one that it cannot.

use crate::console::environment::Environment;
use ratatui::style::Color;

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None at all: attributes only.
    None,
    /// The sixteen that the user's terminal defines.
    Sixteen,
    /// The fixed table of 256.
    Indexed,
    /// All of them.
    True,
}

impl Depth {
    /// What the environment says about the terminal. `NO_COLOR` wins over everything else.
    #[must_use]
    pub fn of(environment: &Environment) -> Self {
        let term = environment.term.as_str();
        if environment.no_color
            || term == "dumb"
            || term.starts_with("vt")
            || term.ends_with("-mono")
        {
            Self::None
        } else if matches!(environment.colorterm.as_str(), "truecolor" | "24bit")
            || term.contains("direct")
        {
            Self::True
        } else if term.contains("256") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }

    /// The colour nearest to `colour` that a terminal of this depth shows; none where there are no colours.
    #[must_use]
    pub fn nearest(self, colour: Color) -> Option<Color> {
        match (self, colour) {
            (Self::None, _) => None,
            (Self::Indexed, Color::Rgb(r, g, b)) => Some(Color::Indexed(nearest_index([r, g, b]))),
            (Self::Sixteen, Color::Rgb(r, g, b)) => Some(nearest_of_sixteen([r, g, b])),
            (Self::Sixteen, Color::Indexed(index)) => Some(nearest_of_sixteen(indexed(index))),
            (_, colour) => Some(colour),
        }
    }
}

/// The sixteen colours as most terminals show them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The six levels of red, green and blue in the table of 256.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.into_iter()
        .zip(b)
        .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

fn nearest_of_sixteen(rgb: [u8; 3]) -> Color {
    SIXTEEN
        .into_iter()
        .min_by_key(|&(_, known)| distance(rgb, known))
        .map_or(Color::Reset, |(colour, _)| colour)
}

/// The nearest of the cube and the ramp of greys. The first sixteen stay out: users change them.
fn nearest_index(rgb: [u8; 3]) -> u8 {
    (16..=255)
        .min_by_key(|&index| distance(rgb, indexed(index)))
        .unwrap_or(16)
}

/// The entry of the cube or the ramp of greys that is exactly this colour: it is told in half the bytes.
pub(in crate::console) fn exact_index(rgb: [u8; 3]) -> Option<u8> {
    let [red, green, blue] = rgb.map(|part| LEVELS.iter().position(|level| *level == part));
    if let (Some(red), Some(green), Some(blue)) = (red, green, blue) {
        return u8::try_from(16 + 36 * red + 6 * green + blue).ok();
    }
    (232..=255).find(|index| indexed(*index) == rgb)
}

/// Red, green and blue of an entry in the table of 256.
fn indexed(index: u8) -> [u8; 3] {
    let level = |step: u8| LEVELS.get(usize::from(step % 6)).copied().unwrap_or(0);
    match index {
        0..=15 => SIXTEEN
            .get(usize::from(index))
            .map_or([0; 3], |&(_, rgb)| rgb),
        16..=231 => {
            let cell = index - 16;
            [level(cell / 36), level(cell / 6), level(cell)]
        }
        232..=255 => [8 + (index - 232) * 10; 3],
    }
}
