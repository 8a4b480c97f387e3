//! How what follows is bound to what stands before.

/// What a brace after a path opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// The fields of a struct.
    OfStructs,
    /// The block that belongs to what is read before it.
    OfBlocks,
}

/// How tightly operators bind, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Least,
    Assign,
    Range,
    Or,
    And,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Cast,
}
