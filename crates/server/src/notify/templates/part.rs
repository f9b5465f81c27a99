/// A part of a mail that has a template.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Part {
    /// The body for programs that show HTML.
    Html,
    /// The subject.
    Subject,
    /// The body for all others.
    Text,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Subject, Self::Text, Self::Html];

    /// The name of its file. What ends in `.html` has its values escaped.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Html => "body.html",
            Self::Subject => "subject.txt",
            Self::Text => "body.txt",
        }
    }
}
