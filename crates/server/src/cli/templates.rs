//! `templates check|preview`: what mails say, before anybody has to read one in earnest.

use anyhow::Context as _;
use emergency::notification::{Language, Phrases};

use super::{Ended, console::Console};
use crate::{
    config::Config,
    notify::templates::{Case, Templates},
};

/// Says of every template of the organisation whether it can be used.
pub(super) fn check(config: &Config, console: &mut Console<'_>) -> anyhow::Result<Ended> {
    let templates = load(config)?;
    if templates.findings().is_empty() {
        console.say("no templates of your own: the built-in ones are used")?;
        return Ok(Ended::Done);
    }
    let mut ended = Ended::Done;
    for finding in templates.findings() {
        let name = format!("{}/{}", finding.language.code(), finding.part.file_name());
        match &finding.broken {
            None => console.say(&format!("{name}: good"))?,
            Some(reason) => {
                console.say(&format!(
                    "{name}: broken, the built-in one is used: {reason}"
                ))?;
                ended = Ended::SomeRefused;
            }
        }
    }
    Ok(ended)
}

/// Shows a mail about a made-up call.
pub(super) fn preview(
    case: Case,
    language: Option<Language>,
    html: bool,
    config: &Config,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let templates = load(config)?;
    let language = match language {
        Some(language) => language,
        None => config.notification.language.parse()?,
    };
    let letter = templates.write_in(language, &case.particulars(Phrases::of(language)));
    if html {
        console.say(letter.html.trim_end())?;
    } else {
        console.say(&format!(
            "Subject: {}\n\n{}",
            letter.subject,
            letter.text.trim_end()
        ))?;
    }
    Ok(Ended::Done)
}

fn load(config: &Config) -> anyhow::Result<Templates> {
    Templates::of(&config.notification).context("notification.language cannot be used")
}
