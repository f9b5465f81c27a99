use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use super::Problem;

/// The largest plan, in bytes. It travels to every desktop that shows the floor.
const PLAN_LIMIT: usize = 1024 * 1024;

/// How deep elements may be nested.
const DEPTH_LIMIT: usize = 64;

const SVG: Namespace<'static> = Namespace("http://www.w3.org/2000/svg");
const XHTML: Namespace<'static> = Namespace("http://www.w3.org/1999/xhtml");

/// Elements that run, move or embed something; in lower case.
const REFUSED: &[&str] = &[
    "animate",
    "animatecolor",
    "animatemotion",
    "animatetransform",
    "audio",
    "canvas",
    "discard",
    "embed",
    "foreignobject",
    "handler",
    "iframe",
    "link",
    "listener",
    "object",
    "script",
    "set",
    "video",
];

/// Pictures that may stand inside a plan.
const PICTURES: &[&str] = &["data:image/jpeg;", "data:image/png;", "data:image/webp;"];

/// Takes the plan of a floor: an SVG document that draws and does nothing else.
///
/// A plan is shown as an image, where nothing in it runs and nothing is fetched; this is the second
/// lock on that door. Refused are scripts, event handlers, animation, foreign content, document types,
/// and every reference that leaves the document.
///
/// # Errors
/// What has to change, by line.
pub fn plan(bytes: &[u8]) -> Result<String, Vec<Problem>> {
    if bytes.len() > PLAN_LIMIT {
        return Err(vec![Problem::of_file(format!(
            "the plan is {} bytes large; the largest allowed is {PLAN_LIMIT}",
            bytes.len()
        ))]);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = str::from_utf8(bytes) else {
        return Err(vec![Problem::of_file("the plan is not UTF-8")]);
    };
    let mut check = Check::new(text);
    check.run();
    if check.problems.is_empty() {
        Ok(text.to_owned())
    } else {
        Err(check.problems)
    }
}

struct Check<'a> {
    text: &'a str,
    line: u64,
    counted: usize,
    depth: usize,
    root_seen: bool,
    /// What a style sheet said so far, while inside one.
    style: Option<String>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            line: 1,
            counted: 0,
            depth: 0,
            root_seen: false,
            style: None,
            problems: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut reader = NsReader::from_str(self.text);
        loop {
            self.count_lines(reader.buffer_position());
            match reader.read_resolved_event() {
                Err(error) => {
                    self.count_lines(reader.error_position());
                    return self.refuse(format!("the plan is not well-formed XML: {error}"));
                }
                Ok((_, Event::Eof)) => break,
                Ok((namespace, event)) => {
                    let namespace = match namespace {
                        ResolveResult::Bound(namespace) if namespace == SVG => Space::Svg,
                        ResolveResult::Bound(namespace) if namespace == XHTML => Space::Xhtml,
                        ResolveResult::Bound(_)
                        | ResolveResult::Unbound
                        | ResolveResult::Unknown(_) => Space::Other,
                    };
                    self.event(namespace, &event);
                }
            }
            if self.depth > DEPTH_LIMIT {
                return self.refuse(format!(
                    "elements are nested deeper than {DEPTH_LIMIT}; simplify the plan"
                ));
            }
        }
        if self.depth > 0 {
            self.refuse("the plan ends in the middle of an element");
        } else if !self.root_seen {
            self.refuse("the file holds no SVG document");
        }
    }

    fn event(&mut self, space: Space, event: &Event<'_>) {
        match event {
            Event::Start(element) => {
                self.element(space, element);
                self.depth += 1;
                if element.local_name().as_ref() == "style" {
                    self.style = Some(String::new());
                }
            }
            Event::Empty(element) => self.element(space, element),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                if let Some(style) = self.style.take() {
                    self.css(&style);
                }
            }
            Event::Text(text) => self.in_style(text),
            Event::CData(text) => self.in_style(text),
            Event::GeneralRef(_) if self.style.is_some() => {
                self.refuse("a style sheet holds an entity; write the character itself");
            }
            Event::DocType(_) => {
                self.refuse("the plan has a document type (<!DOCTYPE>); remove it");
            }
            Event::PI(_) => {
                self.refuse("the plan has a processing instruction (<? ?>); remove it");
            }
            Event::Comment(_) | Event::Decl(_) | Event::Eof | Event::GeneralRef(_) => {}
        }
    }

    fn in_style(&mut self, text: &str) {
        if let Some(style) = &mut self.style {
            style.push_str(text);
        }
    }

    fn element(&mut self, space: Space, element: &BytesStart<'_>) {
        let name = element.local_name().as_ref().to_ascii_lowercase();
        if self.depth == 0 {
            if self.root_seen || space != Space::Svg || name != "svg" {
                self.refuse(
                    "the outermost element is not <svg xmlns=\"http://www.w3.org/2000/svg\">",
                );
            } else if !has_size(element) {
                self.refuse("the plan has no size; give <svg> a viewBox such as \"0 0 2400 1600\"");
            }
            self.root_seen = true;
        }
        if space == Space::Xhtml || REFUSED.contains(&name.as_str()) {
            self.refuse(format!(
                "the element <{}> does more than draw; remove it",
                shown(&name)
            ));
        }
        for attribute in element.attributes() {
            match attribute {
                Ok(attribute) => match attribute.normalized_value(XmlVersion::Explicit1_0) {
                    Ok(value) => self.attribute(attribute.key.into_inner(), &value),
                    Err(_) => self.refuse("an attribute holds an entity that is not known"),
                },
                Err(error) => self.refuse(format!("an attribute cannot be read: {error}")),
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
        let name = shown(name);
        if local.starts_with("on") {
            self.refuse(format!(
                "the attribute {name} is an event handler; remove it"
            ));
        } else if local == "base" {
            self.refuse(format!("the attribute {name} is not allowed; remove it"));
        } else if matches!(local.as_str(), "href" | "src") && !stays_inside(value) {
            self.refuse(format!(
                "the attribute {name} refers to something outside the plan; put it in, or remove it"
            ));
        } else if !local.starts_with("xmlns") && !name.starts_with("xmlns:") {
            self.css(value);
        }
    }

    /// Style sheets, and the values of attributes, which hold the same.
    fn css(&mut self, css: &str) {
        let css = css.to_ascii_lowercase();
        let mut references = css.match_indices("url(").map(|(at, found)| {
            css[at + found.len()..]
                .trim_start_matches(|c: char| c.is_whitespace() || "'\"".contains(c))
        });
        if css.contains("@import") || !references.all(stays_inside) {
            self.refuse("a style refers to something outside the plan; put it in, or remove it");
        }
        // An escape could spell the words that are looked for here.
        if css.contains('\\') && (css.contains('(') || css.contains('@')) {
            self.refuse("a style holds a backslash; write the character itself");
        }
    }

    fn refuse(&mut self, reason: impl Into<String>) {
        self.problems.push(Problem::of_line(self.line, reason));
    }

    fn count_lines(&mut self, position: u64) {
        let until = usize::try_from(position)
            .unwrap_or(usize::MAX)
            .clamp(self.counted, self.text.len());
        let passed = &self.text.as_bytes()[self.counted..until];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = until;
    }
}

/// The namespaces that matter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Space {
    Other,
    Svg,
    Xhtml,
}

