use super::*;
use crate::console::look::tests::{lines, plain, rich};
use ratatui::style::Modifier;
use rstest::rstest;

const fn column(title: &'static str, min: u16, fill: u16, gives_way: u8, right: bool) -> Column {
    Column {
        title,
        min,
        fill,
        gives_way,
        right,
    }
}

const COLUMNS: [Column; 4] = [
    column("Number", 7, 0, 0, false),
    column("Customer", 8, 1, 1, false),
    column("Summary", 10, 2, 2, false),
    column("Due", 6, 0, 0, true),
];

const ROWS: [[&str; 4]; 3] = [
    ["10001-4", "Blue Door", "Printer is on fire", "42:10"],
    ["10002-1", "日本語の会社", "Screen", "3h 20m"],
    ["10003-9", "a\u{1b}[2J", "", "9:59"],
];

fn draw_at(width: u16, height: u16, selected: Option<usize>, look: &Look) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let cell = |row: &&[&'static str; 4], column: usize| (Cow::Borrowed(row[column]), Style::new());
    render(&COLUMNS, &ROWS, selected, cell, look, buf.area, &mut buf);
    buf
}

#[rstest]
#[case(80, &[0, 1, 2, 3])]
#[case(36, &[0, 1, 2, 3])]
#[case(35, &[0, 1, 3])]
#[case(24, &[0, 3])]
#[case(15, &[0])]
#[case(3, &[0])]
#[case(0, &[0])]
fn columns_give_way_in_their_order(#[case] width: u16, #[case] kept: &[usize]) {
    let places = places(&COLUMNS, width);
    assert_eq!(
        places.iter().map(|place| place.column).collect::<Vec<_>>(),
        kept
    );
    assert!(
        places
            .iter()
            .all(|place| width == 0 || place.x + place.width <= width.max(MARKER))
    );
}

#[test]
fn the_room_that_is_left_is_shared_and_used_up() {
    let places = places(&COLUMNS, 80);
    assert_eq!(
        places.iter().map(|place| place.width).collect::<Vec<_>>(),
        [7, 22, 40, 6]
    );
    assert_eq!(places.last().map(|place| place.x + place.width), Some(80));
}

#[rstest]
#[case::nothing_lacks([7, 8, 10, 6], [7, 22, 40, 6])]
#[case::one_lacks([7, 30, 10, 6], [7, 37, 25, 6])]
#[case::both_are_satisfied([7, 20, 40, 6], [7, 20, 42, 6])]
#[case::one_lacks_more_than_there_is([7, 12, 200, 6], [7, 12, 50, 6])]
#[case::both_lack_more_than_there_is([7, 99, 99, 6], [7, 23, 39, 6])]
fn room_goes_where_something_would_be_cut(#[case] needs: [u16; 4], #[case] widths: [u16; 4]) {
    let places = places_for(&COLUMNS, &needs, 80);
    let is: Vec<u16> = places.iter().map(|place| place.width).collect();
    assert_eq!(is, widths);
    assert_eq!(places.last().map(|place| place.x + place.width), Some(80));
}

#[test]
fn rows_stand_under_their_header_and_wide_characters_keep_columns_straight() {
    let expected = [
        "  Number  Customer Summary       Due",
        "  10001-4 Blue Do~ Printer i~  42:10",
        "> 10002-1 日本語~  Screen     3h 20m",
        "  10003-9 a\\u{1b}[2J            9:59",
    ];
    let buf = draw_at(36, 4, Some(1), &plain());
    assert_eq!(lines(&buf), expected);
}

#[test]
fn the_selected_row_is_reversed_from_edge_to_edge() {
    let buf = draw_at(36, 4, Some(1), &rich());
    for y in 0..4 {
        for x in 0..36 {
            assert_eq!(buf[(x, y)].modifier.contains(Modifier::REVERSED), y == 2);
        }
    }
}

#[test]
fn any_area_will_do() {
    for (width, height) in [(0, 0), (1, 1), (2, 9), (20, 5), (80, 24), (200, 60)] {
        draw_at(width, height, Some(0), &rich());
    }
    let mut buf = Buffer::empty(Rect::new(0, 0, 10, 2));
    let nothing: [(); 0] = [];
    let cell = |(): &(), _| (Cow::Borrowed(""), Style::new());
    render(
        &[],
        nothing,
        None,
        cell,
        &plain(),
        Rect::new(50, 50, 9, 9),
        &mut buf,
    );
}

#[rstest]
#[case(0, 0, 10, 0)]
#[case(0, 9, 10, 0)]
#[case(0, 10, 10, 1)]
#[case(5, 3, 10, 3)]
#[case(5, 7, 10, 5)]
#[case(5, 7, 0, 7)]
fn a_list_scrolls_no_more_than_it_must(
    #[case] first: usize,
    #[case] selected: usize,
    #[case] height: usize,
    #[case] shown: usize,
) {
    assert_eq!(first_row(first, selected, height), shown);
}

#[test]
fn a_text_has_the_room_of_empty_cells_right_of_it() {
    let rows = [
        ["10001-4", "Brightwater Bakery", "", "9:59"],
        ["10002-1", "Brightwater Bakery", "x", "9:59"],
    ];
    let mut buf = Buffer::empty(Rect::new(0, 0, 40, 3));
    let cell = |row: &&[&'static str; 4], column: usize| (Cow::Borrowed(row[column]), Style::new());
    render(&COLUMNS, &rows, None, cell, &rich(), buf.area, &mut buf);
    let shown = lines(&buf);
    assert!(shown[1].contains("Brightwater Bakery"), "{shown:?}");
    assert!(shown[2].contains("Brightwater…"), "{shown:?}");
}
