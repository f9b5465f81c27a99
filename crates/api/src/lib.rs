//! The wire: request and response types, error codes, paths and the OpenAPI document.
