use async_trait::async_trait;
use emergency::E164;
use location::{Country, Floor, Seat, SeatId, Site, SiteId};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// A building, with what the organisation set for it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SiteRow {
    /// The site itself.
    pub site: Site,
    /// Its country.
    pub country: Country,
    /// Its time zone, by its IANA name; empty when none was set.
    pub time_zone: String,
    /// The number shown when neither pool nor agent has one.
    pub fallback_number: Option<E164>,
}

/// A building and its levels.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteFloors {
    /// The building.
    pub row: SiteRow,
    /// Its floors, lowest first.
    pub floors: Vec<Floor>,
}

/// A floor with everything on it.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorSeats {
    /// Its name.
    pub floor: Floor,
    /// Its plan, an SVG document.
    pub plan_svg: Option<String>,
    /// The seats on it, by label.
    pub seats: Vec<Seat>,
}

/// A seat with the site it is at.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatAtSite {
    /// The seat.
    pub seat: Seat,
    /// The site.
    pub site: Site,
}

/// Reading sites and seats.
#[async_trait]
pub trait Sites: Send + Sync {
    /// Every site, by name.
    async fn sites(&self) -> Result<Vec<SiteFloors>, StoreError>;

    /// One site.
    async fn site(&self, site: &SiteId) -> Result<Option<SiteRow>, StoreError>;

    /// The floors of a site, lowest first, with plans and seats. Empty for a site that is unknown.
    async fn floors(&self, site: &SiteId) -> Result<Vec<FloorSeats>, StoreError>;

    /// One seat.
    async fn seat(&self, seat: &SeatId) -> Result<Option<SeatAtSite>, StoreError>;

    /// Seats whose label, identifier, room, floor or site name hold every word of `query`, in any
    /// case, the best match first. An empty query finds nothing.
    async fn find_seats(&self, query: &str, limit: u32) -> Result<Vec<SeatAtSite>, StoreError>;
}

/// The order of floors in a building: numbers by value (basements, `B1` or `-1`, below), then names.
#[must_use]
pub fn floor_order(floor: &Floor) -> (u8, i64, String) {
    let name = floor.0.trim().to_uppercase();
    let number = |text: &str| text.trim().parse::<i64>().ok();
    if let Some(level) = number(&name) {
        return (1, level, name);
    }
    if let Some(level) = name.strip_prefix('B').and_then(number) {
        return (0, -level, name);
    }
    if name == "G" || name.starts_with("GROUND") {
        return (1, 0, name);
    }
    (2, 0, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_stand_in_the_order_of_the_building() {
        let mut floors: Vec<Floor> = ["10", "Roof", "2", "B1", "G", "-1", "B2"]
            .into_iter()
            .map(|name| Floor(name.to_owned()))
            .collect();
        floors.sort_by_key(floor_order);
        let names: Vec<&str> = floors.iter().map(|floor| floor.0.as_str()).collect();
        assert_eq!(names, ["B2", "B1", "-1", "G", "2", "10", "Roof"]);
    }
}
