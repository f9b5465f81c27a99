use location::{Floor, SiteId};

/// Which floor a plan is of, by the name of its file: `SITE-FLOOR.svg`, such as `SEA-5.svg`.
///
/// Both names may hold a `-`, so the sites decide: the name begins with one of them, and the rest is
/// the floor.
///
/// # Errors
/// Says how the file should be named.
pub fn plan_file<'a>(
    name: &str,
    sites: impl IntoIterator<Item = &'a SiteId>,
) -> Result<(SiteId, Floor), String> {
    let ending = name.len().checked_sub(".svg".len()).filter(|at| {
        name.get(*at..)
            .is_some_and(|end| end.eq_ignore_ascii_case(".svg"))
    });
    let Some(stem) = ending.map(|at| &name[..at]) else {
        return Err("a plan is an SVG file; name it SITE-FLOOR.svg, such as SEA-5.svg".to_owned());
    };
    let mut readings = sites.into_iter().filter_map(|site| {
        let floor = stem.strip_prefix(site.as_str())?.strip_prefix('-')?.trim();
        (!floor.is_empty()).then(|| (site.clone(), Floor(floor.to_owned())))
    });
    match (readings.next(), readings.next()) {
        (Some(reading), None) => Ok(reading),
        (Some((one, _)), Some((other, _))) => Err(format!(
            "the name could mean the site {one} or the site {other}; give one of them another site_id"
        )),
        (None, _) => Err(
            "the name begins with no site that is known; import the sites first, and name the plan \
             SITE-FLOOR.svg, such as SEA-5.svg"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_decide_where_the_floor_begins() {
        let sites: Vec<SiteId> = ["SEA", "NYC-2", "LON", "LON-W"]
            .map(|id| id.parse().unwrap())
            .into();
        let read = |name: &str| match plan_file(name, &sites) {
            Ok((site, floor)) => format!("{site} / {}", floor.0),
            Err(reason) => reason,
        };
        assert_eq!(read("SEA-5.svg"), "SEA / 5");
        assert_eq!(read("SEA--1.SVG"), "SEA / -1");
        assert_eq!(read("NYC-2-Mezzanine.svg"), "NYC-2 / Mezzanine");
        for name in [
            "LON-W-1.svg",
            "PAR-1.svg",
            "SEA-.svg",
            "SEA-5.png",
            "svg",
            "",
            "é",
        ] {
            assert!(plan_file(name, &sites).is_err(), "{name:?}");
        }
        insta::assert_snapshot!(
            read("LON-W-1.svg"),
            @"the name could mean the site LON or the site LON-W; give one of them another site_id"
        );
    }
}
