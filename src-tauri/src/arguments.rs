use clap::Parser;
use companion::Launch;

/// The desktop companion of Whereabouts: confirm where you are, so that 911 finds the right door.
#[derive(Clone, Debug, Default, Eq, Parser, PartialEq)]
#[command(name = "whereabouts", version, about)]
pub(crate) struct Arguments {
    /// Address of the Whereabouts server, filled in at sign-in
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Enrolment code, filled in at sign-in
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Start to the tray, without a window
    #[arg(long)]
    tray: bool,
}

impl Arguments {
    /// What a second start asked for. Arguments that nobody understands are no reason to leave
    /// the agent without the window they asked for.
    pub(crate) fn of_second_start(words: Vec<String>) -> Self {
        Self::try_parse_from(words).unwrap_or_default()
    }

    /// The same for the companion, on the computer of this name.
    pub(crate) fn into_launch(self, device_name: String) -> Launch {
        Launch {
            server: self.server,
            code: self.code,
            to_tray: self.tray,
            device_name,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, error::ErrorKind};

    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_description_of_the_arguments_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_server_and_a_code_are_passed_on() {
        let second = Arguments::of_second_start(words(&[
            "whereabouts",
            "--server=https://911.example.com",
            "--code",
            "AB12-CD34-EF56",
        ]));
        let launch = second.into_launch("desk-7".to_owned());
        assert_eq!(launch.server.as_deref(), Some("https://911.example.com"));
        assert_eq!(launch.code.as_deref(), Some("AB12-CD34-EF56"));
        assert_eq!(launch.device_name, "desk-7");
        assert!(!launch.to_tray);
    }

    #[test]
    fn a_second_start_that_nobody_understands_still_shows_the_window() {
        let second = Arguments::of_second_start(words(&["whereabouts", "--sevrer", "x"]));
        assert_eq!(second, Arguments::default());
    }

    #[test]
    fn help_and_version_are_answered_without_a_desktop() {
        for (word, kind) in [
            ("--help", ErrorKind::DisplayHelp),
            ("--version", ErrorKind::DisplayVersion),
        ] {
            let refused = Arguments::try_parse_from(["whereabouts", word]).unwrap_err();
            assert_eq!(refused.kind(), kind);
        }
    }
}
