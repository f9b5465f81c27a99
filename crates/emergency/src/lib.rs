//! The life of an emergency call.
//!
//! Pure, like `location`: recognises emergency numbers in the forms they are dialled, moves a call
//! through its phases, lends callback numbers and takes them back, and says when everything about
//! the call must be gone. Time enters as an argument; nothing here waits, stores or sends.
