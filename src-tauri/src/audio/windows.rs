//! Windows: the device enumeration of the Windows Runtime says.

use companion::view::{AudioDevice, AudioDevices};
use windows::{
    Devices::Enumeration::{DeviceClass, DeviceInformation},
    Media::Devices::{AudioDeviceRole, MediaDevice},
    core::{HSTRING, Result},
};

use super::device;

pub(super) async fn devices() -> Option<AudioDevices> {
    let read = tokio::task::spawn_blocking(read).await.ok()?;
    read.inspect_err(|error| tracing::debug!(%error, "the audio devices were not read"))
        .ok()
}

/// What shows the sound settings.
pub(super) fn settings() -> Vec<&'static [&'static str]> {
    vec![&["explorer.exe", "ms-settings:sound"]]
}

/// A softphone uses what is set for communication.
fn read() -> Result<AudioDevices> {
    let role = AudioDeviceRole::Communications;
    Ok(AudioDevices {
        inputs: of(
            DeviceClass::AudioCapture,
            MediaDevice::GetDefaultAudioCaptureId(role),
        )?,
        outputs: of(
            DeviceClass::AudioRender,
            MediaDevice::GetDefaultAudioRenderId(role),
        )?,
    })
}

/// Without any device there is no default one either.
fn of(class: DeviceClass, chosen: Result<HSTRING>) -> Result<Vec<AudioDevice>> {
    let found = DeviceInformation::FindAllAsyncDeviceClass(class)?.join()?;
    let chosen = chosen.ok();
    found
        .into_iter()
        .map(|one| {
            let is_default = chosen == Some(one.Id()?);
            Ok(device(&one.Name()?.to_string(), is_default))
        })
        .collect()
}
