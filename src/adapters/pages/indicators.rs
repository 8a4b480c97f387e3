//! The pages of the indicators.

use crate::adapters::pages::Page;

/// Every page, in the order of the model.
pub const INDICATORS: &[Page] = &[
    // Dependency inversion.
    // Domain purity.
    // Repository.
    // Service layer.
    // Unit of work.
    // Aggregates.
    // Events.
    // Reads apart from writes.
    // Dependency injection.
    // Test pyramid.
    // Infrastructure coupling.
    // Global coupling.
    // Expressiveness.
    // Testability.
    // Consistency.
    // Coupling between services.
];

/// The page of an indicator, by its id.
pub fn indicator(id: &str) -> Option<&'static Page> {
    INDICATORS.iter().find(|page| page.name == id)
}
