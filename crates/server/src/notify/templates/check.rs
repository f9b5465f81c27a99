use emergency::notification::{Language, Particulars, Phrases};
use minijinja::{Environment, HtmlEscape};

use super::{Case, Part, set::render};

/// Tries a template on made-up calls. The error is a sentence without any value in it.
pub(super) fn check(
    environment: &Environment<'_>,
    language: Language,
    part: Part,
) -> Result<(), String> {
    let phrases = Phrases::of(language);
    let mut written = Vec::new();
    for case in Case::ALL {
        let particulars = case.particulars(phrases);
        let text = render(environment, part, &particulars)?;
        if let Some(missing) = leaves_out(part, &text, &particulars) {
            return Err(format!("it leaves out {missing}"));
        }
        written.push(text);
    }
    // A test that looks real sends people running; the number alone tells nobody.
    let real = Case::Full.particulars(phrases);
    let mut test = real.clone();
    test.call.test = true;
    if render(environment, part, &test)? == render(environment, part, &real)? {
        return Err("it does not say that a test is a test; look at call.test".to_owned());
    }
    Ok(())
}

/// What the law or reason demands and the text does not hold.
pub(super) fn leaves_out(
    part: Part,
    text: &str,
    particulars: &Particulars,
) -> Option<&'static str> {
    let escaped = |value: &str| match part {
        Part::Html => HtmlEscape(value).to_string(),
        Part::Subject | Part::Text => value.to_owned(),
    };
    let holds = |value: &str| text.contains(&escaped(value));
    if part == Part::Subject {
        return text.trim().is_empty().then_some("everything: it is empty");
    }
    let callback = &particulars.callback;
    let mut lines = particulars.location.lines.iter();
    if !holds(&particulars.call.dialled) {
        Some("the number that was dialled (call.dialled)")
    } else if !holds(&particulars.call.at) && !holds(&particulars.call.at_rfc3339) {
        Some("when the call was made (call.at)")
    } else if !holds(&callback.number) && !holds(&callback.e164) {
        Some("the number to call back (callback.number)")
    } else if !lines.all(|line| holds(line)) {
        Some("the location (location.lines)")
    } else {
        None
    }
}
