//! How entries stand in the file: `WAJ1`, the length of the blob in four bytes (least first), the blob.

use crate::{
    seal::{Binding, Keys},
    store::JournaledCall,
};

const MARK: &[u8; 4] = b"WAJ1";
const HEAD: usize = MARK.len() + 4;

const BINDING: Binding<'_> = Binding {
    table: "journal",
    owner: "call",
    version: 1,
};

/// One entry, sealed.
pub(super) fn print(call: &JournaledCall, keys: &Keys) -> Vec<u8> {
    let plain = serde_json::to_vec(call).expect("a call is always JSON");
    let blob = keys.seal(&BINDING, &plain);
    let length = u32::try_from(blob.len()).expect("a call is far below 4 GiB");
    let mut entry = Vec::with_capacity(HEAD + blob.len());
    entry.extend_from_slice(MARK);
    entry.extend_from_slice(&length.to_le_bytes());
    entry.extend_from_slice(&blob);
    entry
}

/// Every entry that can be read, in order, and how many cannot. What is damaged costs itself only:
/// reading goes on at the next mark.
pub(super) fn read(bytes: &[u8], keys: &Keys) -> (Vec<JournaledCall>, usize) {
    let (calls, unreadable) = sort(bytes, keys);
    (calls, unreadable.len())
}

/// What cannot be read, as it stands.
pub(super) fn unreadable(bytes: &[u8], keys: &Keys) -> Vec<u8> {
    sort(bytes, keys).1.concat()
}

fn sort<'a>(bytes: &'a [u8], keys: &Keys) -> (Vec<JournaledCall>, Vec<&'a [u8]>) {
    let (mut calls, mut unreadable, mut at) = (Vec::new(), Vec::new(), 0);
    while at < bytes.len() {
        match read_one(&bytes[at..], keys) {
            Some((call, length)) => {
                calls.push(call);
                at += length;
            }
            None => {
                let (from, behind) = (at, at + 1);
                at = bytes[behind.min(bytes.len())..]
                    .windows(MARK.len())
                    .position(|window| window == MARK)
                    .map_or(bytes.len(), |next| behind + next);
                unreadable.push(&bytes[from..at]);
            }
        }
    }
    (calls, unreadable)
}

fn read_one(bytes: &[u8], keys: &Keys) -> Option<(JournaledCall, usize)> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let (mark, length) = head.split_at(MARK.len());
    if mark != MARK {
        return None;
    }
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    let plain = keys.open(&BINDING, rest.get(..length)?).ok()?;
    let call = serde_json::from_slice(&plain).ok()?;
    Some((call, HEAD + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::journaled as call;

    #[test]
    fn a_torn_tail_costs_only_itself() {
        let keys = Keys::ephemeral();
        let whole = print(&call("one"), &keys);
        let torn = print(&call("two"), &keys);
        for cut in 1..torn.len() {
            let bytes = [whole.as_slice(), &torn[..cut]].concat();
            let (calls, unreadable) = read(&bytes, &keys);
            assert_eq!(calls.len(), 1, "cut at {cut}");
            assert!(unreadable > 0);
        }
    }

    #[test]
    fn damage_anywhere_costs_only_what_it_hit() {
        let keys = Keys::ephemeral();
        let entries = ["one", "two", "three"].map(|id| print(&call(id), &keys));
        let bytes = entries.concat();
        let second = entries[0].len()..entries[0].len() + entries[1].len();
        for at in second {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let (calls, unreadable) = read(&damaged, &keys);
            let ids: Vec<&str> = calls.iter().map(|c| c.call.key.call_id.as_str()).collect();
            assert_eq!(ids, ["one", "three"], "damaged at {at}");
            assert!(unreadable > 0);
        }
    }

    #[test]
    fn nothing_readable_is_no_panic() {
        let keys = Keys::ephemeral();
        assert_eq!(read(b"", &keys).1, 0);
        assert_eq!(read(b"garbage", &keys).1, 1);
        assert_eq!(read(b"WAJ1\xff\xff\xff\xffx", &keys).1, 1);
        let other = Keys::ephemeral();
        let (calls, unreadable) = read(&print(&call("one"), &keys), &other);
        assert!(
            calls.is_empty() && unreadable > 0,
            "sealed under a lost key"
        );
    }
}
