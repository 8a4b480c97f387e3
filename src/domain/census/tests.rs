//! What a small workspace is made of.
