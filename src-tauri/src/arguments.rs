use clap::Parser;

/// How the app is started, by a person, by the session, or by an enrolment link.
#[derive(Clone, Debug, Default, Eq, Parser, PartialEq)]
#[command(name = "whereabouts", version, about, long_about = None)]
pub(crate) struct Arguments {
    /// Address of the Whereabouts server, to be filled in at sign-in
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// Enrolment code, to be filled in at sign-in
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// Start in the tray, without a window
    #[arg(long)]
    pub(crate) tray: bool,
}
