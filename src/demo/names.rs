//! Names of many languages for a sample desk. A small one takes the first of each list, so that it stays as it is when
//! the lists grow.

use fastrand::Rng;

use super::scale::Scale;
use crate::incident::Contact;

const FIRST: [&str; 40] = [
    "Blue Fern",
    "Nordlicht",
    "Café Aurore",
    "Lindqvist",
    "Três Rios",
    "Ōkami",
    "Silver Birch",
    "Müller & Sohn",
    "Zielony Most",
    "Harbour Lane",
    "Ñandú",
    "Kestrel",
    "Łąka",
    "Olive Court",
    "Sankt Veit",
    "Paper Crane",
    "Ελιά",
    "Берёза",
    "青山",
    "한빛",
    "الواحة",
    "שקמה",
    "सूर्योदय",
    "Çınar",
    "Ægir",
    "Kõrvits",
    "Sólheimar",
    "Vít & Dcera",
    "Iepuraș",
    "Tramuntana",
    "Bò Biển",
    "Ubuntu Bay",
    "Fjordgløtt",
    "Maple & Main",
    "Quatre Vents",
    "Rosso Antico",
    "Zeleni Gaj",
    "Két Híd",
    "De Gouden Molen",
    "Świt",
];
const SMALL_FIRST: usize = 16;
const SECOND: [&str; 10] = [
    "Books", "Logistik", "Dental", "Foods", "Studio", "Motors", "Travel", "Garden", "Legal",
    "Clinic",
];
const TOWNS: [&str; 32] = [
    "Ashford", "Brno", "Cádiz", "Dunedin", "Évora", "Fukui", "Graz", "Haifa", "Izmir", "Jaipur",
    "Kraków", "Lublin", "Malmö", "Nantes", "Odense", "Porto", "Quito", "Reims", "Szeged", "Tartu",
    "Umeå", "Varna", "Wrocław", "Xanten", "York", "Zadar", "Åre", "Ørsta", "Úbeda", "İnebolu",
    "Épinal", "Łódź",
];
const GIVEN: [&str; 30] = [
    "Ana", "Björn", "Chloé", "Dmitri", "Eva", "Fatima", "Giorgos", "Hana", "Íñigo", "Jelena",
    "Kofi", "Lucía", "Mehmet", "Noor", "Ólafur", "Parvati", "Quentin", "Renée", "Søren", "Thảo",
    "Uğur", "Václav", "Wanjiru", "Ximena", "Yuki", "Zoë", "Ayşe", "Bożena", "Ciarán", "Đorđe",
];
const SMALL_GIVEN: usize = 14;
const FAMILY: [&str; 28] = [
    "Lima",
    "Sørensen",
    "Dubois",
    "Kovač",
    "Okafor",
    "Tanaka",
    "Weiß",
    "García",
    "O'Neill",
    "Nowak",
    "Petrov",
    "Yılmaz",
    "Ångström",
    "Bianchi",
    "Çelik",
    "Dvořák",
    "Eriksson",
    "Ferreira",
    "Grünwald",
    "Haddad",
    "Ivanova",
    "Jóhannsdóttir",
    "Kim",
    "Lefèvre",
    "Mwangi",
    "Nguyễn",
    "Papadopoulos",
    "Șerban",
];
const SMALL_FAMILY: usize = 12;
const ROLES: [&str; 4] = ["office manager", "bookkeeper", "administrator", "owner"];
/// Areas in which numbers that begin with 555 01 are nobody's.
const AREAS: [u32; 24] = [
    202, 206, 212, 213, 216, 303, 305, 312, 404, 415, 503, 504, 512, 602, 612, 617, 646, 702, 713,
    718, 773, 808, 907, 916,
];

pub(super) const COLLEAGUES: [&str; 24] = [
    "ines", "jonas", "mei", "omar", "petra", "agnes", "bela", "carla", "dario", "elif", "finn",
    "greta", "hugo", "ilse", "joao", "kaja", "leon", "mira-b", "nils", "orla", "pavel", "rosa",
    "sami", "tove",
];

/// From which names a desk chooses.
pub(super) struct Names {
    first: &'static [&'static str],
    given: &'static [&'static str],
    family: &'static [&'static str],
    towns: &'static [&'static str],
}

impl Names {
    pub(super) fn of(scale: Scale) -> Self {
        let of = |all: &'static [&'static str], few: usize| match scale.large {
            true => all,
            false => all.get(..few).unwrap_or(all),
        };
        Self {
            first: of(&FIRST, SMALL_FIRST),
            given: of(&GIVEN, SMALL_GIVEN),
            family: of(&FAMILY, SMALL_FAMILY),
            towns: of(&TOWNS, 0),
        }
    }

    /// The name of the company that comes at this place: no two have the same.
    pub(super) fn company(&self, place: usize) -> String {
        let mut place = place;
        let mut turn = |words: &[&'static str]| {
            let of = words.len().max(1);
            let word = words.get(place % of).copied();
            place /= of;
            word
        };
        let words = [turn(self.first), turn(&SECOND), turn(self.towns)];
        let mut name = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if place > 0 {
            name = format!("{name} {}", place + 1);
        }
        name
    }

    /// Somebody who works at the company of this place.
    pub(super) fn contact(&self, place: usize, rng: &mut Rng) -> Contact {
        let (given, family) = (pick(self.given, rng), pick(self.family, rng));
        let phone = if rng.bool() {
            let area = match self.towns.is_empty() {
                true => 202,
                false => rng.choice(AREAS).unwrap_or(202),
            };
            format!("+1 {area} 555 {:04}", rng.u32(100..200))
        } else {
            format!("+44 20 7946 {:04}", rng.u32(0..1_000))
        };
        Contact {
            name: format!("{given} {family}"),
            role: rng.choice(ROLES).map(str::to_owned),
            phones: vec![phone],
            mails: vec![format!(
                "{}@customer{place}.example.com",
                given.to_lowercase()
            )],
            zone: None,
            awaiting: Vec::new(),
        }
    }
}

fn pick<'a>(words: &[&'a str], rng: &mut Rng) -> &'a str {
    rng.choice(words).copied().unwrap_or_default()
}
