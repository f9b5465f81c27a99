use std::{collections::BTreeMap, env, path::PathBuf};

use toml::{Table, Value};

use super::Config;

const PREFIX: &str = "WHEREABOUTS_";
/// From which likeness (Jaro-Winkler) on a name may be a mistyped other one.
const ALIKE: f64 = 0.9;

/// The environment variables that matter here, read once.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// Reads the environment of the process.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the environment"
    )]
    pub fn of_process() -> Self {
        // Names and values that are no Unicode cannot be ours.
        env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect()
    }

    /// An environment without any variable.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// What to log, in the syntax of `EnvFilter`.
    #[must_use]
    pub fn log_filter(&self) -> &str {
        self.value("RUST_LOG").unwrap_or("info")
    }

    /// One variable; empty counts as absent.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self {
            variables: variables.into_iter().collect(),
        }
    }
}

/// What the layers make together.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) config: Config,
    /// A sentence for each variable that stands for nothing.
    pub(super) unknown_variables: Vec<String>,
}

/// Reads the file's text, lays the environment over it, and fills up with the defaults.
pub(super) fn merge(text: &str, environment: &Environment) -> Result<Merged, ConfigError> {
    let known = Table::try_from(Config::default()).expect("the default configuration is a table");
    let mut merged: Table = text.parse().map_err(|error: toml::de::Error| {
        // Only the message: the error's own Display quotes the line, which may hold a secret.
        ConfigError::Syntax {
            reason: error.message().to_owned(),
            line: error
                .span()
                .map(|span| text[..span.start].lines().count().max(1)),
        }
    })?;
    for (section, keys) in &merged {
        let known_keys = known
            .get(section)
            .and_then(Value::as_table)
            .ok_or_else(|| unknown(section, known.keys()))?;
        let Some(keys) = keys.as_table() else {
            return Err(ConfigError::Syntax {
                reason: format!("{section} is a section; write [{section}] above its keys"),
                line: None,
            });
        };
        if let Some(key) = keys.keys().find(|key| !known_keys.contains_key(*key)) {
            let names = known_keys.keys().map(|key| format!("{section}.{key}"));
            return Err(unknown(&format!("{section}.{key}"), names));
        }
    }
    let mut unknown_variables = Vec::new();
    for (name, value) in &environment.variables {
        if !name.starts_with(PREFIX) {
            continue;
        }
        match locate(&known, name) {
            Ok((section, key, default)) => {
                merged
                    .entry(section)
                    .or_insert_with(|| Value::Table(Table::new()))
                    .as_table_mut()
                    .expect("checked above: every section is a table")
                    .insert(key.to_owned(), typed(name, value, default)?);
            }
            Err(sentence) => unknown_variables.push(sentence),
        }
    }
    let config: Config =
        merged
            .try_into()
            .map_err(|error: toml::de::Error| ConfigError::Value {
                reason: error.message().to_owned(),
            })?;
    Ok(Merged {
        config: check(config)?,
        unknown_variables,
    })
}

/// What no single type can say.
fn check(config: Config) -> Result<Config, ConfigError> {
    if !(3_600..=10_800).contains(&config.policy.callback_window_seconds) {
        return Err(ConfigError::Value {
            reason: "policy.callback_window_seconds is between 3600 and 10800: responders may call \
                     back within the hour, and a number that is lent for more than three is missing \
                     when the next agent calls"
                .to_owned(),
        });
    }
    if config.policy.max_open_seconds == 0 {
        return Err(ConfigError::Value {
            reason: "policy.max_open_seconds is at least 1".to_owned(),
        });
    }
    if config.server.tls_cert.is_empty() != config.server.tls_key.is_empty() {
        return Err(ConfigError::Value {
            reason: "server.tls_cert and server.tls_key go together; set both or neither"
                .to_owned(),
        });
    }
    Ok(config)
}

/// Finds the key a variable stands for, or says that there is none. Sections hold underscores too, so
/// names are compared whole.
fn locate<'a>(known: &'a Table, name: &str) -> Result<(&'a str, &'a str, &'a Value), String> {
    let own = &name[PREFIX.len()..];
    let mut nearest = (ALIKE, None);
    for (section, keys) in known {
        for (key, default) in keys.as_table().into_iter().flatten() {
            let candidate = format!("{PREFIX}{section}_{key}").to_uppercase();
            if candidate == name {
                return Ok((section, key, default));
            }
            let alike = strsim::jaro_winkler(own, &candidate[PREFIX.len()..]);
            if alike > nearest.0 {
                nearest = (alike, Some(candidate));
            }
        }
    }
    let guess = nearest
        .1
        .map(|nearest| format!("; did you mean {nearest}?"))
        .unwrap_or_default();
    Err(format!(
        "the environment variable {name} sets nothing{guess}"
    ))
}

