use serde::Serialize;
use ts_rs::TS;

/// What this computer hears and speaks with. Which of them a call uses is the softphone's choice.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, TS)]
pub struct AudioDevices {
    /// Microphones.
    pub inputs: Vec<AudioDevice>,
    /// Speakers and headsets.
    pub outputs: Vec<AudioDevice>,
}

/// A microphone, or a speaker or headset.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct AudioDevice {
    /// As the operating system calls it.
    pub name: String,
    /// What is used where nothing else was chosen.
    pub is_default: bool,
}
