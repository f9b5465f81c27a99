use std::collections::HashMap;

use emergency::notification::{Language, Particulars, Phrases};
use minijinja::{Environment, HtmlEscape, UndefinedBehavior};
use tracing::error;

use super::{
    Part, built_in,
    check::{check, leaves_out},
};

/// How much a template may do before it is stopped. The built-in ones need about two hundred.
const FUEL: u64 = 100_000;

/// A mail in words.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The body as text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
}

/// The templates of one language.
#[derive(Debug)]
pub(super) struct Set {
    language: Language,
    /// The organisation's own that can be used.
    own: HashMap<Part, Environment<'static>>,
    built_in: HashMap<Part, Environment<'static>>,
    /// What is wrong with those that cannot.
    remarks: Vec<String>,
}

impl Set {
    /// Only what is built in.
    pub(super) fn built_in(language: Language) -> Self {
        let compiled = |part| {
            let source = built_in::source(language, part).to_owned();
            compile(part, source).expect("a test compiles every built-in template")
        };
        Self {
            language,
            own: HashMap::new(),
            built_in: Part::ALL.map(|part| (part, compiled(part))).into(),
            remarks: Vec::new(),
        }
    }

    /// Takes an own template, if it can be used.
    pub(super) fn take(&mut self, part: Part, source: String) -> Result<(), String> {
        let usable = compile(part, source)
            .and_then(|environment| check(&environment, self.language, part).map(|()| environment));
        match usable {
            Ok(environment) => {
                self.own.insert(part, environment);
                Ok(())
            }
            Err(reason) => {
                self.lacks(part, &reason);
                Err(reason)
            }
        }
    }

    /// Notes that an own template cannot be used.
    pub(super) fn lacks(&mut self, part: Part, reason: &str) {
        self.remarks.push(remark(self.language, part, reason));
    }

    /// Writes a letter. Nothing keeps it from being written.
    pub(super) fn write(&self, particulars: &Particulars) -> Letter {
        let mut remarks = self.remarks.clone();
        let [subject, mut text, mut html] =
            Part::ALL.map(|part| self.part(part, particulars, &mut remarks));
        // Why somebody is told only now is said whatever a template leaves out.
        let unhandled = &particulars.unhandled;
        if !text.contains(unhandled.as_str()) {
            text.insert_str(0, &format!("{unhandled}\n\n"));
        }
        let escaped = HtmlEscape(unhandled).to_string();
        if !html.contains(&escaped) {
            let body = html
                .find("<body")
                .and_then(|at| Some(at + html[at..].find('>')? + 1));
            let paragraph = format!("<p><strong>{escaped}</strong></p>\n");
            html.insert_str(body.unwrap_or(0), &paragraph);
        }
        for remark in remarks {
            text.push_str(&format!("\n\n--\n{remark}\n"));
            let paragraph = format!("<p><small>{}</small></p>\n", HtmlEscape(&remark));
            let end = html.rfind("</body>").unwrap_or(html.len());
            html.insert_str(end, &paragraph);
        }
        Letter {
            subject: subject.trim().to_owned(),
            text,
            html,
        }
    }

    fn part(&self, part: Part, particulars: &Particulars, remarks: &mut Vec<String>) -> String {
        if let Some(own) = self.own.get(&part) {
            let written = render(own, part, particulars);
            match written.map(|text| (leaves_out(part, &text, particulars), text)) {
                Ok((None, text)) => return text,
                Ok((Some(missing), _)) => {
                    self.failed(part, &format!("it leaves out {missing}"), remarks);
                }
                Err(reason) => self.failed(part, &reason, remarks),
            }
        }
        let built_in = self
            .built_in
            .get(&part)
            .map(|own| render(own, part, particulars));
        match built_in {
            Some(Ok(text)) => text,
            // Tested never to happen; then the bare facts go out.
            Some(Err(_)) | None => bare(particulars),
        }
    }

    fn failed(&self, part: Part, reason: &str, remarks: &mut Vec<String>) {
        error!(
            alarm = true,
            template = format!("{}/{}", self.language.code(), part.file_name()),
            reason,
            "a template of notices failed, and the built-in one is used"
        );
        remarks.push(remark(self.language, part, reason));
    }
}

fn compile(part: Part, source: String) -> Result<Environment<'static>, String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
        .add_template_owned(part.file_name(), source)
        .map_err(|error| sentence(&error))?;
    Ok(environment)
}

/// Fills a template in. The error is a sentence without any value in it.
pub(super) fn render(
    environment: &Environment<'_>,
    part: Part,
    particulars: &Particulars,
) -> Result<String, String> {
    environment
        .get_template(part.file_name())
        .and_then(|template| template.render(particulars))
        .map_err(|error| sentence(&error))
}

/// The kind of an error and its line; its details may quote a value.
fn sentence(error: &minijinja::Error) -> String {
    match error.line() {
        Some(line) => format!("line {line}: {}", error.kind()),
        None => error.kind().to_string(),
    }
}

fn remark(language: Language, part: Part, reason: &str) -> String {
    let words = Phrases::of(language).template_broken;
    format!("Whereabouts: {words} ({}: {reason})", part.file_name())
}

fn bare(particulars: &Particulars) -> String {
    [
        particulars.call.dialled.as_str(),
        &particulars.call.at,
        &particulars.call.agent,
        &particulars.callback.number,
        &particulars.location.lines.join(", "),
    ]
    .join(" / ")
}