/// Gives an environment variable the type that the key has.
fn typed(name: &str, value: &str, default: &Value) -> Result<Value, ConfigError> {
    let wrong = |expected: &str| ConfigError::Value {
        reason: format!("{name} is not {expected}"),
    };
    match default {
        Value::Integer(_) => value
            .parse()
            .map(Value::Integer)
            .map_err(|_| wrong("a whole number")),
        Value::Boolean(_) => value
            .parse()
            .map(Value::Boolean)
            .map_err(|_| wrong("true or false")),
        Value::Array(_) => value
            .trim_matches(|c: char| c == '[' || c == ']' || c.is_whitespace())
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| {
                item.parse()
                    .map(Value::Integer)
                    .map_err(|_| wrong("a list of whole numbers, such as 60,180"))
            })
            .collect::<Result<_, _>>()
            .map(Value::Array),
        Value::String(_) | Value::Datetime(_) | Value::Float(_) | Value::Table(_) => {
            Ok(Value::String(value.to_owned()))
        }
    }
}

fn unknown<N: AsRef<str>>(name: &str, known: impl IntoIterator<Item = N>) -> ConfigError {
    let nearest = known
        .into_iter()
        .map(|candidate| candidate.as_ref().to_owned())
        .max_by(|one, other| {
            strsim::jaro_winkler(name, one).total_cmp(&strsim::jaro_winkler(name, other))
        })
        .unwrap_or_default();
    ConfigError::UnknownKey {
        name: name.to_owned(),
        nearest,
    }
}

/// Why the configuration cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {} cannot be read: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// The file is no TOML.
    #[error("the configuration is not readable{}: {reason}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Syntax {
        /// What is wrong.
        reason: String,
        /// The line, counted from 1.
        line: Option<usize>,
    },
    /// There is no such key.
    #[error("there is no setting {name}; did you mean {nearest}?")]
    UnknownKey {
        /// The name that was used.
        name: String,
        /// The name most like it.
        nearest: String,
    },
    /// The key exists, the value does not fit.
    #[error("the configuration has a value that does not fit: {reason}")]
    Value {
        /// What does not fit.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(name: &str, value: &str) -> Environment {
        Environment::from_iter([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn the_environment_lies_over_the_file() {
        let config = merge(
            "[policy]\ncallback_window_seconds = 7200\n[amazon_connect]\nregion = \"us-east-1\"",
            &Environment::from_iter([
                (
                    "WHEREABOUTS_AMAZON_CONNECT_REGION".into(),
                    "us-west-2".into(),
                ),
                (
                    "WHEREABOUTS_POLICY_ESCALATE_AFTER_SECONDS".into(),
                    "[30, 90]".into(),
                ),
                (
                    "WHEREABOUTS_POLICY_NOTIFY_ON_TEST_CALLS".into(),
                    "true".into(),
                ),
                ("WHEREABOUTS_POLICY_CALLBACK".into(), "direct_first".into()),
                ("HOME".into(), "/root".into()),
            ]),
        )
        .unwrap()
        .config;
        assert_eq!(config.policy.callback_window_seconds, 7200);
        assert_eq!(config.amazon_connect.region, "us-west-2");
        assert_eq!(config.policy.escalate_after_seconds, [30, 90]);
        assert!(config.policy.notify_on_test_calls);
        assert_eq!(
            config.policy.callback,
            super::super::CallbackOrder::DirectFirst
        );
    }

    #[test]
    fn every_mistake_is_a_sentence_to_act_on() {
        let none = Environment::empty();
        let errors = [
            merge("[polcy]\nconfirm = \"off\"", &none),
            merge("[policy]\ncallback_windw_seconds = 1", &none),
            merge("store = 1", &none),
            merge("[server]\nlisten = 1", &none),
            merge("[server]\n= 1", &none),
            merge("[policy]\nconfirm = \"maybe\"", &none),
            merge("[policy]\ncallback_window_seconds = 60", &none),
            merge("[policy]\ncallback_window_seconds = 10801", &none),
            merge(
                "",
                &environment("WHEREABOUTS_POLICY_MAX_OPEN_SECONDS", "soon"),
            ),
        ];
        let sentences: Vec<String> = errors
            .into_iter()
            .map(|result| result.unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(sentences.join("\n"));
    }

    #[test]
    fn a_variable_that_is_not_ours_stops_nothing() {
        let merged = merge(
            "",
            &[
                ("WHEREABOUTS_LOG", "debug"),
                ("WHEREABOUTS_SERVER_PORT_8911_TCP", "tcp://10.0.0.1:8911"),
                ("WHEREABOUTS_STORE_URI", "x"),
            ]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        )
        .unwrap();
        assert_eq!(merged.config, Config::default());
        insta::assert_snapshot!(merged.unknown_variables.join("\n"), @"
        the environment variable WHEREABOUTS_LOG sets nothing
        the environment variable WHEREABOUTS_SERVER_PORT_8911_TCP sets nothing
        the environment variable WHEREABOUTS_STORE_URI sets nothing; did you mean WHEREABOUTS_STORE_URL?
        ");
    }
}
