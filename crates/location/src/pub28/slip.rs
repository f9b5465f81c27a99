/// Whether two words are one slip of the fingers apart: a letter missing, doubled, wrong or in the
/// wrong place.
pub(super) fn is_slip(word: &str, right: &str) -> bool {
    let (word, right) = (word.as_bytes(), right.as_bytes());
    let same = word.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (word, right) = (&word[same..], &right[same..]);
    match (word, right) {
        ([], [_]) | ([_], []) => true,
        ([a, b, word @ ..], [c, d, right @ ..]) if a == d && b == c && word == right => true,
        ([_, word @ ..], [_, right @ ..]) if word == right => true,
        ([_, word @ ..], right) if word == right => true,
        (word, [_, right @ ..]) => word == right,
        _ => false,
    }
}