/// Without a size nobody can say where on the plan a seat is.
fn has_size(element: &BytesStart<'_>) -> bool {
    let value = |name: &str| {
        let attribute = element.try_get_attribute(name).ok()??;
        Some(attribute.value.into_owned())
    };
    let positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
    if let Some(view_box) = value("viewBox") {
        let numbers: Vec<&str> = view_box
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|part| !part.is_empty())
            .collect();
        return numbers.len() == 4
            && numbers
                .iter()
                .all(|part| part.parse::<f64>().is_ok_and(f64::is_finite))
            && positive(numbers[2])
            && positive(numbers[3]);
    }
    ["width", "height"]
        .iter()
        .all(|name| value(name).is_some_and(|length| positive(length.trim_end_matches("px"))))
}

fn stays_inside(reference: &str) -> bool {
    let reference = reference.trim().to_ascii_lowercase();
    reference.starts_with('#') || PICTURES.iter().any(|kind| reference.starts_with(kind))
}

/// A name from the plan as it may be shown: short, and without controls.
fn shown(name: &str) -> String {
    let short: String = name.chars().take(40).collect();
    short.escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> String {
        let document =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{body}</svg>");
        let problems = plan(document.as_bytes()).unwrap_err();
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn takes_what_only_draws() {
        let document = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Floor 5 -->\n\
            <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
            viewBox=\"0 0 2400 1600\"><style><![CDATA[.wall { fill: url(#hatch) }]]></style>\
            <defs><g id=\"desk\"><rect width=\"160\" height=\"80\"/></g></defs>\
            <use href=\"#desk\"/><use xlink:href=\"#desk\"/><image href=\"data:image/png;base64,AA\"/>\
            <text>R&amp;D</text></svg>";
        assert_eq!(
            plan(document.as_bytes()).unwrap(),
            document.trim_start_matches('\u{feff}')
        );
    }

    #[test]
    fn refuses_whatever_does_more_than_draw() {
        let bodies = [
            "<script>1</script>",
            "\n<SCRIPT/>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\"/>",
            "<foreignObject/>",
            "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<g onload=\"x()\"/>",
            "<a href=\"javascript:x()\"/>",
            "<a href=\"&#106;avascript:x()\"/>",
            "<image href=\"https://example.com/a.png\"/>",
            "<image href=\"data:image/svg+xml;base64,AA\"/>",
            "<use xlink:href=\"other.svg#a\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>",
            "<g xml:base=\"https://example.com/\"/>",
            "<rect fill=\"url( 'https://example.com/#a')\"/>",
            "<rect style=\"fill:u\\72l(https://example.com/)\"/>",
            "<style>@import 'https://example.com/a.css';</style>",
            "<style>&#64;import 'a.css';</style>",
            "<style>.a{b:url(//example.com)}</style>",
            "<set attributeName=\"href\" to=\"x\"/>",
            "<?xml-stylesheet href=\"a.css\"?>",
            "<g a=\"1\" a=\"2\"/>",
            "<g a=\"&nope;\"/>",
        ];
        let said: Vec<String> = bodies
            .iter()
            .map(|body| {
                format!(
                    "{}\n    {}",
                    body.trim(),
                    refused(body).replace('\n', "\n    ")
                )
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn refuses_what_is_no_plan() {
        let long = "x".repeat(PLAN_LIMIT + 1);
        let deep = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{}",
            "<g>".repeat(100)
        );
        let files: [&[u8]; 11] = [
            b"",
            b"\xff\xfe<",
            b"not a plan",
            b"<svg viewBox=\"0 0 9 9\"/>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 9\"/>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"9\"/>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\n<g>\n",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\n<g>\n</svg>",
            b"<!DOCTYPE svg [<!ENTITY a \"b\">]>\n\
              <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9px\" height=\"9\"/>",
            deep.as_bytes(),
        ];
        let mut said: Vec<String> = Vec::new();
        for file in files.into_iter().chain([long.as_bytes()]) {
            let problems = plan(file).unwrap_err();
            said.push(
                problems
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            );
        }
        insta::assert_snapshot!(said.join("\n"));
    }
}
